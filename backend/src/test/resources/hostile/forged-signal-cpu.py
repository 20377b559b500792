# expect: SIGNALLED SIGXCPU
import os
import signal

# that of a CPU limit, sent by itself: nothing was used up
os.kill(os.getpid(), signal.SIGXCPU)
