# expect: EXITED 0
# limits: file_size_mb=1
# says: too large
import errno

try:
    with open("/work/large", "wb") as file:
        file.write(b"x" * (2 << 20))
except OSError as e:
    assert e.errno == errno.EFBIG
    print("too large")
