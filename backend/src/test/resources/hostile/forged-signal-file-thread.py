# expect: SIGNALLED SIGXFSZ
# within: 10
import ctypes
import os
import platform
import signal

# that of a file's size, by tkill: no file is large
X = int(signal.SIGXFSZ)
signal.signal(X, signal.SIG_DFL)
call = ctypes.CDLL(None, use_errno=True).syscall
number = {"x86_64": 200, "aarch64": 130}[platform.machine()]
assert call(number, os.getpid(), X) == 0, ctypes.get_errno()
signal.pause()
