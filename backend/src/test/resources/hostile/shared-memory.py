# expect: KILLED DISK_LIMIT
# limits: disk_mb=4 memory_mb=256
# within: 12
import time

with open("/dev/shm/a", "wb", buffering=0) as file:
    for _ in range(16):
        file.write(bytes(1 << 20))
time.sleep(10)
print("kept 16 MiB where 4 are allowed")
