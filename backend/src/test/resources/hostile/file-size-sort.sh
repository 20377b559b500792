# expect: KILLED FILE_SIZE
# limits: file_size_mb=1
# meets the limit, cleans up and sends itself the same signal again
seq 100000 > /work/some
sort /work/some /work/some > /work/large
