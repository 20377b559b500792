# expect: EXITED 153
# what a shell says when a program of its met the limit on a file's size, said without one
exit 153
