# expect: EXITED 7
# says: refused
# that of a file's size, sent by itself, or by the kernel because of a limit that is not ours
kill -XFSZ $$ 2> /dev/null && exit 1
bash -c 'kill -XFSZ $$' 2> /dev/null && exit 2
ulimit -f 0 2> /dev/null && exit 3
# what has its timers from the same call is left its older way
timeout 0.1 sleep 9
[ $? = 124 ] || exit 4
echo refused
exit 7
