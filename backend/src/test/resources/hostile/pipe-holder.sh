# expect: EXITED 7
# limits: timeout_seconds=20
# within: 12
(trap '' TERM HUP; setsid sleep 60) &
exit 7
