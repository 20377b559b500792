# expect: EXITED 0
# limits: memory_mb=64
# says: the child failed
import subprocess, sys

child = subprocess.run([sys.executable, "-c", "x = bytearray(1 << 30)\nfor i in range(0, 1 << 30, 4096): x[i] = 1"])
print("the child failed" if child.returncode in (1, -9) else child.returncode)
