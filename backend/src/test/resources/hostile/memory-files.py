# expect: KILLED OUT_OF_MEMORY
# without-cgroups: KILLED OUT_OF_MEMORY
# limits: memory_mb=64 disk_mb=256 file_size_mb=16
# within: 18
# files in memory count as memory
import time

block = b"x" * (1024 * 1024)
try:
    for name in range(1000):
        with open(f"/work/{name}", "wb") as file:
            for _ in range(15):
                file.write(block)
finally:
    time.sleep(10)
