#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints what ninja has to build for the tests of some suites: the programs themselves and what they say they need.

programs.py BUILD-FOLDER [--no] SUITE...    of these suites, or of all but these
"""
import json
import os
import sys


def read(folder, name):
    with open(os.path.join(folder, "meson-info", f"intro-{name}.json"), encoding="utf-8") as file:
        return json.load(file)


def main(folder, suites):
    without = suites[:1] == ["--no"]
    wanted = {f"tutti:{suite}" for suite in suites[without:]}
    files = {target["id"]: target["filename"] for target in read(folder, "targets")}
    needed = set()
    for test in read(folder, "tests"):
        if bool(wanted & set(test["suite"])) != without:
            needed.update(name for target in test["depends"] for name in files[target])
    print("\n".join(sorted(os.path.relpath(name, os.path.realpath(folder)) for name in needed)))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
