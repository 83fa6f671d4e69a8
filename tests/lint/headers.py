#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every header compiles alone, with the include paths of its own folder and nothing before it. headers.py BUILD

A source that begins with its own header has shown that already, in the build that this test comes after; only the others are
compiled here."""
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import tree

BUILD = sys.argv[1]
DIRECTIVE = re.compile(r"^[ \t]*#[ \t]*(.*)$", re.M)


def check(job):
    header, arguments = job
    done = subprocess.run(arguments + ["-fsyntax-only", "-Wno-unused-function", "-x", "c", "-"], cwd=BUILD, text=True,
                          capture_output=True, input=f'#include "{tree.ROOT / header}"\n', check=False)
    return None if done.returncode == 0 else f"{header} does not compile alone:\n{done.stderr.strip()}"


def first_header(source):
    """The header that @source includes before anything else happens in it; None when that is none of its own folder."""
    first = DIRECTIVE.search((tree.ROOT / source).read_text(encoding="utf-8"))
    name = re.fullmatch(r'include "([^"/]+)".*', first.group(1)) if first else None
    return source.parent / name.group(1) if name else None


def main():
    by_folder, shown = {}, set()
    for source, arguments in tree.compile_commands(BUILD).items():
        by_folder.setdefault(source.parent, tree.without_output(arguments))
        shown.add(first_header(source) if source.parts[0] == "src" else None)
    headers = [path for path in tree.files() if path.suffix == ".h" and path.parts[0] == "src"]
    complaints = [f"{path}: no source of this folder is compiled" for path in headers if path.parent not in by_folder]
    jobs = [(path, by_folder[path.parent]) for path in headers if path.parent in by_folder and path not in shown]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        complaints += filter(None, pool.map(check, jobs))
    print(f"{len(headers)} headers, {len(jobs)} of them compiled here")
    tree.finish("headers", complaints)


main()
