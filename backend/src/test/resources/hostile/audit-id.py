# expect: EXITED 0
# says: held
try:
    with open("/proc/self/loginuid", "r+b", buffering=0) as file:
        file.write(b"1")
    raise SystemExit("not held: the audit login id was set")
except OSError:
    pass
print("held")
