# expect: EXITED 3
# limits: memory_mb=64
# a process was killed for memory; the program goes on without it, and ends by itself
import subprocess, sys

subprocess.run([sys.executable, "-c", "x = bytearray(1 << 30)\nfor i in range(0, 1 << 30, 4096): x[i] = 1"])
sys.exit(3)
