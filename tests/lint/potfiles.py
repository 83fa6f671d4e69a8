#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""po/POTFILES and po/LINGUAS are sorted and complete: every file with words for people is in, and nothing else."""
import re

import tree

MARKED = {
    ".c": re.compile(r"(?<![\w\"])(_|N_|C_|NC_|Q_|g?d?c?n?p?gettext|g_dp?n?gettext2?) ?\(\s*(\"|GETTEXT)"),
    ".ui": re.compile(r"translatable=\"(yes|true|1)\""),
    ".in": re.compile(r"^\[Desktop Entry\]|<summary>", re.M),
    ".xml": re.compile(r"gettext-domain="),
}


def entries(name):
    lines = (tree.ROOT / "po" / name).read_text(encoding="utf-8").split("\n")
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def wanted():
    for path, text in tree.texts():
        marked = MARKED.get(path.suffix)
        if path.parts[0] in ("src", "ui", "data") and marked and marked.search(text):
            yield str(path)


def main():
    listed, complaints = entries("POTFILES"), []
    if listed != sorted(set(listed)):
        complaints.append("po/POTFILES is not sorted, or names a file twice")
    complaints += [f"po/POTFILES lacks {name}" for name in sorted(set(wanted()) - set(listed))]
    complaints += [f"po/POTFILES names {name}, which has nothing to translate" for name in sorted(set(listed) - set(wanted()))]
    languages = entries("LINGUAS")
    if languages != sorted(set(languages)):
        complaints.append("po/LINGUAS is not sorted")
    found = sorted(path.stem for path in tree.files() if path.parent.name == "po" and path.suffix == ".po")
    if found != languages:
        complaints.append(f"po/LINGUAS names {languages}, but po/ holds {found}")
    tree.finish("potfiles", complaints)


main()
