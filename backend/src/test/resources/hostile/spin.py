# expect: KILLED CPU_TIME
# limits: cpu_seconds=1 timeout_seconds=20
# within: 12
while True:
    pass
