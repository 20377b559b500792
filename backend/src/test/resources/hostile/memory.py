# expect: KILLED OUT_OF_MEMORY
# without-cgroups: KILLED OUT_OF_MEMORY or EXITED 1
# limits: memory_mb=64
# within: 10
hoard = []
while True:
    hoard.append(bytearray(1024 * 1024))
