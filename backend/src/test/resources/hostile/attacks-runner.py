# expect: EXITED 4
# limits: timeout_seconds=10
import ctypes, os, resource, signal, sys

for number in range(1, 65):
    try:
        os.kill(1, number)
    except OSError:
        pass
libc = ctypes.CDLL(None, use_errno=True)
x86 = os.uname().machine == "x86_64"


def call(number, *arguments):
    ctypes.set_errno(0)
    if libc.syscall(number, *arguments) == -1:
        raise OSError(ctypes.get_errno(), "refused")


# rt_sigqueueinfo with an invented sender
info = (ctypes.c_int * 32)(signal.SIGTERM, 0, -1, 0, 0, 0)
if x86:
    libc.syscall(129, 1, signal.SIGTERM, info)
IOPRIO_SET, SCHED_SETATTR = (251, 314) if x86 else (30, 274)
IDLE = 3 << 13
# size, policy (SCHED_IDLE), flags, nice, priority, runtime, deadline, period
attributes = (ctypes.c_uint32 * 12)(48, 5)
for attack in (lambda: resource.prlimit(1, resource.RLIMIT_CPU, (0, 0)), lambda: resource.prlimit(1, resource.RLIMIT_NOFILE, (0, 0)),
               lambda: os.sched_setscheduler(1, os.SCHED_IDLE, os.sched_param(0)), lambda: os.setpriority(os.PRIO_PROCESS, 1, 19),
               lambda: os.setpriority(os.PRIO_USER, 1000, 19), lambda: os.sched_setaffinity(1, {0}),
               lambda: call(IOPRIO_SET, 1, 1, IDLE), lambda: call(IOPRIO_SET, 3, 1000, IDLE), lambda: call(SCHED_SETATTR, 1, attributes, 0)):
    try:
        attack()
        sys.exit("not held")
    except PermissionError:
        pass
sys.exit(4)
