# expect: EXITED 0
# says: made
# what is left in the work folder is no plain file: nobody may wait for it, follow it or count it wrongly
import os, socket

os.mkfifo("/work/fifo")
os.mkfifo("/work/output")
listener = socket.socket(socket.AF_UNIX)
listener.bind("/work/socket")
listener.listen()
os.symlink("/etc/passwd", "/work/passwd")
os.symlink("/work/fifo", "/work/stdout")
os.symlink("loop", "/work/loop")
os.symlink("/", "/work/root")
os.link("/work/fifo", "/work/again")
os.makedirs("/work/" + "deep/" * 100)
with open("/work/holes", "wb") as file:
    file.truncate(60 * 1024 * 1024)
print("made")
