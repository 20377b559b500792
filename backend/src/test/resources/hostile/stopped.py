# expect: KILLED WALL_TIMEOUT
# limits: timeout_seconds=3
# within: 12
import os, signal

os.kill(os.getpid(), signal.SIGSTOP)
