# expect: SIGNALLED SIGKILL
kill -9 $$
