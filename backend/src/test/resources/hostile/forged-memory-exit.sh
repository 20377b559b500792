# expect: EXITED 137
# without-cgroups: KILLED OUT_OF_MEMORY or EXITED 137
# limits: memory_mb=64
# a process was killed for memory, and the program then says what a shell says that was waiting for one
python3 -c 'x = bytearray(1 << 30); print("not held", sum(x))' || true
exit 137
