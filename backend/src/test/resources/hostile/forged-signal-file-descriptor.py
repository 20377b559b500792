# expect: SIGNALLED SIGXFSZ
# within: 10
import ctypes
import os
import platform
import signal

# that of a file's size, by pidfd_send_signal: no file is large
X = int(signal.SIGXFSZ)
signal.signal(X, signal.SIG_DFL)
call = ctypes.CDLL(None, use_errno=True).syscall
number = {"x86_64": 424, "aarch64": 424}[platform.machine()]
assert call(number, os.pidfd_open(os.getpid()), X, None, 0) == 0, ctypes.get_errno()
signal.pause()
