# expect: EXITED 153
# says: refused
import ctypes
import errno
import fcntl
import os
import platform
import resource
import signal
import threading

# that of a file's size, sent by itself in every way there is: no file is large
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
libc = ctypes.CDLL(None, use_errno=True)
me, x86 = os.getpid(), platform.machine() == "x86_64"
info = (ctypes.c_int * 32)(signal.SIGXFSZ, 0, -1)


def refused(errors, call, *arguments):
    ctypes.set_errno(0)
    result = libc.syscall(call, *arguments)
    assert result == -1 and ctypes.get_errno() in errors, (call, result, ctypes.get_errno())


denied = {errno.EPERM}
absent = {errno.ENOSYS}
for sent in (
    lambda: os.kill(me, signal.SIGXFSZ),
    lambda: os.killpg(0, signal.SIGXFSZ),
    lambda: signal.pthread_kill(threading.get_ident(), signal.SIGXFSZ),
    lambda: signal.pidfd_send_signal(os.pidfd_open(me), signal.SIGXFSZ),
    lambda: fcntl.fcntl(0, fcntl.F_SETSIG, signal.SIGXFSZ),
):
    try:
        sent()
        raise SystemExit("sent")
    except PermissionError:
        pass
refused(denied, 200 if x86 else 130, me, signal.SIGXFSZ)  # tkill
refused(denied, 129 if x86 else 138, me, signal.SIGXFSZ, info)  # rt_sigqueueinfo
refused(denied, 297 if x86 else 240, me, me, signal.SIGXFSZ, info)  # rt_tgsigqueueinfo
refused(denied, 157 if x86 else 167, 1, signal.SIGXFSZ)  # PR_SET_PDEATHSIG
refused(denied, 56 if x86 else 220, signal.SIGXFSZ, 0, 0, 0, 0)  # clone: at a child's end
refused(absent, 222 if x86 else 107, 1, info, info)  # timer_create
refused(absent, 244 if x86 else 184, 0, info)  # mq_notify
own = resource.getrlimit(resource.RLIMIT_FSIZE)
try:
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, own[1]))
    raise SystemExit("set")
except (PermissionError, ValueError):
    pass
refused(denied, 160 if x86 else 164, resource.RLIMIT_FSIZE, (ctypes.c_ulong * 2)(0, own[1]))  # setrlimit
# what others send and set is left alone
os.kill(me, 0)
fcntl.fcntl(0, fcntl.F_SETSIG, signal.SIGIO)
resource.setrlimit(resource.RLIMIT_NOFILE, (64, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
print("refused", flush=True)
os._exit(128 + signal.SIGXFSZ)  # a shell's word for it, by no shell
