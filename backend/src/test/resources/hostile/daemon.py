# expect: EXITED 0
# limits: timeout_seconds=20
# within: 12
# says: parent is done
import os, time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True:
            time.sleep(0.01)
    os._exit(0)
os.wait()
print("parent is done")
