# expect: EXITED 0
# limits: memory_mb=64
# says: child ended with -9
# needs: memory-cgroup
import subprocess, sys

child = subprocess.run([sys.executable, "-c", "x = bytearray(1 << 30)\nfor i in range(0, 1 << 30, 4096): x[i] = 1"])
print("child ended with", child.returncode)
