# expect: SIGNALLED SIGSYS or EXITED 0
# a system call by its 32-bit (x32) number; on ARM there is none
import ctypes, platform

if platform.machine() == "x86_64":
    ctypes.CDLL(None).syscall(ctypes.c_long(0x40000000 + 39))
    raise SystemExit("not held")
