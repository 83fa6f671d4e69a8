#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts parse, what begins with #! may be executed, and XML is well formed."""
import os
import subprocess
import xml.etree.ElementTree

import tree


def check(path, text):
    first = text.split("\n", 1)[0]
    if first.startswith("#!") and not os.access(tree.ROOT / path, os.X_OK):
        yield f"{path} begins with #! but is not executable"
    if path.suffix == ".sh" or (first.startswith("#!") and first.endswith("sh")):
        done = subprocess.run(["bash", "-n", tree.ROOT / path], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            yield done.stderr.strip()
    elif path.suffix == ".py" or (first.startswith("#!") and "python" in first):
        try:
            compile(text, path, "exec")
        except SyntaxError as error:
            yield f"{path}:{error.lineno}: {error.msg}"
    elif path.suffix in (".ui", ".xml", ".svg") or path.name.endswith(".xml.in"):
        try:
            xml.etree.ElementTree.fromstring(text.encode())
        except xml.etree.ElementTree.ParseError as error:
            yield f"{path}: {error}"


tree.finish("scripts", [complaint for path, text in tree.texts() for complaint in check(path, text)])
