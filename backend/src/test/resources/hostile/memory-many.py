# expect: EXITED 1
# without-cgroups: KILLED OUT_OF_MEMORY
# limits: memory_mb=64 timeout_seconds=20
# within: 18
# each of them alone would fit; the kernel ends one of them, and who waits for it ends by itself
import os, sys, time

for _ in range(4):
    if os.fork() == 0:
        hoard = bytearray(b"x") * (24 * 1024 * 1024)
        time.sleep(60)
sys.exit(1 if os.wait()[1] else 0)
