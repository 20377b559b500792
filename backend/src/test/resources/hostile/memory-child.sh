# expect: KILLED OUT_OF_MEMORY
# limits: memory_mb=64
# within: 10
# needs: memory-cgroup
python3 -c 'x = bytearray(1 << 30); print("not held", sum(x))'
