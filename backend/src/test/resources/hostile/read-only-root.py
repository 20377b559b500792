# expect: EXITED 0
# says: held
import os

for path in ("/", "/usr", "/usr/bin", "/etc", "/dev", "/proc", "/sys", "/proc/sys/kernel"):
    try:
        open(path + "/planted", "w")
        raise SystemExit("not held: wrote to " + path)
    except OSError:
        pass
os.symlink("/etc/shadow", "/work/link")
try:
    open("/work/link")
    raise SystemExit("not held: link")
except OSError:
    pass
devices = set(os.listdir("/dev"))
assert not devices & {"sda", "vda", "mem", "kmem", "kvm", "fuse", "kmsg"}, devices
print("held")
