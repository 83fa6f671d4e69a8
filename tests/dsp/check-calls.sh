#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The objects of the audio thread call nothing but each other and memset, memcpy, memmove, memcmp: no allocation, lock, libm or
# system call can hide there. What start-up filled in (tables of sinc, waves, cut-offs) is data. The __cpu names belong to the loader's choice
# between machine codes (target_clones), made before main.
# usage: check-calls.sh NM ARCHIVE
set -eu

nm=$1
archive=$2
here=$("$nm" --defined-only "$archive" 2>/dev/null | awk 'NF == 3 { print $3 }' | sort -u)
foreign=$("$nm" -u "$archive" | awk '$1 == "U" || $1 == "w" { print $2 }' | sort -u |
  grep -vxE 'mem(set|cpy|move|cmp)(_chk)?|__mem(set|cpy|move)_chk|__stack_chk_fail|_GLOBAL_OFFSET_TABLE_|__cpu_(model|indicator_init|features2)|tutti_(sinc_(table|wide)|wave_(levels|saw|triangle|turn)|vcf_g)' || true)
wrong=0
count=0
for name in $foreign; do
  printf '%s\n' "$here" | grep -qxF -- "$name" && continue
  echo "# the audio path calls $name"
  wrong=$((wrong + 1))
done
count=$(printf '%s\n' "$here" | grep -c '^tutti_' || true)
if [ "$count" -lt 20 ]; then
  echo "# only $count functions found: is this the right archive?"
  wrong=$((wrong + 1))
fi
echo "1..1"
if [ "$wrong" -gt 0 ]; then
  echo "not ok 1 - calls of the audio path"
  exit 1
fi
echo "ok 1 - calls of the audio path ($count functions)"
