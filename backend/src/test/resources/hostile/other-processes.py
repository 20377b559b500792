# expect: EXITED 0
# says: held
import os

pids = sorted(int(p) for p in os.listdir("/proc") if p.isdigit())
assert pids == [1, os.getpid()], pids
for name in ("environ", "mem", "maps", "fd", "fdinfo", "exe", "cwd", "root", "auxv", "stack"):
    path = f"/proc/1/{name}"
    try:
        os.listdir(path) if name in ("fd", "fdinfo") else os.readlink(path) if name in ("exe", "cwd", "root") else open(path, "rb").read(1)
        raise SystemExit("not held: " + path)
    except PermissionError:
        pass
for name in ("oom_score_adj", "coredump_filter", "comm", "timerslack_ns", "clear_refs"):
    try:
        with open(f"/proc/1/{name}", "w") as file:
            file.write("0")
        raise SystemExit("not held: wrote " + name)
    except OSError:
        pass
allowed = {"PATH", "HOME", "LANG", "USER", "LOGNAME", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "PYTHONUTF8", "LC_CTYPE"}
assert set(os.environ) <= allowed, os.environ
print("held")
