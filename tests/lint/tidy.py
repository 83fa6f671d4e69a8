#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""clang-tidy over src/ with the few rules of tests/lint/tidy.yml; every finding is a failure. tidy.py BUILD"""
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import tree

BUILD = sys.argv[1]
FINDING = re.compile(r"^.*: (warning|error): .*$", re.M)


def check(source):
    done = subprocess.run(["clang-tidy", "--quiet", "-p", BUILD, f"--config-file={tree.ROOT}/tests/lint/tidy.yml",
                           # gcc's own flags are nothing to clang.
                           "--extra-arg=-Wno-unknown-warning-option", "--extra-arg=-Wno-everything", tree.ROOT / source],
                          capture_output=True, text=True, check=False)
    findings = [match.group(0).replace(f"{tree.ROOT}/", "") for match in FINDING.finditer(done.stdout)]
    if done.returncode != 0 and not findings:
        findings = [f"{source}: {(done.stderr or done.stdout).strip()}"]
    return findings


def main():
    sources = sorted(path for path in tree.compile_commands(BUILD) if path.parts[0] == "src")
    # The longest first, so that the last file to be looked at is not the slowest.
    sources.sort(key=lambda path: -(tree.ROOT / path).stat().st_size)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        complaints = [finding for findings in pool.map(check, sources) for finding in findings]
    print(f"{len(sources)} sources")
    tree.finish("tidy", sorted(set(complaints)))


main()
