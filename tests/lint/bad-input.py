#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every test that tests/bad-input.md names exists: in its file as a whole, or as a row of a table and the path before it."""
import re

import tree

TABLE = tree.ROOT / "tests" / "bad-input.md"


def exists(text, name):
    path, row = name.rsplit("/", 1)
    return f'"{name}"' in text or (f'"{row}"' in text and re.search(f'"{re.escape(path)}/(%s)?"', text) is not None)


def check(number, proofs):
    """The complaints about one row."""
    if not proofs:
        yield f"{TABLE.name}:{number}: a row without a test"
    for proof in proofs.split(";") if proofs else []:
        file, *names = proof.replace(",", " ").split()
        path = tree.ROOT / file
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        yield from (f"{TABLE.name}:{number}: {file} has no test {name}" for name in names if not exists(text, name))
        if not names or not text:
            yield f"{TABLE.name}:{number}: no test of {file}"


def main():
    rows = 0
    complaints = []
    for number, line in enumerate(TABLE.read_text(encoding="utf-8").splitlines(), 1):
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if len(cells) == 3 and cells[0] != "input" and not cells[0].startswith("-"):
            rows += 1
            complaints += check(number, cells[2])
    print(f"{rows} kinds of bad input")
    tree.finish("bad-input", complaints)


main()
