# expect: EXITED 0
# says: held
import os

for path in ("/etc/shadow", "/root", "/home", "/etc/machine-id", "/var", "/sys", "/boot", "/run", "/srv", "/opt", "/mnt"):
    assert not os.path.exists(path), path
for path in ("/", "/usr", "/usr/bin", "/etc", "/dev", "/proc"):
    try:
        open(path + "/planted", "w")
        raise SystemExit("not held: wrote to " + path)
    except OSError:
        pass
os.symlink("/etc/shadow", "/work/link")
try:
    open("/work/link")
    raise SystemExit("not held: link")
except FileNotFoundError:
    pass
devices = set(os.listdir("/dev"))
assert not devices & {"sda", "vda", "mem", "kmem", "kvm", "fuse", "kmsg"}, devices
assert open("/etc/passwd").read().count("\n") == 2
print("held")
