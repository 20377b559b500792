# expect: EXITED 0 or EXITED 1 or EXITED 254 or KILLED WALL_TIMEOUT or KILLED PROCESS_LIMIT
# limits: processes=32 timeout_seconds=5
# within: 12
bomb() { bomb | bomb & }
bomb
