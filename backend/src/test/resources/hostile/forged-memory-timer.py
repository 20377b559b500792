# expect: SIGNALLED SIGKILL
# without-cgroups: KILLED OUT_OF_MEMORY or SIGNALLED SIGKILL
# limits: memory_mb=64
import ctypes
import signal
import struct
import subprocess
import sys

# a process was killed for memory, and a timer then brings that signal
subprocess.run([sys.executable, "-c", "x = bytearray(1 << 30)\nfor i in range(0, 1 << 30, 4096): x[i] = 1"])
libc = ctypes.CDLL(None, use_errno=True)
timer = ctypes.c_void_p()
event = ctypes.create_string_buffer(struct.pack("qii", 0, signal.SIGKILL, 0), 64)
assert libc.timer_create(1, event, ctypes.byref(timer)) == 0, ctypes.get_errno()
assert libc.timer_settime(timer, 0, struct.pack("qqqq", 0, 0, 0, 1000000), None) == 0, ctypes.get_errno()
signal.pause()
