# expect: KILLED DISK_LIMIT
# limits: disk_mb=4 timeout_seconds=20
# within: 18
i = 0
while True:
    open(f"/dev/shm/{i}", "w").close()
    i += 1
