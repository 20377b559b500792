# expect: EXITED 153
# limits: file_size_mb=1
exec 3>/work/large
rm /work/large
head -c 2000000 /dev/zero >&3
