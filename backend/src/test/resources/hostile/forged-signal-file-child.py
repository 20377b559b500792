# expect: SIGNALLED SIGXFSZ
import os
import signal

# that of a file's size, sent by a child: no file is large
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
if os.fork() == 0:
    os.kill(os.getppid(), signal.SIGXFSZ)
    os._exit(0)
signal.pause()
