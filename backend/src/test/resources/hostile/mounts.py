# expect: EXITED 0
# says: all denied
# calls whose first checks anybody passes: what refuses them here is the filter
import ctypes, errno, os

libc = ctypes.CDLL(None, use_errno=True)
HERE = ctypes.c_long(-100)


def call(number, *arguments):
    ctypes.set_errno(0)
    result = libc.syscall(ctypes.c_long(number), *arguments)
    return ctypes.get_errno() if result == -1 else 0


# the numbers are the same on every machine
assert call(428, HERE, b"/", ctypes.c_long(0)) == errno.EPERM, "open_tree"
assert call(431, ctypes.c_long(-1), *[ctypes.c_long(0)] * 4) == errno.EPERM, "fsconfig"
assert call(442, ctypes.c_long(-1), b"", *[ctypes.c_long(0)] * 3) == errno.EPERM, "mount_setattr"
# those ask for rights first, so that the kernel's refusal and the filter's look alike
assert call(430, b"tmpfs", ctypes.c_long(0)) == errno.EPERM, "fsopen"
assert call(432, ctypes.c_long(-1), ctypes.c_long(0), ctypes.c_long(0)) == errno.EPERM, "fsmount"
assert call(433, HERE, b"/", ctypes.c_long(0)) == errno.EPERM, "fspick"
reader, writer = os.pipe()
for name, request in (("TIOCSTI", 0x5412), ("TIOCLINUX", 0x541C)):
    ctypes.set_errno(0)
    assert libc.ioctl(reader, ctypes.c_ulong(request), b"x") == -1 and ctypes.get_errno() == errno.EPERM, name
print("all denied")
