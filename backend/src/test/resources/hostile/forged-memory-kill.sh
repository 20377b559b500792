# expect: SIGNALLED SIGKILL
# without-cgroups: KILLED OUT_OF_MEMORY or SIGNALLED SIGKILL
# limits: memory_mb=64
# a process was killed for memory, and the program then ends itself as the kernel would have
python3 -c 'x = bytearray(1 << 30); print("not held", sum(x))'
kill -9 $$
