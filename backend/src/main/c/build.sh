#!/bin/sh
# Builds artemis-runner: build.sh OUTPUT. Static, so that it runs in any image. Does nothing when it is newer than its sources.
set -eu
here=$(dirname "$0")
out=$1
[ -x "$out" ] && [ -z "$(find "$here" -newer "$out" -type f)" ] && exit 0
command -v gcc >/dev/null || { echo "gcc is missing: apt-get install gcc libc6-dev" >&2; exit 1; }
mkdir -p "$(dirname "$out")"
gcc -std=gnu17 -O2 -static -Wall -Wextra -Werror -s -o "$out" "$here"/*.c
