#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads meson's JSON test logs and says in a few lines what happened.

summary.py 'TITLE|LOG.json|STRICT'...   counts a pass each; fails if anything failed, if a pass was empty,
                                        or if STRICT is "yes" and a test was skipped
summary.py --phases FILE                prints how long each phase took; its lines are TITLE|SECONDS|USER|SYSTEM
summary.py --table LOG.json             prints the rows "| ... |" that the tests wrote, as one table
"""
import json
import re
import sys

CASE = re.compile(r"^\s*(not ok|ok)\b(.*)$", re.M)
SKIPPED = re.compile(r"#\s*SKIP\b[ :]*(.*)", re.I)
# What says why: a failed test, an assertion (GLib's, or the hands' of the windows), a sanitizer's headline and where it was, what the lab
# waited for.
REASON = re.compile(r"^.*(?:\bnot ok\b|Bail out!|ERROR\b|assertion|runtime error|SUMMARY:|Traceback|CRITICAL|Error:|timed out|"
                    r"leak of|^ +#[0-9]+ 0x[0-9a-f]+ in ).*$", re.M)
REASONS = 14
WIDEST = 300
FINE = ("OK", "EXPECTEDFAIL")


def reasons(record):
    """The lines of a failed program that say why, without its whole output: that scrolls out of what is kept of a run."""
    text = "\n".join(record.get(stream) or "" for stream in ("stdout", "stderr"))
    lines = list(dict.fromkeys(line.strip()[:WIDEST] for line in REASON.findall(text)))
    said = [line.strip()[:WIDEST] for line in text.splitlines() if line.strip()]
    return lines[:REASONS] or said[-REASONS:] or ["it said nothing"]


def read(path):
    """One record a test program; a log that was never written means that meson did not start."""
    try:
        with open(path, encoding="utf-8") as log:
            return [json.loads(line) for line in log if line.strip()]
    except FileNotFoundError:
        return []


class Pass:
    def __init__(self, title, path, strict):
        self.title, self.strict = title, strict == "yes"
        self.programs = self.cases = self.seconds = 0
        self.failed, self.skipped = [], []
        for record in read(path):
            self.add(record)

    def add(self, record):
        self.programs += 1
        self.seconds += record.get("duration", 0)
        name, result = record["name"], record["result"]
        found = CASE.findall(record.get("stdout") or "")
        self.cases += len(found) or 1
        self.skipped += [(name, skip.group(1)) for _, rest in found if (skip := SKIPPED.search(rest))]
        if result == "SKIP" and not any(skipped == name for skipped, _ in self.skipped):
            self.skipped.append((name, "all of it"))
        if result not in FINE and result != "SKIP":
            self.failed.append((name, result, reasons(record)))

    @property
    def good(self):
        return self.programs > 0 and not self.failed and not (self.strict and self.skipped)

    def print(self):
        mark = "ok  " if self.good else "FAIL"
        print(f"{mark} {self.title}: {self.cases} tests in {self.programs} programs, "
              f"{len(self.failed)} failed, {len(self.skipped)} skipped ({self.seconds:.0f} s)")
        if self.programs == 0:
            print("       no test ran")
        for name, result, lines in self.failed:
            print(f"       failed: {name} ({result})")
            for line in lines:
                print(f"               {line}")
        for name, reason in self.skipped:
            print(f"       skipped{' (a failure as root)' if self.strict else ''}: {name}: {reason}")


def print_table(path):
    rows = []
    for record in read(path):
        rows += [line.strip() for line in (record.get("stdout") or "").splitlines()
                 if line.strip().lstrip("# ").startswith("| ")]
    cells = [[cell.strip() for cell in row.lstrip("# ").strip("|").split("|")] for row in rows]
    if cells:
        cells = [["what", "measured", "goal", ""], ["---"] * 4] + cells
    widths = [max(len(row[i]) for row in cells if i < len(row)) for i in range(max(map(len, cells), default=0))]
    for row in cells:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |")
    if not rows:
        print("no figures were printed")


def print_phases(path):
    """What ./dev noted; phases that ran beside others overlap."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.count("|") == 3:
                title, seconds, user, system = line.strip().split("|")
                print(f"     {int(seconds):5} s, {int(user) + int(system):5} s of a processor: {title}")


def main(arguments):
    if arguments[:1] == ["--phases"]:
        print_phases(arguments[1])
        return 0
    if arguments[:1] == ["--table"]:
        print_table(arguments[1])
        return 0
    passes = [Pass(*argument.split("|")) for argument in arguments]
    for one in passes:
        one.print()
    print(f"\n{sum(p.cases for p in passes)} tests, {sum(len(p.failed) for p in passes)} programs failed, "
          f"{sum(len(p.skipped) for p in passes)} skipped")
    return 0 if all(p.good for p in passes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
