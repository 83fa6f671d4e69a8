# SPDX-License-Identifier: GPL-3.0-or-later
"""Drum and bass through wet streets: two-step drums with ghosts, a reese over a sub, wide chords. F minor."""

from writer import Jam, bars, both, chance, every, late, lock, r

jam = Jam("Night Bus", "Drum and bass. Fog, Roll, Lift, Drop; Half is the same at half the pace.", 174, 5, 2,
          ["Fog", "Roll", "Lift", "Drop", "Half"], seed=1996, gain=0, reverb_size=600)

FAST = "Roll|Drop"


def duck(by, threshold=-1900, release=90):
    return ("compressor", dict(threshold=threshold, ratio=400, attack=10, release=release, make_up=0, key=by))


# ---- drums

kick = jam.track("Kick", "drum:hard-kick", "cherry", patch=dict(drum_decay=260, drum_pitch=100, drum_snap=600), gain=50)
kick.hits(FAST, "Two-step", "X.........X....." * 3 + "X.........X..o..", {61: chance(60)})
kick.hits("Lift", "Straight", "X...x...x...x...", {12: every(4, 4, r=2)})
kick.hits("Half", "Half", "X.....o.........", {6: chance(70)})

snare = jam.track("Snare", "kit:crisp-snare", "coral", ("eq", dict(mid=200, mid_frequency=420, high=150)),
                  ("reverb", dict(decay=700, damping=450, mix=130)), gain=-200)
GHOSTS = {7: chance(70), 9: both(chance(85), late(6)), 15: chance(55)}
snare.hits("Roll", "Ghosts", "....X..g.g..X..g", GHOSTS)
snare.hits("Drop", "Break", "....X..g.g..X..g....X..gg...X.g." + "....X..g.g..X..g....X.gg.gx.X.oX",
           {**GHOSTS, 26: chance(60), 30: lock(reverb=-1200), 54: chance(50), 58: r(2), 62: r(2, True), 63: lock(cutoff=820, tune=300)})
snare.hits("Lift", "Roll", "." * 64 + "o...o...o...o...o...o...o...o..." + "o.o.o.o.o.o.o.o.ooooxxxxXXXXXXXX",
           {at: both(lock(tune=at * 5 - 560), r(2) if at > 119 else {}) for at in range(112, 128)})
snare.hits("Half", "Third", "........X.....g.", {14: chance(60)})

hats = jam.track("Hats", "kit:paper-hats", "honey", ("flanger", dict(rate=140, depth=500, delay=120, feedback=300, mix=220)), gain=-150, pan=180)
hats.hits("Roll|Half", "Eighths", "x.o.x.og", {7: chance(65)})
hats.hits("Drop", "Sixteenths", "xgogxgogxgogxgox", {6: lock(fx0_3=650), 11: chance(70), 13: r(2), 15: both(chance(60), r(3, True))})

ride = jam.track("Ride", "kit:dark-ride", "lime", ("eq", dict(low_cut=480)), gain=-500, pan=-240)
ride.hits("Drop", "Quarters", "x.o.x.o.", {2: chance(80), 6: chance(60)})

crash = jam.track("Crash", "drum:hard-cymbal", "tangerine", ("reverb", dict(decay=2500, mix=220)), ("width", dict(width=1600)), gain=-500)
crash.hits("Drop|Half", "One", "X" + "." * 127)

shaker = jam.track("Shaker", "drum:hard-shaker", "fern", gain=-450, pan=320)
shaker.hits("Roll|Lift|Drop", "Run", "ogogogog", {3: chance(70), 5: lock(drum_colour=700), 7: r(2)})

conga = jam.track("Conga", "kit:hand-conga", "jade", ("delay", dict(time=480, feedback=300, damping=500, mix=220)),
                  ("crush", dict(bits=10, rate=2, mix=400)), gain=-350, pan=-380)
# Eleven against sixteen.
conga.hits(FAST, "Eleven", "...o..o..x.", {3: lock(tune=-300), 6: chance(60), 9: both(lock(tune=200), late(5))})

