# expect: KILLED OUT_OF_MEMORY
# limits: memory_mb=64
# within: 10
# needs: memory-cgroup
hoard = []
while True:
    hoard.append(bytearray(1024 * 1024))
