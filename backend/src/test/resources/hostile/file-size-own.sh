# expect: SIGNALLED SIGXFSZ
# the kernel's signal, but for a limit that the program set itself
ulimit -f 1
exec head -c 2000000 /dev/zero >/work/large
