# SPDX-License-Identifier: GPL-3.0-or-later
"""One song for all: tracks of sixteenths at 50 % density, four bars that come round, each track with a sound of its own of half a
second, every hit pitched by 1 … 7 semitones up or down, 120 beats a minute. And the forms in which the others read it."""

import array
import math
import struct
import wave
from xml.sax.saxutils import quoteattr

RATE, FRAMES, ROUNDS, ROWS = 48000, 24000, 37, 64
SECONDS = ROUNDS * ROWS / 8            # a row is an eighth of a second


class Dice:
    def __init__(self, seed):
        self.seed = seed

    def draw(self, below):
        self.seed = (self.seed * 1664525 + 1013904223) & 0xFFFFFFFF
        return (self.seed >> 8) % below


class Track:
    def __init__(self, number, folder):
        dice = Dice(number + 1)
        self.path = f"{folder}/{number:02d}.wav"
        self.sound = array.array("h", (round((dice.draw(65536) - 32768) * (1 - i / FRAMES) * 0.2) for i in range(FRAMES)))
        self.pan = dice.draw(1601) - 800               # ‰
        self.hits = {}                                 # row: (pitch, velocity)
        while len(self.hits) < ROWS // 2:
            bar = len(self.hits) // 8
            row = 16 * bar + dice.draw(16)
            pitch = (1 + dice.draw(7)) * (1 if dice.draw(2) else -1)
            if row not in self.hits:
                self.hits[row] = (pitch, 40 + dice.draw(80))
        with wave.open(self.path, "wb") as file:
            file.setparams((1, 2, RATE, FRAMES, "NONE", ""))
            file.writeframes(self.sound.tobytes())

    def sides(self, velocity):
        """What the left and the right get of it."""
        angle = (self.pan + 1000) / 2000 * math.pi / 2
        return velocity / 127 * math.cos(angle) * 0.35, velocity / 127 * math.sin(angle) * 0.35


def make(n, folder):
    return [Track(i, folder) for i in range(n)]


# ---- Tutti's own (peer-tutti.c)

def write_text(tracks, path):
    with open(path, "w", encoding="ascii") as file:
        file.write(f"{len(tracks)} {ROUNDS}\n")
        for track in tracks:
            file.write(f"{track.path} {track.pan}\n")
            for row in range(ROWS):
                pitch, velocity = track.hits.get(row, (0, 0))
                file.write(f"{velocity} {pitch}\n")


# ---- Impulse Tracker, as its text of 1996 says (ITTECH.TXT); new notes let the old ones sound on

def it_instrument(number):
    keys = b"".join(bytes((key, number + 1)) for key in range(120))
    envelope = bytes(82)
    return (b"IMPI" + bytes(13) + bytes((1, 0, 0)) + struct.pack("<HBBBBBBHBB", 0, 0, 60, 128, 160, 0, 0, 0x0214, 1, 0)
            + bytes(26) + bytes(6) + keys + envelope * 3 + bytes(4))[:554]


def it_sample(track, at):
    pan = round((track.pan + 1000) / 2000 * 64)
    return (b"IMPS" + bytes(13) + bytes((64, 0x03, 64)) + bytes(26) + bytes((1, 128 | pan))
            + struct.pack("<IIIIIIIBBBB", FRAMES, 0, 0, RATE, 0, 0, at, 0, 0, 0, 0))


def it_pattern(tracks):
    packed = bytearray()
    for row in range(ROWS):
        for channel, track in enumerate(tracks):
            if row in track.hits:
                pitch, velocity = track.hits[row]
                packed += bytes((channel + 1 | 128, 7, 60 + pitch, channel + 1, round(velocity / 127 * 64)))
        packed.append(0)
    return struct.pack("<HHI", len(packed), ROWS, 0) + bytes(packed)


