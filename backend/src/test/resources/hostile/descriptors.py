# expect: EXITED 0
# limits: open_files=32
# says: refused
import errno, os

held = []
try:
    while True:
        held.append(os.open("/dev/null", os.O_RDONLY))
except OSError as e:
    assert e.errno == errno.EMFILE and len(held) < 32
    print("refused")
