# expect: KILLED OUTPUT_LIMIT
# limits: output_bytes=16384
# within: 10
import os

while True:
    os.write(1, b"o" * 10)
    os.write(2, b"e" * 1000)
