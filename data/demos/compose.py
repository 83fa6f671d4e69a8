#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""compose.py [--check]: writes the demo jams beside itself, or says which of them are not what their text makes of them."""

import importlib
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
DEMOS = ["night-bus", "rainy-tape", "warehouse"]


def main():
    sys.path.insert(0, HERE)
    sys.dont_write_bytecode = True
    wrong = 0
    for name in DEMOS:
        text = importlib.import_module(name.replace("-", "_")).jam.document()
        path = os.path.join(HERE, name + ".json")
        if "--check" in sys.argv:
            with open(path, encoding="utf-8") as file:
                if file.read() != text:
                    print(f"data/demos/{name}.json is not what its text makes: run data/demos/compose.py")
                    wrong += 1
        else:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
    return wrong != 0


sys.exit(main())
