# SPDX-License-Identifier: GPL-3.0-or-later
"""How the demo jams are written down: bars as text in, a document of a jam as tutti_jam_to_text() has it out.

Hits are one character a step, spaces do not count: X accented, x plain, o soft, g a ghost, . nothing. They are repeated to the
clip's length. What a step has beside goes by its number: {14: r(2), 28: lock(cutoff=700)}.
Tones are "step:name/length" with ! accented, - soft, ~ sliding to its pitch: "0:A1/2! 3:C2/1~". The octave of C4 is the MIDI key 60.
Chords, in clips of notes, are the same with several names: "0:D3,F3,A3/6 6.5:G3,B3/2-"."""

import json
import re

STEP = 240                              # ticks of a sixteenth
VELOCITY = {"X": 100, "x": 100, "o": 70, "g": 36}
NAMES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

# The values of each effect in the order of the document, as they are on the first day.
EFFECTS = {
    "filter": {"type": 0, "cutoff": 800, "resonance": 200},
    "drive": {"amount": 300, "level": 700},
    "crush": {"bits": 8, "rate": 4, "mix": 1000},
    "eq": {"low": 0, "mid": 0, "high": 0, "low_cut": 0, "low_frequency": 233, "mid_frequency": 566, "mid_quality": 90,
           "high_frequency": 867},
    "compressor": {"threshold": -1800, "ratio": 300, "attack": 80, "release": 90, "make_up": 200, "mix": 1000, "knee": 600},
    "limiter": {"ceiling": -100, "gain": 0, "release": 100},
    "chorus": {"rate": 600, "depth": 300, "delay": 1400, "spread": 500, "mix": 500},
    "flanger": {"rate": 200, "depth": 800, "delay": 250, "feedback": 500, "spread": 250, "mix": 500},
    "phaser": {"rate": 300, "depth": 400, "centre": 530, "feedback": 400, "spread": 250, "mix": 500},
    "delay": {"time": 720, "feedback": 400, "damping": 250, "ping_pong": 1000, "mix": 300},
    "reverb": {"decay": 1800, "damping": 400, "pre_delay": 15, "modulation": 350, "width": 1000, "mix": 250},
    "width": {"width": 1000, "balance": 0},
    "gate": {"threshold": -4000, "attack": 10, "hold": 40, "release": 120, "range": -9000},
    "tremolo": {"time": 480, "depth": 600, "shape": 0, "spread": 0},
}


def key(name):
    """The MIDI key of "A1", "F#3", "Bb2"."""
    letter, sign, octave = re.fullmatch(r"([A-G])([#b]?)(-?\d)", name).groups()
    return 12 * (int(octave) + 1) + NAMES[letter] + {"": 0, "#": 1, "b": -1}[sign]


# ---- what a step has beside its velocity

def r(hits, fade=False):
    return {"r": hits, "f": 1} if fade else {"r": hits}


def chance(percent, **more):
    return {"c": percent, **more}


def every(n, of, **more):
    return {"n": n, "o": of, **more}


def late(ticks, **more):
    return {"m": ticks, **more}


def lock(**values):
    """By the names of the track or the patch with _ for -; fx0_1 is value 1 of the effect in slot 0."""
    return {"k": {name.replace("_", "-"): value for name, value in values.items()}}


def both(*parts):
    """Several of them at one step."""
    return {name: value for part in parts for name, value in part.items()}


# ---- the document

