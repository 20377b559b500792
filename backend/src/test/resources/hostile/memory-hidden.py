# expect: KILLED OUT_OF_MEMORY
# without-cgroups: EXITED 1
# limits: memory_mb=64 file_size_mb=1024
# within: 18
# memory that no process has mapped
import os

file = os.memfd_create("hidden")
block = b"x" * (1024 * 1024)
while True:
    os.write(file, block)
