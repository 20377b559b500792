# expect: EXITED 0 or EXITED 1 or EXITED 254
# limits: processes=32 timeout_seconds=10
# within: 12
bomb() { bomb | bomb & }
bomb
