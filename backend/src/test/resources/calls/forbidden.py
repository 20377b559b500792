"""Makes each call that no program may make, and writes "name answer" lines to the file that is named: the answer is "done" or the error's name."""
import ctypes
import errno
import os
import platform
import sys

LIBC = ctypes.CDLL(None, use_errno=True)
ARM = platform.machine() == "aarch64"
HERE = -100  # AT_FDCWD
DETACH = 2
NOBODY = 1 << 22  # no process has that id
NAMESPACES = {
    "NEWNS": 0x00020000,
    "NEWCGROUP": 0x02000000,
    "NEWUTS": 0x04000000,
    "NEWIPC": 0x08000000,
    "NEWUSER": 0x10000000,
    "NEWPID": 0x20000000,
    "NEWNET": 0x40000000,
}
# on x86_64 and on aarch64
NUMBERS = {
    "ptrace": (101, 117),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "bpf": (321, 280),
    "socket": (41, 198),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "unshare": (272, 97),
    "setns": (308, 268),
    "clone": (56, 220),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "clone3": (435, 435),
    "pidfd_getfd": (438, 438),
    "mount_setattr": (442, 442),
}


def call(name, *arguments):
    ctypes.set_errno(0)
    result = LIBC.syscall(NUMBERS[name][ARM], *[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments])
    if name == "clone" and result == 0:
        os._exit(0)
    return result, "done" if result >= 0 else errno.errorcode[ctypes.get_errno()]


def tell(file, label, name, *arguments):
    """In a process of its own, which a call may change or end."""
    child = os.fork()
    if child == 0:
        file.write(f"{label} {call(name, *arguments)[1]}\n")
        file.flush()
        os._exit(0)
    os.waitpid(child, 0)


def new_mounts(file):
    """Step by step: what one gives the next needs."""
    opened, answer = call("fsopen", b"tmpfs", 0)
    file.write(f"fsopen {answer}\n")
    file.write(f"fsconfig {call('fsconfig', opened, 6, None, None, 0)[1]}\n")
    mounted, answer = call("fsmount", opened, 0, 0)
    file.write(f"fsmount {answer}\n")
    file.write(f"move_mount {call('move_mount', mounted, b'', HERE, b'/tmp/there', 4)[1]}\n")
    file.write(f"mount_setattr {call('mount_setattr', HERE, b'/tmp/there', 0, bytes(32), 32)[1]}\n")
    file.write(f"fspick {call('fspick', HERE, b'/tmp/there', 0)[1]}\n")
    file.write(f"open_tree {call('open_tree', HERE, b'/tmp/there', 1)[1]}\n")
    file.flush()


os.mkdir("/tmp/there")
with open("/proc/self/status") as status, open(sys.argv[1], "w") as file:
    file.write(next(line for line in status if line.startswith("CapEff")).replace(":\t", " "))
    file.flush()
    tell(file, "ptrace", "ptrace", 16, NOBODY, 0, 0)
    tell(file, "process_vm_readv", "process_vm_readv", NOBODY, None, 0, None, 0, 0)
    tell(file, "process_vm_writev", "process_vm_writev", NOBODY, None, 0, None, 0, 0)
    tell(file, "pidfd_getfd", "pidfd_getfd", -1, 0, 0)
    tell(file, "keyctl", "keyctl", 9999)
    tell(file, "add_key", "add_key", None, None, None, 0, 0)
    tell(file, "request_key", "request_key", None, None, None, 0)
    tell(file, "bpf", "bpf", 0, None, 1 << 30)
    tell(file, "io_uring_setup", "io_uring_setup", 1, None)
    tell(file, "io_uring_enter", "io_uring_enter", -1, 0, 0, 0, None, 0)
    tell(file, "io_uring_register", "io_uring_register", -1, 0, None, 0)
    # a type that no kernel has: it looks at the family first, whether it knows it or not
    tell(file, "socket:VSOCK", "socket", 40, 15, 0)
    tell(file, "socket:NETLINK", "socket", 16, 15, 0)
    tell(file, "mount", "mount", b"there", b"/tmp/there", b"tmpfs", 0, None)
    tell(file, "umount2", "umount2", b"/tmp/there", DETACH)
    tell(file, "pivot_root", "pivot_root", b"/tmp/there", b"/tmp/there")
    tell(file, "chroot", "chroot", b"/tmp/there")
    new_mounts(file)
    tell(file, "setns", "setns", -1, 0)
    tell(file, "clone3", "clone3", None, 0)
    for name, flag in NAMESPACES.items():
        tell(file, f"unshare:{name}", "unshare", flag)
        tell(file, f"clone:{name}", "clone", flag | 17, 0, 0, 0, 0)
