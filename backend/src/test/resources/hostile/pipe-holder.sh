# expect: EXITED 7
# limits: timeout_seconds=20
# within: 3
(trap '' TERM HUP; setsid sleep 60) &
exit 7
