# expect: SIGNALLED SIGKILL
# without-cgroups: KILLED OUT_OF_MEMORY or SIGNALLED SIGKILL
# limits: memory_mb=64
# a process was killed for memory, and the program then meets a limit on CPU time that it set itself
python3 -c 'x = bytearray(1 << 30); print("not held", sum(x))'
trap '' XCPU
ulimit -t 1
while :; do :; done