# ---- bass: F, D flat, A flat, E flat; the reese asks and answers

sub = jam.track("Sub", "kit:deep-sub", "lagoon", duck(kick, -1800, 70), root="C2", gain=-150)
sub.tones(FAST, "Under", 64, bars("0:F1/6! 10:F1/4", "0:F1/3! 6:F1/2 10:Ab1/4", "0:Db2/6! 10:Db2/4", "0:Eb1/6! 10:Eb1/2 13:Eb1/2"))
sub.tones("Half", "Low", 64, bars("0:F1/14!", "0:F1/8! 10:Ab1/4", "0:Db2/14!", "0:Eb1/14!"))

reese = jam.track("Reese", "synth:wide-reese", "sky", ("phaser", dict(rate=90, depth=500, centre=460, feedback=350, mix=450)),
                  ("drive", dict(amount=350, level=820)), duck(kick, -1800, 80), ("eq", dict(low_cut=230, mid=150, mid_frequency=500)),
                  root="C2", patch=dict(glide=80), gain=550)
reese.tones("Roll", "Murmur", 64, bars("0:F1/6 10:F1/3-", "2:F1/2 6:Ab1/4~ 12:G1/2-", "0:Db2/6 10:Db2/3-", "2:Eb1/3 8:Eb1/4~ 14:E1/2~"),
            {0: lock(vcf_cutoff=360), 32: lock(vcf_cutoff=400), 40: lock(vcf_cutoff=470)})
reese.tones("Drop", "Call", 128,
            bars("0:F1/2! 3:F1/2 6:Ab1/2~ 8:C2/2! 11:F1/3", "0:Eb2/2!~ 3:C2/2 6:Ab1/4~ 12:F1/3", "0:Db2/2! 3:Db2/2 6:F2/2~ 8:Ab1/2! 11:Db2/3",
                 "0:Eb1/2! 3:Eb1/1 5:Bb1/2~ 8:G1/3! 12:Eb2/3~",
                 "0:F1/2! 3:F1/2 6:Ab1/2~ 8:C2/2! 11:F1/3", "2:F2/2! 5:Eb2/2~ 8:C2/2 10:Ab1/5~", "0:Db2/2! 3:Db2/2 6:F2/2~ 8:Ab2/2! 11:F2/3~",
                 "0:Eb2/4! 6:G1/2 8:Eb1/2! 10:F1/1 11:G1/1 12:Ab1/1 13:Bb1/1 14:E1/2~"),
            {0: lock(vcf_cutoff=520), 8: lock(vcf_cutoff=620, fx0_2=600), 16: lock(vcf_cutoff=680), 22: lock(vcf_cutoff=480),
             40: lock(vcf_cutoff=640, fx0_2=620), 56: lock(vcf_cutoff=560, vcf_resonance=420), 64: lock(vcf_cutoff=520),
             72: lock(vcf_cutoff=640), 82: lock(vcf_cutoff=740, fx1_0=600), 104: lock(vcf_cutoff=700), 112: lock(vcf_cutoff=520, vcf_resonance=450)})
reese.tones("Half", "Slow", 64, bars("0:F1/8! 10:Ab1/5~", "0:C2/10~", "0:Db2/8! 10:F2/5~", "0:Eb2/6 8:Eb1/7~"), {0: lock(vcf_cutoff=460), 32: lock(vcf_cutoff=560)})

# ---- chords: Fm9, Dbmaj9, Abmaj7, Eb6

pad = jam.track("Pad", "synth:glow-pad", "plum", ("chorus", dict(rate=300, depth=400, mix=400)), duck(kick, -2200, 140),
                ("reverb", dict(decay=5200, damping=300, pre_delay=25, mix=420)), ("width", dict(width=1600)), gain=-150)