def write_it(tracks, path):
    n = len(tracks)
    orders = bytes([0] * ROUNDS + [255])
    head = 192 + len(orders) + 4 * (2 * n + 1)
    instruments, samples = head, head + 554 * n
    pattern_at = samples + 80 * n
    pattern = it_pattern(tracks)
    data_at = pattern_at + len(pattern)
    out = (b"IMPM" + b"peers".ljust(26, b"\0") + struct.pack("<HHHHHHHHH", 0x1004, len(orders), n, n, 1, 0x0214, 0x0214, 0x000D, 0)
           + bytes((128, 48, 6, 120, 128, 0)) + bytes(10) + bytes([32] * 64) + bytes([64] * 64) + orders)
    out += b"".join(struct.pack("<I", instruments + 554 * i) for i in range(n))
    out += b"".join(struct.pack("<I", samples + 80 * i) for i in range(n)) + struct.pack("<I", pattern_at)
    out += b"".join(it_instrument(i) for i in range(n))
    out += b"".join(it_sample(track, data_at + 2 * FRAMES * i) for i, track in enumerate(tracks)) + pattern
    out += b"".join(track.sound.tobytes() for track in tracks)
    with open(path, "wb") as file:
        file.write(out)


# ---- SuperCollider: a synth definition in the form SCgf 2, and a score of bundles

def pascal(text):
    return bytes((len(text),)) + text.encode()


def unit(name, rate, inputs, outputs, special=0):
    return (pascal(name) + struct.pack(">bIIh", rate, len(inputs), len(outputs), special)
            + b"".join(struct.pack(">ii", *each) for each in inputs) + bytes(outputs))


def sc_definition():
    """hit (buffer, rate, left, right): PlayBuf once, its four-point interpolation, to both sides."""
    constants = [1.0, 0.0, 2.0]                        # trigger; start, loop and bus; free oneself
    names = ["buffer", "rate", "left", "right"]
    units = [unit("Control", 1, [], [1] * 4),
             unit("PlayBuf", 2, [(0, 0), (0, 1), (-1, 0), (-1, 1), (-1, 1), (-1, 2)], [2]),
             unit("BinaryOpUGen", 2, [(1, 0), (0, 2)], [2], 2), unit("BinaryOpUGen", 2, [(1, 0), (0, 3)], [2], 2),
             unit("Out", 2, [(-1, 1), (2, 0), (3, 0)], [])]
    body = pascal("hit") + struct.pack(">I3f", 3, *constants) + struct.pack(">I4f", 4, 0, 1, 0, 0)
    body += struct.pack(">I", 4) + b"".join(pascal(name) + struct.pack(">I", i) for i, name in enumerate(names))
    body += struct.pack(">I", len(units)) + b"".join(units) + struct.pack(">H", 0)
    return b"SCgf" + struct.pack(">Ih", 2, 1) + body


def osc_text(text):
    raw = text.encode() + b"\0"
    return raw + bytes(-len(raw) % 4)


def osc(address, *values):
    tags, out = ",", b""
    for value in values:
        if isinstance(value, bytes):
            tags, out = tags + "b", out + struct.pack(">I", len(value)) + value + bytes(-len(value) % 4)
        elif isinstance(value, str):
            tags, out = tags + "s", out + osc_text(value)
        elif isinstance(value, float):
            tags, out = tags + "f", out + struct.pack(">f", value)
        else:
            tags, out = tags + "i", out + struct.pack(">i", value)
    return osc_text(address) + osc_text(tags) + out


def osc_bundle(seconds, *messages):
    bundle = b"#bundle\0" + struct.pack(">Q", round(seconds * (1 << 32))) + b"".join(struct.pack(">I", len(m)) + m for m in messages)
    return struct.pack(">I", len(bundle)) + bundle


def write_osc(tracks, path):
    with open(path, "wb") as file:
        file.write(osc_bundle(0, osc("/d_recv", sc_definition()),
                              *(osc("/b_allocRead", i, track.path, 0, 0) for i, track in enumerate(tracks))))
        for step in range(ROUNDS * ROWS):
            hits = []
            for i, track in enumerate(tracks):
                if step % ROWS in track.hits:
                    pitch, velocity = track.hits[step % ROWS]
                    left, right = track.sides(velocity)
                    hits.append(osc("/s_new", "hit", -1, 0, 0, "buffer", i, "rate", 2.0 ** (pitch / 12), "left", left, "right", right))
            if hits:
                file.write(osc_bundle(step / 8, *hits))
        file.write(osc_bundle(SECONDS, osc("/c_set", 0, 0.0)))


# ---- Hydrogen

KEYS = ["C", "Cs", "D", "Ef", "E", "F", "Fs", "G", "Af", "A", "Bf", "B"]


