# expect: SIGNALLED SIGKILL
# without-cgroups: KILLED OUT_OF_MEMORY or SIGNALLED SIGKILL
# limits: memory_mb=64
import fcntl
import os
import signal
import socket
import subprocess
import sys

# a process was killed for memory, and that signal is then chosen for a socket that has something to read
subprocess.run([sys.executable, "-c", "x = bytearray(1 << 30)\nfor i in range(0, 1 << 30, 4096): x[i] = 1"])
here, there = socket.socketpair()
fcntl.fcntl(here, fcntl.F_SETOWN, os.getpid())
fcntl.fcntl(here, fcntl.F_SETSIG, signal.SIGKILL)
fcntl.fcntl(here, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
there.send(b"x")
signal.pause()
