# SPDX-License-Identifier: GPL-3.0-or-later
"""What the static checks share: the files of the tree, the compile commands, and one way to report."""
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = {".c", ".h", ".py", ".sh", ".build", ".ui", ".xml", ".css", ".in", ".md", ".yml", ".txt", ".supp", ".json", ""}


def files():
    """Every file under version control (or, in a tarball, every file outside build folders) that exists."""
    try:
        listing = subprocess.run(["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                                 capture_output=True, check=True, text=True).stdout
        names = [name for name in listing.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        names = [os.path.relpath(os.path.join(folder, name), ROOT)
                 for folder, _, inside in os.walk(ROOT) for name in inside]
        names = [name for name in names if not name.startswith(("build", "shots", ".git/"))]
    return sorted(Path(name) for name in set(names) if (ROOT / name).is_file())


def texts():
    """(path, text) of the files that people write and read."""
    for path in files():
        if path.suffix in TEXT and path.name != "LICENSE":
            yield path, (ROOT / path).read_text(encoding="utf-8", errors="replace")


def compile_commands(build):
    """{source path relative to the tree: argument list} of everything that the build compiles."""
    commands = {}
    for entry in json.loads((Path(build) / "compile_commands.json").read_text(encoding="utf-8")):
        source = Path(os.path.normpath(os.path.join(entry["directory"], entry["file"])))
        if source.is_relative_to(ROOT):
            commands[source.relative_to(ROOT)] = shlex.split(entry["command"])
    return commands


def without_output(arguments):
    """The same compiler call without its input, output and dependency file."""
    kept, skip = [], False
    for argument in arguments:
        if skip:
            skip = False
        elif argument in ("-o", "-MF", "-MQ", "-MT", "-c"):
            skip = True
        elif argument not in ("-MD", "-MMD"):
            kept.append(argument)
    return kept


def finish(what, complaints):
    """Prints the complaints and ends the program accordingly."""
    for complaint in complaints:
        print(complaint)
    print(f"{what}: {len(complaints) or 'no'} complaint{'s' if len(complaints) != 1 else ''}")
    sys.exit(1 if complaints else 0)
