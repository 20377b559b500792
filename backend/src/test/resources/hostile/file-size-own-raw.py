# expect: SIGNALLED SIGXFSZ
import ctypes
import platform
import signal
import struct

# the kernel's signal, but for a limit that the program set itself, by the call that the C library does not use
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
number = {"x86_64": 160, "aarch64": 164}[platform.machine()]
assert ctypes.CDLL(None).syscall(number, 1, struct.pack("QQ", 1024, 1024)) == 0
with open("/work/large", "wb") as file:
    file.write(bytes(2000000))
