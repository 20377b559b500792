# expect: EXITED 0
# limits: processes=16
# says: refused after 15
import os, time

children = 0
try:
    while True:
        if os.fork() == 0:
            time.sleep(60)
        children += 1
except OSError:
    print("refused after", children)
