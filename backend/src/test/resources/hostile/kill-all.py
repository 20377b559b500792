# expect: EXITED 5
import os, signal, sys

try:
    os.kill(-1, signal.SIGKILL)
except ProcessLookupError:
    pass
sys.exit(5)
