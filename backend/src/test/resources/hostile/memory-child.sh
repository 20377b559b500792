# expect: KILLED OUT_OF_MEMORY
# without-cgroups: KILLED OUT_OF_MEMORY or EXITED 1
# limits: memory_mb=64
# within: 10
python3 -c 'x = bytearray(1 << 30); print("not held", sum(x))'
