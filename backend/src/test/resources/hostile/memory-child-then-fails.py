# expect: KILLED OUT_OF_MEMORY
# without-cgroups: EXITED 3 or KILLED OUT_OF_MEMORY
# limits: memory_mb=64
# a process was killed for memory, and the run failed: which was the cause of which nobody can tell
import subprocess, sys

subprocess.run([sys.executable, "-c", "x = bytearray(1 << 30)\nfor i in range(0, 1 << 30, 4096): x[i] = 1"])
sys.exit(3)
