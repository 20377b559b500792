# expect: KILLED FILE_SIZE
# limits: file_size_mb=1 disk_mb=64
# within: 15
import os
import signal

# more files than anybody looks at, and a byte far beyond the end
for i in range(11_000):
    os.close(os.open(f"/work/{i}", os.O_CREAT | os.O_WRONLY))
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
file = os.open("/work/large", os.O_CREAT | os.O_WRONLY)
os.lseek(file, 5 << 20, os.SEEK_SET)
os.write(file, b"x")