class Jam:
    def __init__(self, name, about, bpm, key, scale, scenes, swing=500, seed=1, **mix):
        self.count = 0
        self.head = {"n": name, "de": about, "seed": seed, "key": key, "scale": scale,
                     "mix": {setting.replace("_", "-"): value for setting, value in mix.items()}, "mfx": [],
                     "tr": {"bpm": round(100 * bpm), "ls": 0, "le": 4 * 960 * 4, "sw": swing}}
        self.tracks = []
        self.scenes = {scene: self.coin() for scene in scenes}

    def coin(self):
        self.count += 1
        number, text = self.count, ""
        while number:
            number, digit = divmod(number, 36)
            text = DIGITS[digit] + text
        return "1." + text

    def effects(self, chain):
        out = []
        for slot, (kind, values) in enumerate(chain):
            steered = values.pop("key", None)
            assert set(values) <= set(EFFECTS[kind]), (kind, values)
            out.append([self.coin(), kind, 1, slot, steered.id if steered else "0", list({**EFFECTS[kind], **values}.values())])
        return out

    def master(self, *chain):
        self.head["mfx"] = self.effects(chain)

    def track(self, name, sound, colour, *chain, root="C4", patch=None, choke=0, swing=-1, **params):
        track = Track(self, name, sound, colour, key(root))
        track.member = {"i": track.id, "n": name, "s": sound, "c": colour, "ch": choke, "sw": swing,
                        "p": {param.replace("_", "-"): value for param, value in params.items()},
                        "pt": {param.replace("_", "-"): value for param, value in (patch or {}).items()},
                        "fx": self.effects(chain), "cl": []}
        self.tracks.append(track)
        return track

    def document(self):
        """A line a track's head, a line a clip: as a difference between two of them is best read."""
        head = {**self.head, "sc": [[number, scene] for scene, number in self.scenes.items()], "pp": [], "sd": [], "gr": []}
        lines = [json.dumps(head, separators=(",", ":"), ensure_ascii=False)[:-1] + ',"tk":[']
        for track in self.tracks:
            lines.append(json.dumps({**track.member, "cl": 0}, separators=(",", ":"))[:-2] + "[")
            lines += [json.dumps(clip, separators=(",", ":")) + "," for clip in track.member["cl"]]
            lines[-1] = lines[-1].rstrip(",")
            lines.append("]},")
        lines[-1] = "]}"
        return "\n".join(lines) + "\n]}\n"


class Track:
    def __init__(self, jam, name, sound, colour, root):
        self.jam, self.root, self.id = jam, root, jam.coin()

    def put(self, scenes, name, length, resolution, content):
        for scene in scenes.split("|"):
            self.member["cl"].append({"i": self.jam.coin(), "sc": self.jam.scenes[scene], "n": name, "l": length,
                                      "r": resolution, "st": [], **content})

    def hits(self, scenes, name, text, details=None, length=None, resolution=STEP):
        text = text.replace(" ", "")
        length = length or len(text)
        steps = []
        for at in range(length):
            hit, step = text[at % len(text)], dict((details or {}).get(at, {}))
            if hit != ".":
                step = {"v": VELOCITY[hit], **({"a": 1} if hit == "X" else {}), **step}
            steps.append(step if set(step) - {"v"} else step.get("v", 0))
        self.put(scenes, name, length, resolution, {"st": steps})

    def tones(self, scenes, name, length, text, details=None, resolution=STEP):
        steps = [0] * length
        for at, names, held, flags in read_tones(text):
            step = {"v": 74 if "-" in flags else 100, "p": key(names[0]) - self.root, "l": int(held)}
            step.update({"a": 1} if "!" in flags else {}, **({"s": 1} if "~" in flags else {}))
            steps[int(at)] = {member: value for member, value in step.items() if (member, value) not in (("p", 0), ("l", 1))}
        for at, more in (details or {}).items():
            step = steps[at] if isinstance(steps[at], dict) else {}
            steps[at] = {**step, **more}
        self.put(scenes, name, length, resolution, {"st": steps})

    def notes(self, scenes, name, length, text, strum=0, velocity=84):
        """@strum: ticks from one note of a chord to the next."""
        notes = []
        for at, names, held, flags in read_tones(text):
            loud = velocity + (16 if "!" in flags else -18 if "-" in flags else 0)
            for i, each in enumerate(sorted(names, key=key)):
                notes.append((round(at * STEP) + i * strum, round(held * STEP) - i * strum, key(each), min(127, loud - 3 * (i % 2))))
        flat, before = [], 0
        for number, (tick, held, pitch, loud) in enumerate(sorted(notes)):
            flat += [1 if number else "1.1", tick - before, held, pitch, loud]
            before = tick
        self.put(scenes, name, length, STEP, {"no": flat})


def read_tones(text):
    for word in text.split():
        at, names, held, flags = re.fullmatch(r"([\d.]+):([^/]+)/([\d.]+)([!~-]*)", word).groups()
        yield float(at), names.split(","), float(held), flags


def bars(*texts, steps=16):
    """One after the other, each counted from its own beginning."""
    out = []
    for bar, text in enumerate(texts):
        for word in text.split():
            at, rest = word.split(":", 1)
            out.append(f"{float(at) + bar * steps:g}:{rest}")
    return " ".join(out)
