# expect: SIGNALLED SIGSEGV
import ctypes

ctypes.string_at(0)
