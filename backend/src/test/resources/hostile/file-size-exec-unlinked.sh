# expect: KILLED FILE_SIZE
# limits: file_size_mb=1
# the file that was large has no name; nobody sent the signal, so it is the limit's
exec 3>/work/large
rm /work/large
exec head -c 2000000 /dev/zero >&3
