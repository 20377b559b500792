# expect: EXITED 0
# says: held
import os, shutil, subprocess

status = dict(line.split(":", 1) for line in open("/proc/self/status"))
for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
    assert int(status[name], 16) == 0, name
assert status["NoNewPrivs"].strip() == "1" and status["Seccomp"].strip() == "2"
user = os.getuid()
assert os.getresuid() == (user, user, user) and user >= 1000 and user != 65534, user
assert os.getresgid() == (user, user, user) and set(os.getgroups()) <= {user, 65534}, os.getgroups()
for call in (lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.chown("/work", 0, 0), lambda: os.mknod("/work/d", 0o60600, 0x801)):
    try:
        call()
        raise SystemExit("not held")
    except OSError:
        pass
shutil.copy("/usr/bin/id", "/work/id")
os.chmod("/work/id", 0o6755)
assert subprocess.run(["/work/id", "-u"], capture_output=True).stdout == b"%d\n" % user
for command in (["su", "-c", "id"], ["mount", "-t", "tmpfs", "none", "/work"], ["umount", "/work"]):
    if shutil.which(command[0]):
        assert subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True).returncode != 0, command
print("held")
