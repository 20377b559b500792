# expect: KILLED CPU_TIME
# limits: cpu=2 cpu_seconds=1 timeout_seconds=20
# within: 12
# each of them alone would stay below
import os

for _ in range(3):
    os.fork()
while True:
    pass
