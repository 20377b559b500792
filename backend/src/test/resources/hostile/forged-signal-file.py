# expect: SIGNALLED SIGXFSZ
import os
import signal

# that of a file's size, sent by itself: no file is large
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
os.kill(os.getpid(), signal.SIGXFSZ)
