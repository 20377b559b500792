# expect: SIGNALLED SIGSYS or SIGNALLED SIGSEGV or EXITED 0
# a system call of a 32-bit program (int 0x80), whose numbers no filter for this machine's knows; where the kernel has none
# it is a fault, and ARM has none
import ctypes, mmap, platform, sys

if platform.machine() == "x86_64":
    code = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    code.write(bytes.fromhex("b814000000cd80c3"))  # getpid
    start = ctypes.addressof(ctypes.c_char.from_buffer(code))
    sys.exit("not held: process %d" % ctypes.CFUNCTYPE(ctypes.c_int)(start)())
