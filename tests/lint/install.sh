#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs into a temporary folder and looks whether everything arrived where a desktop looks for it. install.sh BUILD
set -euo pipefail

build=$1
app=io.github.tuttijam.Tutti
dest=$(mktemp -d)
trap 'rm -rf "$dest"' EXIT
DESTDIR=$dest meson install -C "$build" --no-rebuild --quiet

status=0
for file in \
  bin/tutti bin/tutti-host bin/tuttictl \
  share/applications/$app.desktop share/metainfo/$app.metainfo.xml \
  share/glib-2.0/schemas/$app.gschema.xml share/dbus-1/services/$app.service \
  share/icons/hicolor/scalable/apps/$app.svg share/icons/hicolor/symbolic/apps/$app-symbolic.svg \
  lib/systemd/system/tutti-host.service lib/systemd/user/tutti-host.service \
  etc/tutti/host.conf share/man/man1/tutti-host.1 share/man/man1/tuttictl.1
do
  found=$(find "$dest" -type f -path "*/$file" | head -n 1)
  if [ -z "$found" ]; then
    echo "$file was not installed"
    status=1
  elif grep -qI '@[a-z]*dir@' "$found"; then
    echo "$file still has an unfilled @…@"
    status=1
  fi
done
exit $status
