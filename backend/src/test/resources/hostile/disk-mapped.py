# expect: KILLED DISK_LIMIT
# limits: disk_mb=4 memory_mb=256
# a page of a mapped file for which there is no room
import mmap

with open("/work/mapped", "wb+") as file:
    file.truncate(32 << 20)
    view = mmap.mmap(file.fileno(), 32 << 20)
    for i in range(0, 32 << 20, 4096):
        view[i] = 1
