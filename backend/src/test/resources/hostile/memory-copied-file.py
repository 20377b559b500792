# expect: KILLED OUT_OF_MEMORY
# limits: memory_mb=64 disk_mb=256 timeout_seconds=20
# within: 18
# a file in memory, and a copy of each of its pages: neither alone is too much
import mmap, sys, time

with open("/work/large", "wb+") as file:
    for _ in range(45):
        file.write(b"x" * (1024 * 1024))
    file.flush()
    copy = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    for page in range(0, len(copy), 4096):
        copy[page] = 1
    time.sleep(60)
sys.exit(1)