pad.notes("Fog|Half|Lift", "Fog", 128, bars("0:F3,C4,G4,Ab4/31.5", "0:Db3,Ab3,Eb4,F4/31.5", "0:Ab3,C4,Eb4,G4/31.5", "0:Eb3,Bb3,C4,G4/31.5", steps=32), velocity=92)
pad.notes("Roll|Drop", "Behind", 128, bars("0:F3,C4,G4,Ab4/31.5", "0:Db3,Ab3,Eb4,F4/31.5", "0:Ab3,C4,Eb4,G4/31.5", "0:Eb3,Bb3,C4,G4/31.5", steps=32), velocity=68)

choir = jam.track("Choir", "synth:choir-pad", "iris", ("tremolo", dict(time=480, depth=700, shape=600, spread=300)),
                  ("gate", dict(threshold=-4600, attack=10, hold=60, release=80, range=-1200, key=hats)),
                  ("delay", dict(time=720, feedback=450, mix=260)), gain=-200, pan=-120)
choir.notes("Roll|Lift", "Breath", 64, bars("0:C5,F5/7 8:Ab4,C5/7-", "0:G4,C5/14", "0:F4,Ab4/7 8:Ab4,Db5/7-", "0:G4,Bb4/14-"))

arp = jam.track("Arp", "synth:soft-pluck", "rose", ("filter", dict(type=0, cutoff=700, resonance=250)),
                ("delay", dict(time=720, feedback=500, damping=300, mix=340)), ("reverb", dict(decay=2400, mix=220)), gain=-100, pan=240)
arp.tones("Fog|Lift", "Rain", 12, "0:F4/1! 1:C5/1- 2:G4/1 4:Ab4/1 5:Eb5/1- 6:C5/1! 8:F5/1 9:G4/1- 11:Bb4/1",
          {1: chance(60), 5: chance(70), 8: both(chance(80), lock(fx0_1=820)), 9: chance(50), 11: chance(60)}, resolution=320)
arp.tones("Drop", "Hook", 64,
          bars("0:C5/1! 3:Ab4/1 6:F4/1 8:G4/2 12:Ab4/1 14:C5/1-", "0:Eb5/1! 3:C5/1 6:Ab4/1 8:G4/3", "0:F5/1! 3:Db5/1 6:Ab4/1 8:F4/2 12:Ab4/1 14:Db5/1-",
               "0:Eb5/1! 3:Bb4/1 6:G4/1 8:Bb4/2 11:C5/1 13:Eb5/2"),
          {0: lock(fx0_1=780), 16: lock(fx0_1=840), 48: lock(fx0_1=900)})

bells = jam.track("Bells", "synth:glass-bell", "honey", ("reverb", dict(decay=3600, damping=200, mix=380)), root="C5", gain=-350, pan=-300)
bells.tones("Fog|Half", "Drops", 64, bars("0:C6/4 11:G5/2-", "6:Ab5/4-", "0:F5/4 11:Eb6/2-", "6:Bb5/4- 14:G5/2-"), {11: chance(60), 22: chance(80), 43: chance(60), 62: chance(50)})

stab = jam.track("Stab", "synth:stab-brass", "coral", ("filter", dict(type=0, cutoff=650, resonance=150)), ("limiter", dict(ceiling=-700, gain=300, release=60)),
                 ("reverb", dict(decay=1400, mix=250)), gain=-600, pan=100)
stab.notes("Drop", "Hits", 128, bars("0:F4,Ab4,C5,G5/1.5!", "14:F4,Ab4,C5/1-", "0:Db4,F4,Ab4,Eb5/1.5!", "10:Eb4,G4,Bb4/1 13:Eb4,G4,C5/2!",
                                     "0:F4,Ab4,C5,G5/1.5!", "", "0:Db4,F4,Ab4,Eb5/1.5!", "6:Eb4,G4,Bb4/1 10:Eb4,G4,Bb4/1 14:E4,G4,C5/2!"))

jam.master(("eq", dict(low_cut=70, mid=-100, mid_frequency=460, high=150)),
           ("compressor", dict(threshold=-1200, ratio=200, attack=250, release=120, make_up=150)),
           ("limiter", dict(ceiling=-150, gain=0, release=70)))
