# expect: EXITED 0
# says: held
import ctypes, errno, os, platform

libc = ctypes.CDLL(None, use_errno=True)
x86 = platform.machine() == "x86_64"
calls = {
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "mount": (165, 40), "umount2": (166, 39), "unshare": (272, 97),
    "setns": (308, 268), "pivot_root": (155, 41), "chroot": (161, 51), "bpf": (321, 280), "perf_event_open": (298, 241),
    "userfaultfd": (323, 282), "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218),
    "kexec_load": (246, 104), "init_module": (175, 105), "finit_module": (313, 273), "open_by_handle_at": (304, 265),
    "io_uring_setup": (425, 425), "clone3": (435, 435), "pidfd_getfd": (438, 438), "fsopen": (430, 430),
    "move_mount": (429, 429), "reboot": (169, 142), "swapon": (167, 224), "syslog": (103, 116), "settimeofday": (164, 170),
}
for name, numbers in calls.items():
    ctypes.set_errno(0)
    result = libc.syscall(ctypes.c_long(numbers[0 if x86 else 1]), *[ctypes.c_long(0)] * 5)
    assert result == -1 and ctypes.get_errno() in (errno.EPERM, errno.ENOSYS), (name, result, ctypes.get_errno())
NEWUSER, NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWPID, NEWNET, SIGCHLD = 0x10000000, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x20000000, 0x40000000, 17
for flags in (NEWUSER, NEWNS, NEWUSER | NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWPID, NEWNET, NEWUSER | NEWPID | NEWNET):
    result = libc.syscall(ctypes.c_long(56 if x86 else 220), ctypes.c_long(flags | SIGCHLD), *[ctypes.c_long(0)] * 4)
    assert result == -1 and ctypes.get_errno() == errno.EPERM, ("clone", flags)
for path in ("/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname", "/proc/sys/vm/drop_caches", "/proc/sysrq-trigger",
             "/proc/sys/user/max_user_namespaces", "/proc/kcore", "/proc/self/uid_map"):
    if os.path.exists(path) and os.stat(path).st_rdev == os.stat("/dev/null").st_rdev:
        continue  # a container's runtime has put it there instead
    try:
        with open(path, "r+b", buffering=0) as file:
            file.write(b"1")
        raise SystemExit("not held: " + path)
    except OSError:
        pass
print("held")
