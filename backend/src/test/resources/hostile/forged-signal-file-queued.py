# expect: SIGNALLED SIGXFSZ
# within: 10
import ctypes
import os
import platform
import signal
import struct

# that of a file's size, by rt_sigqueueinfo: no file is large
X = int(signal.SIGXFSZ)
signal.signal(X, signal.SIG_DFL)
call = ctypes.CDLL(None, use_errno=True).syscall
info = ctypes.create_string_buffer(struct.pack("iii", X, 0, -1), 128)  # SI_QUEUE
number = {"x86_64": 129, "aarch64": 138}[platform.machine()]
assert call(number, os.getpid(), X, info) == 0, ctypes.get_errno()
signal.pause()
