# expect: EXITED 0
# says: all denied
import ctypes
import errno
import platform
import resource
import socket

libc = ctypes.CDLL(None, use_errno=True)


def call(number, *arguments):
    ctypes.set_errno(0)
    result = libc.syscall(number, *arguments)
    return ctypes.get_errno() if result == -1 else 0


x86 = platform.machine() == "x86_64"
assert call(135 if x86 else 92, 0x0040000) == errno.EPERM, "personality"
assert call(68 if x86 else 186, 0, 0o1600) == errno.EPERM, "msgget"
assert call(64 if x86 else 190, 0, 1, 0o1600) == errno.EPERM, "semget"
assert call(470, 0) == errno.ENOSYS, "a call of newer kernels"
for kind in (socket.SOCK_SEQPACKET, socket.SOCK_RAW, socket.SOCK_RDM):
    try:
        socket.socket(socket.AF_UNIX, kind)
        raise SystemExit(f"made a socket of type {kind}")
    except OSError as e:
        assert e.errno in (errno.ESOCKTNOSUPPORT, errno.EPERM), e
socket.socketpair()[0].close()
socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()
assert resource.getrlimit(resource.RLIMIT_CORE)[1] <= 1, "core"
assert resource.getrlimit(resource.RLIMIT_RTPRIO) == (0, 0), "real-time"
assert resource.getrlimit(resource.RLIMIT_NICE) == (0, 0), "priority"
print("all denied")
