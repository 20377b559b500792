# expect: SIGNALLED SIGXFSZ
# within: 10
import fcntl
import os
import signal
import socket

# that of a file's size, chosen for a socket that has something to read: no file is large
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
here, there = socket.socketpair()
fcntl.fcntl(here, fcntl.F_SETOWN, os.getpid())
fcntl.fcntl(here, fcntl.F_SETSIG, signal.SIGXFSZ)
fcntl.fcntl(here, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
there.send(b"x")
signal.pause()
