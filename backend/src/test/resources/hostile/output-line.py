# expect: EXITED 0
# limits: output_bytes=2097152
# within: 10
import sys

sys.stdout.buffer.write(b"<")
for _ in range(100):
    sys.stdout.buffer.write(b"x" * 1_000_000)
sys.stdout.buffer.write(b">")
