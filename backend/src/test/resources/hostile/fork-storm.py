# expect: KILLED PROCESS_LIMIT
# limits: processes=32 cpu_seconds=20 timeout_seconds=20
# within: 18
import os

while True:
    try:
        os.fork()
    except OSError:
        pass
