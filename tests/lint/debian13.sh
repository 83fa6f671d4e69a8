#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds Tutti and runs its unit tests in a fresh Debian 13, to see that newer GLib, GTK, libadwaita, GStreamer and libsoup
# still take it. Root only; fetches some hundred megabytes from wherever this machine's apt fetches. Not in the short suite.
#
#   debian13.sh          in a temporary folder, removed afterwards
#   debian13.sh FOLDER   in this folder, kept: a second run only copies the tree and builds again

set -euo pipefail

tree=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
release=trixie

die () { printf 'debian13: %s\n' "$*" >&2; exit 1; }

[ "$(id -u)" = 0 ] || die "needs root: it makes a system of its own with debootstrap and chroot"
command -v debootstrap >/dev/null || die "debootstrap is missing: apt-get install debootstrap"

# The archive that apt uses here, not the ones for security or updates, which are not whole releases.
archive ()
{
  apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' |
    awk '$2 !~ /security|updates|backports/ && $1 ~ /debian\/?$/ { print $1; exit }'
}

make_root ()
{
  local from
  from=$(archive)
  [ -n "$from" ] || die "apt knows no Debian archive here: apt-get update first"
  debootstrap --variant=minbase "$release" "$root" "$from" > "$root.log" 2>&1 || { tail -n 5 "$root.log"; die "debootstrap failed"; }
  rm -f "$root.log"
  # What apt needs to know to reach the archive from in there.
  apt-config dump | grep -E '^Acquire::(https?::Proxy|Check-Valid-Until|Check-Date) ' > "$root/etc/apt/apt.conf.d/90outside" || true
  # Nothing that is installed in there may start a daemon out here.
  printf '#!/bin/sh\nexit 101\n' > "$root/usr/sbin/policy-rc.d"
  chmod +x "$root/usr/sbin/policy-rc.d"
}

copy_tree ()
{
  mkdir -p "$root/tutti"
  # The build folder stays, so that a second run builds only what changed.
  find "$root/tutti" -mindepth 1 -maxdepth 1 ! -name 'build*' -exec rm -rf {} +
  git -C "$tree" ls-files -z --cached --others --exclude-standard |
    (cd "$tree" && tar --create --null --files-from - --ignore-failed-read) | tar --extract -C "$root/tutti"
}

# inside WORDS…: runs them in the new system. The mounts are in a namespace of their own and vanish with it.
inside ()
{
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  # shellcheck disable=SC2016
  unshare --mount --fork --pid sh -c '
    mount --make-rprivate /
    mount -t proc proc "$0/proc"
    mount --rbind /dev "$0/dev"
    mount -t tmpfs tmpfs "$0/run"
    exec chroot "$0" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 TERM=dumb JOBS='"${JOBS:-$(nproc)}"' "$@"' \
    "$root" "$@"
}

versions ()
{
  local library
  for library in glib-2.0 gtk4 libadwaita-1 gstreamer-1.0 libsoup-3.0; do
    inside sh -c "printf '  %s ' $library; pkg-config --modversion $library"
  done
}

kept=${1:-}
if [ -n "$kept" ]; then
  root=$kept
  mkdir -p "$root"
else
  root=$(mktemp -d /var/tmp/tutti-debian13.XXXXXX)
  trap 'rm -rf --one-file-system "$root" "$root.log"' EXIT
fi

[ -x "$root/usr/bin/apt-get" ] || make_root
copy_tree
inside /tutti/dev deps
versions
inside /tutti/dev build
# A network of their own, with nothing in it but the loopback.
inside unshare --net sh -c 'ip link set lo up && cd /tutti &&
  exec meson test -C build --no-suite lab --no-suite e2e --no-suite lint --no-suite tidy --no-suite long --no-suite endurance \
    --print-errorlogs'
