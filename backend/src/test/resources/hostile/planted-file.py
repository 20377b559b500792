# expect: EXITED 0
# says: held
# a file that the tests put on the machine, where every user can read it
import os

for root, folders, files in os.walk("/"):
    if root == "/":
        folders[:] = [name for name in folders if name not in ("proc", "sys", "usr")]
    assert "artemis-planted-file" not in files, root
for line in open("/proc/self/mountinfo"):
    assert "artemis-planted-file" not in line, line
for path in ("/", "/usr", "/usr/bin", "/etc", "/dev", "/proc", "/sys", "/artemis-runner", "/etc/artemis-runner", "/home", "/var", "/run"):
    try:
        open(path + "/planted" if os.path.isdir(path) else path, "w")
        raise SystemExit("not held: wrote to " + path)
    except OSError:
        pass
print("held")
