# expect: KILLED FILE_SIZE
# limits: file_size_mb=1
# no file becomes large; nobody sent the signal, so it is the limit's
exec truncate -s 2M /work/large
