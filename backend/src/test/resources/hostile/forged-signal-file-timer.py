# expect: SIGNALLED SIGXFSZ
# within: 10
import ctypes
import signal
import struct

# that of a file's size, from a timer: no file is large
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
libc = ctypes.CDLL(None, use_errno=True)
timer = ctypes.c_void_p()
event = ctypes.create_string_buffer(struct.pack("qii", 0, signal.SIGXFSZ, 0), 64)
assert libc.timer_create(1, event, ctypes.byref(timer)) == 0, ctypes.get_errno()
assert libc.timer_settime(timer, 0, struct.pack("qqqq", 0, 0, 0, 1000000), None) == 0, ctypes.get_errno()
signal.pause()
