#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes a static library by another compiler than the build's: DIR OUTPUT COMPILER ARGS… -- SOURCES…
set -eu

objects=$1
output=$2
shift 2
command=()
while [ "$1" != -- ]; do
  command+=("$1")
  shift
done
shift

mkdir -p "$objects"
rm -f "$objects"/*.o "$output"
for source in "$@"; do
  printf '%s\0' "$source"
done | xargs -0 -P "$(nproc)" -I{} bash -c 'name=$(basename "$1" .c); dir=$2; shift 2; "$@" -c "$0" -o "$dir/$name.o"' {} {} "$objects" "${command[@]}"
ar rcs "$output" "$objects"/*.o
