#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The manual: no mistakes in its roff, and every option and command of the programs is in it. man.sh BUILD PAGE…
set -euo pipefail

build=$1
shift
export LC_ALL=C.UTF-8
status=0

for page in "$@"; do
  said=$(MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null)
  if [ -n "$said" ]; then
    echo "$page: $said"
    status=1
  fi
done

# words PROGRAM PAGE WORD…: the words that the page lacks.
words ()
{
  local program=$1 page=$2 text word
  shift 2
  if [ $# -lt 3 ]; then
    echo "$program says of itself only: $*"
    status=1
  fi
  text=$(sed 's/\\-/-/g' "$page")
  for word in "$@"; do
    if ! grep -qw -- "$word" <<< "$text"; then
      echo "$page lacks $word of $program"
      status=1
    fi
  done
}

dir=$(dirname "$1")
mapfile -t options < <("$build/src/host/tutti-host" --help | grep -oE '^  --[a-z-]+')
words tutti-host "$dir/tutti-host.1" "${options[@]#  }"
mapfile -t commands < <("$build/src/cli/tuttictl" --help | grep -oE '^  [a-z]+')
words tuttictl "$dir/tuttictl.1" "${commands[@]#  }"
exit $status
