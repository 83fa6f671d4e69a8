#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What no file may contain: promises instead of work, traces of somebody's machine, ragged text."""
import re

import tree

PROMISES = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|\bplaceholder\b(?![-_]text)|\bnot (yet )?implemented\b|#if 0\b", re.I)
# Folders of a person or a build machine; package mirrors and registries by any name.
MACHINES = re.compile(
    r"(?<![\w.])/(work|root|home/\w+|workspace|Users/\w+)/\w"
    r"|https?://[^/\s\"'<>]*(artifact|registry|mirror|proxy|pkg\.dev|\.internal\b)", re.I)
LICENCE = "/* SPDX-License-Identifier: GPL-3.0-or-later */"
COLUMNS = 140


def check(path, text):
    code = path.suffix in (".c", ".h")
    if code and not text.startswith(LICENCE):
        yield f"{path}:1: does not begin with {LICENCE}"
    if text and not text.endswith("\n"):
        yield f"{path}: does not end with a newline"
    for number, line in enumerate(text.split("\n"), 1):
        for pattern in (PROMISES, MACHINES):
            if found := pattern.search(line):
                yield f"{path}:{number}: says \"{found.group(0)}\""
        if line != line.rstrip() and path.suffix != ".md":
            yield f"{path}:{number}: trailing space"
        if code and "\t" in line:
            yield f"{path}:{number}: tab"
        if code and len(line) > COLUMNS:
            yield f"{path}:{number}: {len(line)} columns"


tree.finish("words", [complaint for path, text in tree.texts() if path.name != "words.py" for complaint in check(path, text)])
