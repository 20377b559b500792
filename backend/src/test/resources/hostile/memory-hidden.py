# expect: KILLED OUT_OF_MEMORY
# limits: memory_mb=64 file_size_mb=1024
# within: 15
# needs: memory-cgroup
# memory that no process has mapped
import os

file = os.memfd_create("hidden")
block = b"x" * (1024 * 1024)
while True:
    os.write(file, block)
