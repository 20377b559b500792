# expect: EXITED 0
# limits: disk_mb=16 file_size_mb=4 memory_mb=256
# says: full
import errno

block, written = b"x" * 65536, 0
try:
    for folder in ("/work", "/tmp"):
        for name in range(1000):
            with open(f"{folder}/{name}", "wb") as file:
                for _ in range(60):
                    file.write(block)
                    file.flush()
                    written += len(block)
except OSError as e:
    assert e.errno == errno.ENOSPC, e
    assert 14 << 20 < written <= 16 << 20, written
    print("full")
