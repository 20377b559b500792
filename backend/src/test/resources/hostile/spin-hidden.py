# expect: KILLED CPU_TIME
# limits: cpu=2 cpu_seconds=1 timeout_seconds=20
# within: 18
# children that nobody waits for: the kernel adds their time to no parent
import os, signal, time

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
while True:
    if os.fork() == 0:
        end = time.monotonic() + 0.2
        while time.monotonic() < end:
            pass
        os._exit(0)
    time.sleep(0.1)
