# expect: EXITED 137
# without-cgroups: KILLED OUT_OF_MEMORY or EXITED 1
# limits: memory_mb=64
# within: 10
# the shell goes on without the process that was killed for memory, and ends by itself
python3 -c 'x = bytearray(1 << 30); print("not held", sum(x))'
