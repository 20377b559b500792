# expect: EXITED 153
# limits: file_size_mb=1
truncate -s 2M /work/large
