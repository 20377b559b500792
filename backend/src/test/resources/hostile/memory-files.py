# expect: KILLED OUT_OF_MEMORY
# without-cgroups: EXITED 1
# limits: memory_mb=64 disk_mb=256 file_size_mb=16
# within: 18
# files in memory count as memory
block = b"x" * (1024 * 1024)
for name in range(1000):
    with open(f"/work/{name}", "wb") as file:
        for _ in range(15):
            file.write(block)
