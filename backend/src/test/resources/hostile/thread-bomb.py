# expect: EXITED 0
# limits: processes=40
# says: refused
import os, threading, time

threads = 0
try:
    while True:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        threads += 1
except RuntimeError:
    print("refused after", threads, flush=True)
    os._exit(0 if 0 < threads <= 40 else 1)
