#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a script in node with the modules that ./dev deps installed, or says why not. run.py SCRIPT MODULES ARGUMENT…"""
import os
import shutil
import sys

script, modules, *arguments = sys.argv[1:]
node = shutil.which("node")
if node is None or not os.path.isdir(os.path.join(modules, "node_modules", "ajv")):
    print(f"1..0 # SKIP {'node is not here' if node is None else 'the modules of node are not here'}: see ./dev deps")
    sys.exit(0)
os.execv(node, [node, script, modules, *arguments])
