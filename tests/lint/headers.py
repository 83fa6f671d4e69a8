#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every header compiles alone, with the include paths of its own folder and nothing before it. headers.py BUILD"""
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import tree

BUILD = sys.argv[1]


def check(job):
    header, arguments = job
    done = subprocess.run(arguments + ["-fsyntax-only", "-Wno-unused-function", "-x", "c", "-"], cwd=BUILD, text=True,
                          capture_output=True, input=f'#include "{tree.ROOT / header}"\n', check=False)
    return None if done.returncode == 0 else f"{header} does not compile alone:\n{done.stderr.strip()}"


def main():
    by_folder = {}
    for source, arguments in tree.compile_commands(BUILD).items():
        by_folder.setdefault(source.parent, tree.without_output(arguments))
    headers = [path for path in tree.files() if path.suffix == ".h" and path.parts[0] == "src"]
    complaints = [f"{path}: no source of this folder is compiled" for path in headers if path.parent not in by_folder]
    jobs = [(path, by_folder[path.parent]) for path in headers if path.parent in by_folder]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        complaints += filter(None, pool.map(check, jobs))
    print(f"{len(headers)} headers")
    tree.finish("headers", complaints)


main()
