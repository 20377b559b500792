# expect: KILLED DISK_LIMIT
# limits: disk_mb=4 memory_mb=256
# a page of a mapped file for which there is no room
import mmap
import signal

with open("/work/mapped", "wb+") as file:
    file.truncate(32 << 20)
    view = mmap.mmap(file.fileno(), 32 << 20)
    for i in range(0, 32 << 20, 4096):
        view[i] = 1

# where the file system itself has no size, it is looked after and not yet full: wait to be found
signal.pause()
