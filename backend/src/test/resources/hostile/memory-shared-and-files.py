# expect: KILLED OUT_OF_MEMORY
# limits: memory_mb=64 disk_mb=256 timeout_seconds=20
# within: 18
# shared memory without a name, beside files that nobody has mapped: neither alone is too much
import mmap, sys, time

shared = mmap.mmap(-1, 45 * 1024 * 1024)
for page in range(0, len(shared), 4096):
    shared[page] = 1
with open("/work/large", "wb") as file:
    for _ in range(45):
        file.write(b"x" * (1024 * 1024))
time.sleep(60)
sys.exit(1)
