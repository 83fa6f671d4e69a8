#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The dependency rule of src/DESIGN.md, read back from what was really compiled and linked. layers.py BUILD

- a folder sees no include folder but its own and those below it;
- nothing but src/app knows GTK: no include path, no symbol in a library, no library behind tutti-host or tuttictl;
- the pure folders (model, sync, and dsp) call nothing that has an outside: files, sockets, threads, clocks, chance.
"""
import re
import subprocess
import sys
from pathlib import Path

import tree

BUILD = Path(sys.argv[1])

# folder: what it may know directly; the rest follows by closure.
BELOW = {
    "base": [], "dsp": [], "model": ["base"], "compose": ["model"], "formats": ["model"], "store": ["model"],
    "sync": ["model"], "net": ["sync"], "service": ["net", "store"], "discovery": ["base"],
    "audio": ["model", "sync", "dsp"], "session": ["service", "audio", "discovery"], "bridge": ["model"],
}
TOP = ["host", "cli", "app"]
PURE = ["model", "sync", "dsp"]

TOOLKIT = re.compile(r"^(gtk|gdk|gsk|adw)_")
TOOLKIT_LIBRARY = re.compile(r"lib(gtk|gdk|gsk|adwaita)[-.\w]*\.so")
OUTSIDE = re.compile(
    r"^(f?open(at|64)?|fopen64|f?read|f?write|unlink|rename|stat|socket|connect|bind|listen|accept4?|send(to|msg)?|recv(from|msg)?"
    r"|pthread_(create|mutex_lock|cond_wait)|clock_gettime|gettimeofday|time|nanosleep|usleep|s?rand(om)?(_r)?|getrandom|getenv"
    r"|g_thread_(new|try_new)|g_mutex_lock|g_cond_wait.*|g_random_.*|g_rand_(new|int.*)|g_get_(monotonic|real)_time"
    r"|g_date_time_new_now.*|g_file_(new|get|set)_.*|g_socket_.*|g_timeout_add.*|g_idle_add.*|g_getenv|g_uuid_string_random)$")


def closure(folder):
    seen = {folder}
    for lower in BELOW[folder]:
        seen |= closure(lower)
    return seen


def include_folders(arguments):
    """The folders of src/ on a compiler call's include path."""
    for argument in arguments:
        if argument.startswith("-I"):
            path = (BUILD / argument[2:]).resolve()
            for base in (tree.ROOT / "src", BUILD.resolve() / "src"):
                if path.is_relative_to(base) and path != base:
                    yield path.relative_to(base).parts[0]


def check_includes():
    for source, arguments in tree.compile_commands(BUILD).items():
        folder = source.parts[1] if source.parts[0] == "src" and len(source.parts) > 2 else None
        if folder in BELOW:
            for seen in sorted(set(include_folders(arguments)) - closure(folder)):
                yield f"{source} is compiled with src/{seen} on its include path"
        if folder and folder != "app" and any("gtk-4.0" in a or "libadwaita" in a for a in arguments):
            yield f"{source} is compiled with the toolkit's headers"


def undefined(library):
    listing = subprocess.run(["nm", "-u", "--format=just-symbols", library], capture_output=True, text=True, check=True).stdout
    return {line.split("@")[0] for line in listing.split()}


def check_libraries():
    for folder in [*BELOW, "host", "cli"]:
        for library in sorted((BUILD / "src" / folder).glob("*.a")):
            symbols = undefined(library)
            for symbol in sorted(filter(TOOLKIT.match, symbols)):
                yield f"src/{folder} calls {symbol}: only src/app may know GTK"
            if folder in PURE:
                for symbol in sorted(filter(OUTSIDE.match, symbols)):
                    yield f"src/{folder} is pure, but calls {symbol}"


def check_programs():
    for program in (BUILD / "src/host/tutti-host", BUILD / "src/cli/tuttictl"):
        if not program.exists():
            yield f"{program.name} was not built"
            continue
        # Everything it pulls in, not only what it names itself.
        listing = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
        for library in sorted(set(m.group(0) for m in TOOLKIT_LIBRARY.finditer(listing))):
            yield f"{program.name} links {library}"


def check_folders():
    for folder in sorted(path.name for path in (tree.ROOT / "src").iterdir() if path.is_dir()):
        if folder not in BELOW and folder not in TOP:
            yield f"src/{folder} has no place in the dependency rule"


tree.finish("layers", [*check_folders(), *check_includes(), *check_libraries(), *check_programs()])
