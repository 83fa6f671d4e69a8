#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""peers.py PEER-TUTTI [TRACKS…]: one song, rendered by Tutti and by every other program that is installed, to 48 kHz stereo of 16
bits; CPU time (user and system) of the whole process, the middle of three rounds. Prints rows for ./dev bench."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import wave

sys.dont_write_bytecode = True
import song  # noqa: E402

RUNS = 3
PEERS = [
    ("openmpt123 --filter 2 (linear)", "openmpt123", "it", ["--filter", "2"]),
    ("openmpt123 --filter 8 (8 taps)", "openmpt123", "it", ["--filter", "8"]),
    ("scsynth (cubic)", "scsynth", "osc", []),
    ("h2cli (linear)", "h2cli", "h2song", []),
    ("LMMS (linear)", "lmms", "mmp", []),
]
# What the goals were set beside: {tracks: (that program on that core, the goal there)}.
MEASURE = "openmpt123 --filter 8 (8 taps)"
GOALS = {16: (157, 500), 64: (43, 130)}
WRITERS = {"it": song.write_it, "osc": song.write_osc, "h2song": song.write_h2song, "mmp": song.write_mmp}


def command(program, path, out, more):
    return {
        "openmpt123": [program, "-q", "--render", "--no-float", "--samplerate", "48000", "--gain", "-9", "--output-type", "wav", "--force",
                       *more, path],
        "scsynth": [program, "-N", path, "_", out, "48000", "WAV", "int16", "-o", "2", "-i", "0", "-m", "262144", "-n", "8192", "-b", "1024"],
        "h2cli": [program, "-s", path, "-d", "alsa", "-o", out, "-r", "48000", "-b", "16", "-I", "0"],
        "lmms": [program, *(["--allowroot"] if os.geteuid() == 0 else []), "render", path, "-o", out, "-f", "wav", "-s", "48000", "-x", "1",
                 "-i", "linear"],
    }[program]


def cpu_seconds(argv, folder):
    """None when it failed."""
    env = {**os.environ, "HOME": folder, "XDG_RUNTIME_DIR": folder, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run(argv, env=env, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=900, check=False)
    except subprocess.TimeoutExpired:
        return None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.stderr.write(f"{argv[0]}: {done.stderr[-600:].decode(errors='replace')}\n")
        return None
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def seconds_played(out):
    """How much of the song is in the file; 0 when that is little, or does not sound to its end. (Hydrogen leaves out the last bars.)"""
    try:
        with wave.open(out, "rb") as file:
            seconds = file.getnframes() / file.getframerate()
            if seconds < 0.9 * song.SECONDS:
                return 0
            file.setpos(file.getnframes() - 20 * file.getframerate())
            late = memoryview(file.readframes(file.getframerate())).cast("h")
            return min(seconds, song.SECONDS) if max(late) > 300 else 0
    except (OSError, EOFError, wave.Error):
        return 0


def play(argv, out, folder):
    """How many times as fast as it sounds, None when it did not play it."""
    if os.path.exists(out):
        os.unlink(out)
    seconds = cpu_seconds(argv, folder)
    sounds = seconds_played(out)
    return None if seconds is None or sounds == 0 else sounds / seconds


def players(tutti, tracks, folder):
    """{title: (argv, the file it writes)}, Tutti first; rows of those that are not there."""
    text, found = f"{folder}/song.txt", {}
    song.write_text(tracks, text)
    found["Tutti"] = ([tutti, text, f"{folder}/out.wav"], f"{folder}/out.wav")
    for title, program, form, more in PEERS:
        path, out = f"{folder}/song.{form}", f"{folder}/{'song.it' if form == 'it' else 'out'}.wav"
        if shutil.which(program) is None:
            print(f"| {len(tracks)} pitched sample tracks, {title} | not installed | |", flush=True)
            continue
        WRITERS[form](tracks, path)
        found[title] = (command(program, path, out, more), out)
    return found


def middle(numbers):
    return sorted(numbers)[len(numbers) // 2]


def bench(tutti, n, folder):
    """By turns, so that what else the machine does meets all of them, and compared within each round."""
    there = players(tutti, song.make(n, folder), folder)
    rounds = [{title: play(*how, folder) for title, how in there.items()} for _ in range(RUNS)]
    own = [each["Tutti"] for each in rounds]
    if None in own:
        print("Tutti did not play it", file=sys.stderr)
        return False
    print(f"| {n} pitched sample tracks, Tutti | {middle(own):.0f} x real time | ahead of all others |", flush=True)
    ahead = True
    for title in [title for title in there if title != "Tutti"]:
        theirs = [each[title] for each in rounds]
        if None in theirs:
            print(f"| {n} pitched sample tracks, {title} | did not play it | |", flush=True)
            continue
        times = middle([mine / other for mine, other in zip(own, theirs)])
        ahead = ahead and times > 1
        print(f"| {n} pitched sample tracks, {title} | {middle(theirs):.0f} x real time, Tutti {times:.1f} times faster | > 1 |",
              flush=True)
        if title == MEASURE and n in GOALS:
            there, goal = GOALS[n]
            print(f"| {n} pitched sample tracks, Tutti, where that program makes {there} | {times * there:.0f} x real time | ≥ {goal} |", flush=True)
    return ahead


def main():
    counts = [int(word) for word in sys.argv[2:]] or [16, 64]
    ahead = True
    for n in counts:
        with tempfile.TemporaryDirectory(prefix="tutti-peers-") as folder:
            ahead = bench(os.path.abspath(sys.argv[1]), n, folder) and ahead
    return 0 if ahead else 1


sys.exit(main())
