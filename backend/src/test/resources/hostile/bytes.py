# expect: EXITED 255
import os, sys

# every byte; ANSI; right-to-left override; half a character; HTML
os.write(1, bytes(range(256)) + b"\x1b[2J\x1b]0;title\x07" + "\u202e".encode() + b"\xe2\x82" + b"<script>alert(1)</script>\r\n\0")
os.write(2, bytes(range(255, -1, -1)))
sys.exit(255)
