#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak manifest has what flatpak-builder asks for, and opens only what is listed here with its feature."""
import re

import yaml

import tree

APP = "io.github.tuttijam.Tutti"
PERMITTED = {
    "--share=network", "--share=ipc", "--socket=wayland", "--socket=fallback-x11", "--socket=pulseaudio", "--device=dri",
    "--system-talk-name=org.freedesktop.Avahi",
}


def check_sources(module):
    for source in module.get("sources", []):
        if source["type"] == "archive" and not re.fullmatch(r"[0-9a-f]{64}", str(source.get("sha256", ""))):
            yield f"{module['name']}: an archive without its SHA-256"
        if source["type"] == "git" and not re.fullmatch(r"[0-9a-f]{40}", str(source.get("commit", ""))):
            yield f"{module['name']}: a git source without its commit"


def check(text):
    manifest = yaml.safe_load(text)
    for key, value in {"id": APP, "runtime": "org.gnome.Platform", "sdk": "org.gnome.Sdk", "command": "tutti"}.items():
        if manifest.get(key) != value:
            yield f"{key} is {manifest.get(key)!r}, not {value!r}"
    if not isinstance(manifest.get("runtime-version"), str):
        yield "runtime-version must be text: as a number 50.0 and 50 differ"
    opened = manifest.get("finish-args", [])
    yield from (f"{argument} opens more than a feature needs" for argument in sorted(set(opened) - PERMITTED))
    yield from (f"{argument} is missing" for argument in sorted(PERMITTED - set(opened)))
    lines = [line.strip() for line in text.split("\n")]
    for before, line in zip(lines, lines[1:]):
        if line == f"- {opened[0]}" and not before.startswith("#"):
            yield "the permissions have no reasons beside them"
    modules = manifest.get("modules", [])
    if not modules or modules[-1].get("name") != "tutti" or modules[-1].get("buildsystem") != "meson":
        yield "the last module must be tutti, built by meson"
    for module in modules:
        yield from check_sources(module)


tree.finish("flatpak", list(check((tree.ROOT / "flatpak" / f"{APP}.yml").read_text(encoding="utf-8"))))
