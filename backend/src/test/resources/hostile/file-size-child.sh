# expect: KILLED FILE_SIZE
# limits: file_size_mb=1
head -c 2000000 /dev/zero > /work/large
