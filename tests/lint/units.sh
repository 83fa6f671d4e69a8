#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The unit of the host as systemd sees it: without mistakes, and with few rights. units.sh UNIT
set -euo pipefail

unit=$1
most=3.0     # of 10, as "systemd-analyze security" rates exposure

# Only the program and the manual are not there before they are installed.
said=$(systemd-analyze verify --man=no "$unit" 2>&1 | grep -F "$(basename "$unit")" | grep -vF 'is not executable' || true)
if [ -n "$said" ]; then
  echo "$said"
  exit 1
fi

# Thresholds are given in tenths.
if ! systemd-analyze security --offline=true --no-pager --threshold="$(echo "$most" | tr -d .)" "$unit" > /tmp/tutti-units.$$ 2>&1; then
  cat /tmp/tutti-units.$$
  rm -f /tmp/tutti-units.$$
  exit 1
fi
tail -n 1 /tmp/tutti-units.$$
rm -f /tmp/tutti-units.$$
