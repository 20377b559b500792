# expect: SIGNALLED SIGXFSZ
# within: 10
import ctypes
import os
import platform
import signal

# that of a file's size, chosen for a child's end: no file is large
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
clone = {"x86_64": 56, "aarch64": 220}[platform.machine()]
child = ctypes.CDLL(None).syscall(clone, int(signal.SIGXFSZ), 0, 0, 0, 0)
if child == 0:
    os._exit(0)
signal.pause()
