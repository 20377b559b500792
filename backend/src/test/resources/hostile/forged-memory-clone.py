# expect: SIGNALLED SIGKILL
# without-cgroups: KILLED OUT_OF_MEMORY or SIGNALLED SIGKILL
# limits: memory_mb=64
import ctypes
import os
import platform
import signal
import subprocess
import sys

# a process was killed for memory, and that signal is then chosen for a child's end
subprocess.run([sys.executable, "-c", "x = bytearray(1 << 30)\nfor i in range(0, 1 << 30, 4096): x[i] = 1"])
clone = {"x86_64": 56, "aarch64": 220}[platform.machine()]
child = ctypes.CDLL(None).syscall(clone, int(signal.SIGKILL), 0, 0, 0, 0)
if child == 0:
    os._exit(0)
signal.pause()
