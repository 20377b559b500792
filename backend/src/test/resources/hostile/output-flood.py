# expect: KILLED OUTPUT_LIMIT
# limits: output_bytes=65536
# within: 10
import os

block = b"y\n" * 32768
while True:
    os.write(1, block)
