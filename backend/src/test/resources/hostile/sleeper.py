# expect: KILLED WALL_TIMEOUT
# limits: timeout_seconds=3
# within: 12
# says: before
import signal, time

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
print("before")
time.sleep(60)
