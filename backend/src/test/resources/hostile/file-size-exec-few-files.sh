# expect: KILLED FILE_SIZE
# limits: file_size_mb=1 open_files=16
# nobody sent the signal, also where fewer descriptors are allowed than the runner has
exec truncate -s 2M /work/large
