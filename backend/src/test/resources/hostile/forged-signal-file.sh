# expect: EXITED 153
# says: sent
# that of a file's size, sent by a child of the shell, which relays it: no file is large
bash -c 'kill -XFSZ $$'
code=$?
echo sent
exit $code
