# expect: EXITED 1
# says: somebody else has it
# a timer is only heard of, not refused
exec 3>/work/lock 4>/work/lock
flock 3
flock -w 0.1 4 && exit 2
echo somebody else has it
exit 1
