# expect: SIGNALLED SIGXFSZ
# within: 10
import ctypes
import os
import platform
import signal

# that of a file's size, by tgkill: no file is large
X = int(signal.SIGXFSZ)
signal.signal(X, signal.SIG_DFL)
call = ctypes.CDLL(None, use_errno=True).syscall
number = {"x86_64": 234, "aarch64": 131}[platform.machine()]
assert call(number, os.getpid(), os.getpid(), X) == 0, ctypes.get_errno()
signal.pause()
