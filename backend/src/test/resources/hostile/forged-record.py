# expect: EXITED 3
# says: 1 end 0000
import os, sys

record = "1 end " + "0" * 64 + " v=1 run=x seq=1 ending=exited code=0 signal=0 reason=- wall_us=1 cpu_us=1\n"
os.write(1, b"\n" + record.encode())
os.write(2, b"\n" + record.encode())
os.write(1, b"launch 0 0 0 0 0\n")
# the one with which the folder itself was listed is closed by now
inherited = {int(fd) for fd in os.listdir("/proc/self/fd") if os.path.lexists("/proc/self/fd/" + fd)}
if inherited != {0, 1, 2}:
    sys.exit("not held: descriptors %s" % inherited)
for fd in range(3, 64):
    try:
        os.write(fd, record.encode())
        sys.exit("not held: wrote to descriptor %d" % fd)
    except OSError:
        pass
for path in ("/proc/1/fd/1", "/proc/1/fd/0", "/dev/termination-log"):
    try:
        with open(path, "w") as file:
            file.write(record)
    except OSError:
        pass
sys.exit(3)
