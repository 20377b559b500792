# expect: SIGNALLED SIGKILL
# without-cgroups: KILLED OUT_OF_MEMORY or SIGNALLED SIGKILL
# limits: memory_mb=64
import os
import signal
import subprocess
import sys

# a process was killed for memory, and the program then ends itself by pidfd_send_signal
subprocess.run([sys.executable, "-c", "x = bytearray(1 << 30)\nfor i in range(0, 1 << 30, 4096): x[i] = 1"])
signal.pidfd_send_signal(os.pidfd_open(os.getpid()), signal.SIGKILL)
signal.pause()
