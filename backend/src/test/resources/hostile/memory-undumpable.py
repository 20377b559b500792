# expect: EXITED 1
# without-cgroups: KILLED OUT_OF_MEMORY
# limits: memory_mb=64 timeout_seconds=20
# within: 18
# processes that nobody may look into, and of which each would fit; the kernel ends one, and who waits for it ends by itself
import ctypes, os, sys, time

PR_SET_DUMPABLE = 4
for _ in range(4):
    if os.fork() == 0:
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
        hoard = bytearray(b"x") * (24 * 1024 * 1024)
        time.sleep(60)
sys.exit(1 if os.wait()[1] else 0)
