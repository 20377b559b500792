# expect: KILLED CPU_TIME
# limits: cpu_seconds=1 timeout_seconds=20
# within: 5
while True:
    pass
