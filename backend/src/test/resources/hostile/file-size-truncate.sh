# expect: KILLED FILE_SIZE
# limits: file_size_mb=1
truncate -s 2M /work/large