def write_h2song(tracks, path):
    out = ['<?xml version="1.0" encoding="UTF-8"?>\n<song><version>1.2.0</version><bpm>120</bpm><volume>0.35</volume>'
           "<metronomeVolume>0.5</metronomeVolume><name>peers</name><author></author><notes></notes><license></license>"
           "<loopEnabled>false</loopEnabled><patternModeMode>true</patternModeMode><mode>song</mode><humanize_time>0</humanize_time>"
           "<humanize_velocity>0</humanize_velocity><swing_factor>0</swing_factor><isTimelineActivated>false</isTimelineActivated>"
           "<componentList><drumkitComponent><id>0</id><name>Main</name><volume>1</volume></drumkitComponent></componentList>"
           "<instrumentList>"]
    for i, track in enumerate(tracks):
        out.append(f"<instrument><id>{i}</id><name>{i}</name><drumkit></drumkit><volume>1</volume><isMuted>false</isMuted>"
                   f"<isSoloed>false</isSoloed><pan>{track.pan / 1000}</pan><gain>1</gain><applyVelocity>true</applyVelocity>"
                   "<filterActive>false</filterActive><Attack>0</Attack><Decay>0</Decay><Sustain>1</Sustain><Release>1000</Release>"
                   "<randomPitchFactor>0</randomPitchFactor><muteGroup>-1</muteGroup><isStopNote>false</isStopNote>"
                   "<sampleSelectionAlgo>VELOCITY</sampleSelectionAlgo>"
                   "<instrumentComponent><component_id>0</component_id><gain>1</gain><layer>"
                   f"<filename>{track.path}</filename><min>0</min><max>1</max><gain>1</gain><pitch>0</pitch></layer></instrumentComponent>"
                   "</instrument>")
    out.append("</instrumentList><patternList>")
    for bar in range(4):
        out.append(f"<pattern><name>{bar}</name><category></category><size>192</size><denominator>4</denominator><noteList>")
        for row in range(16):
            for i, track in enumerate(tracks):
                if 16 * bar + row in track.hits:
                    pitch, velocity = track.hits[16 * bar + row]
                    octave, key = divmod(pitch, 12)
                    out.append(f"<note><position>{12 * row}</position><leadlag>0</leadlag><velocity>{velocity / 127}</velocity>"
                               f"<pan>0</pan><pitch>0</pitch><key>{KEYS[key]}{octave}</key><length>-1</length><instrument>{i}</instrument>"
                               "<note_off>false</note_off><probability>1</probability></note>")
        out.append("</noteList></pattern>")
    out.append("</patternList><virtualPatternList/><patternSequence>")
    out += [f"<group><patternID>{bar % 4}</patternID></group>" for bar in range(4 * ROUNDS)]
    out.append("</patternSequence><ladspa/><BPMTimeLine/><timeLineTag/></song>")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(out))


# ---- LMMS

def write_mmp(tracks, path):
    out = ['<?xml version="1.0"?><!DOCTYPE lmms-project><lmms-project version="1.0" type="song" creator="LMMS" creatorversion="1.2.2">'
           '<head bpm="120" timesig_numerator="4" timesig_denominator="4" mastervol="35" masterpitch="0"/><song>'
           '<trackcontainer type="song" visible="1">']
    for i, track in enumerate(tracks):
        out.append(f'<track type="0" name="{i}" muted="0" solo="0"><instrumenttrack pan="{track.pan / 10}" vol="100" basenote="57" '
                   'pitch="0" pitchrange="1" fxch="0" usemasterpitch="1"><instrument name="audiofileprocessor"><audiofileprocessor '
                   f'src={quoteattr(track.path)} amp="100" sframe="0" eframe="1" lframe="0" reversed="0" looped="0" stutter="0" '
                   'interp="1"/></instrument><eldata fcut="14000" fres="0.5" ftype="0" fwet="0"><elvol amt="0" rel="0"/></eldata>'
                   "</instrumenttrack>")
        for each in range(ROUNDS):
            out.append(f'<pattern type="1" pos="{each * 768}" len="768" steps="16" name="" muted="0">')
            out += [f'<note key="{57 + pitch}" pos="{12 * row}" len="48" vol="{round(velocity / 127 * 100)}" pan="0"/>'
                    for row, (pitch, velocity) in sorted(track.hits.items())]
            out.append("</pattern>")
        out.append("</track>")
    out.append("</trackcontainer></song></lmms-project>")
    with open(path, "w", encoding="utf-8") as file:
        file.write("".join(out))
