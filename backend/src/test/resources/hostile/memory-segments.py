# expect: KILLED OUT_OF_MEMORY
# without-cgroups: EXITED 1
# limits: memory_mb=64
# within: 18
# System V shared memory that no process has mapped, and that no process's end frees
import ctypes, sys

libc = ctypes.CDLL(None)
libc.shmat.restype = ctypes.c_void_p
SIZE = 8 << 20
while True:
    segment = libc.shmget(0, SIZE, 0o1600)
    if segment < 0:
        sys.exit(1)
    at = ctypes.c_void_p(libc.shmat(segment, None, 0))
    ctypes.memset(at, 120, SIZE)
    libc.shmdt(at)
