# expect: KILLED OUT_OF_MEMORY
# limits: memory_mb=64 disk_mb=256 file_size_mb=16
# within: 15
# needs: memory-cgroup
# files in memory count as memory
block = b"x" * (1024 * 1024)
for name in range(1000):
    with open(f"/work/{name}", "wb") as file:
        for _ in range(15):
            file.write(block)
