# SPDX-License-Identifier: GPL-3.0-or-later
"""Techno at four in the morning: drums of the drum synthesiser, an acid line, chords that breathe with the kick. A minor."""

from writer import Jam, bars, both, chance, every, late, lock, r

jam = Jam("Warehouse", "Techno with an acid line. Launch the scenes from top to bottom, eight bars each.", 128, 9, 2,
          ["Doors", "Groove", "Acid", "Break", "Peak"], swing=530, seed=1988, gain=0, reverb_size=560)

ALL, LOUD = "Doors|Groove|Acid|Break|Peak", "Groove|Acid|Peak"


def pump(kick, threshold=-2000, release=150):
    """Down with every kick, back before the next."""
    return ("compressor", dict(threshold=threshold, ratio=500, attack=10, release=release, make_up=0, knee=600, key=kick))


# ---- drums

kick = jam.track("Kick", "drum:hard-kick", "cherry", ("eq", dict(low=150, mid=-200, mid_frequency=470, high=100)),
                 patch=dict(drum_decay=430, drum_pitch=-100), gain=-50)
FOUR = "X...X...X...X..."
kick.hits("Doors", "Muffled", FOUR, {0: lock(fx0_2=-1200), 4: lock(fx0_2=-1200), 8: lock(fx0_2=-900), 12: lock(fx0_2=-900)})
kick.hits(LOUD, "Four", FOUR * 3 + "X...X...X.oxX.x.", {59: lock(drum_pitch=200), 62: r(2)})

clap = jam.track("Clap", "drum:round-clap", "coral", ("reverb", dict(decay=1100, damping=500, mix=260)),
                 ("width", dict(width=1400)), gain=150)
clap.hits(LOUD, "Backbeat", "....X.......X..g", {4: late(8), 12: late(8), 15: chance(45)})
clap.hits("Break", "Roll", "." * 64 + "....o.......o..." + "....o...o...o.o." + "o.o.o.o.ooooooox" + "xxxxxxxxXXXX....",
          {108 + i: both(r(2), lock(drum_colour=480 + 20 * i)) for i in range(16)})

hats = jam.track("Hats", "drum:round-closed-hat", "honey",
                 ("flanger", dict(rate=90, depth=600, delay=180, feedback=350, mix=280)), gain=150, pan=160)
hats.hits("Doors|Groove|Break", "Sixteenths", "o.xgo.xgo.xgo.xx", {15: chance(60)})
hats.hits("Acid|Peak", "Busy", "xoXoxoXoxoXoxoXx",
          {3: chance(70), 7: r(2), 10: lock(drum_decay=160), 14: lock(fx0_3=700), 15: both(chance(50), r(3, True))})

open_hat = jam.track("Open Hat", "kit:open-hats", "lime", ("eq", dict(low_cut=420, high=-150)), gain=-150, pan=-90)
open_hat.hits(LOUD, "Off", "..x...x...x...x.", {14: both(lock(decay=90), {"a": 1})})

bell = jam.track("Bell", "drum:tin-cowbell", "fern", ("crush", dict(bits=9, rate=3, mix=500)),
                 ("delay", dict(time=720, feedback=480, damping=450, mix=340)), gain=-250, pan=-350)
# Twelve steps against sixteen: it comes round every three bars.
bell.hits("Groove|Acid|Peak", "Twelve", "x..o..x.oo..", {3: lock(drum_pitch=300), 8: chance(60), 9: lock(drum_pitch=-500)})

toms = jam.track("Toms", "drum:round-low-tom", "jade", ("reverb", dict(decay=900, mix=180)), gain=-200, pan=220)
toms.hits(LOUD, "Fill", "." * 48 + "..........o.x.xX",
          {58: lock(drum_pitch=400), 60: lock(drum_pitch=200), 62: chance(70), 63: every(2, 2)})

# ---- bass

sub = jam.track("Sub", "kit:deep-sub", "lagoon", pump(kick, -1900, 130), ("drive", dict(amount=220, level=800)), root="C2", gain=-100)
ROLL = "2:{0}/1 3:{0}/1- 6:{0}/1 7:{0}/1- 10:{0}/1 11:{0}/1- 14:{0}/2!"
sub.tones(LOUD, "Rolling", 64, bars(ROLL.format("A1"), ROLL.format("A1"), ROLL.format("F1"),
                                    "2:G1/1 3:G1/1- 6:G1/1 7:G1/1- 10:G1/1 11:B1/1- 13:E1/1 14:G1/2!"))
sub.tones("Doors|Break", "Held", 64, bars("0:A1/15-", "0:A1/15-", "0:F1/15-", "0:G1/10- 10:E1/5-"))

acid = jam.track("Acid", "synth:acid-saw", "sky", ("drive", dict(amount=420, level=620)), pump(kick, -1700, 90),
                 ("delay", dict(time=720, feedback=380, damping=500, mix=180)), root="C2", patch=dict(vcf_cutoff=260, glide=70),
                 gain=-50, pan=60)
LINE = "0:A1/1! 2:A2/1- 3:A1/1 5:C2/1! 6:A1/2~ 8:A1/1! 10:E2/1 11:A1/1- 12:D2/1 13:C2/2~ 15:G1/1"
acid.tones("Groove", "Closed", 16, LINE, {2: lock(vcf_cutoff=300), 10: both(chance(80), lock(vcf_cutoff=330)), 15: every(2, 2)})
acid.tones("Acid", "Opening", 64,
           bars(LINE, LINE, LINE, "0:A1/1! 1:A2/1 3:A1/1 5:C3/1! 6:A2/2~ 8:G2/1! 9:E2/1 11:A1/1- 12:D2/1 13:C2/1~ 14:A1/1 15:B1/1~"),
           {at: lock(vcf_cutoff=260 + 3 * at, vcf_resonance=720 + 2 * at) for at in (0, 5, 8, 12, 16, 21, 24, 28, 32, 37, 40, 44)} |
           {48: lock(vcf_cutoff=430, fx0_0=700), 53: lock(vcf_cutoff=470, vcf_env=600), 56: lock(vcf_cutoff=500, fx0_0=800)})
acid.tones("Peak", "Screaming", 32,
           bars("0:A1/1! 2:A2/1! 3:A1/1 5:C3/1! 6:A2/2~ 8:A1/1! 10:E3/1! 11:A1/1- 12:D2/1 13:C3/2~ 15:G2/1",
                "0:A1/1! 2:A2/1 3:G2/1~ 4:E2/1 5:C3/1! 6:A2/2~ 8:A1/1! 9:A2/1 10:E3/1~ 11:D3/1 12:C3/1! 13:A2/1~ 14:G2/1 15:B1/1~"),
           {5: lock(vcf_cutoff=480), 10: lock(vcf_cutoff=540, env_decay=700),
            21: lock(vcf_cutoff=500, fx0_0=750), 26: lock(vcf_cutoff=570, vcf_resonance=880), 31: chance(70)})

# ---- chords: A minor 9, F major 9, C over G, E minor 7

stab = jam.track("Stab", "synth:house-keys", "iris", ("phaser", dict(rate=180, depth=500, mix=450)), pump(kick, -1900, 120),
                 ("delay", dict(time=480, feedback=350, mix=220)), gain=0, pan=-180)
AM9, F9, CG, EM7 = "A3,C4,E4,G4,B4", "F3,A3,C4,E4,G4", "G3,C4,E4,A4", "G3,B3,D4,E4"
stab.notes("Groove|Acid", "Two and Three", 64,
           bars(f"3:{AM9}/1.5! 6:{AM9}/1- 11:{AM9}/1.5", f"3:{AM9}/1.5! 6:{AM9}/1- 14:{AM9}/1.5",
                f"3:{F9}/1.5! 6:{F9}/1- 11:{F9}/1.5", f"3:{CG}/1.5! 6:{CG}/1- 11:{EM7}/1 14:{EM7}/1.5!"))
stab.notes("Peak", "Answer", 64,
           bars(f"3:{AM9}/1! 6:{AM9}/1 9:{AM9}/1- 11:{AM9}/1.5", f"2:{AM9}/1 3:{AM9}/1! 6:{AM9}/1- 10:{AM9}/1 14:{AM9}/1.5!",
                f"3:{F9}/1! 6:{F9}/1 9:{F9}/1- 11:{F9}/1.5", f"3:{CG}/1! 6:{CG}/1 9:{EM7}/1- 11:{EM7}/1 13:{EM7}/1 15:{EM7}/1!"))

pad = jam.track("Pad", "synth:wide-pad", "plum", ("chorus", dict(rate=350, depth=420, mix=400)), pump(kick, -2400, 200),
                ("reverb", dict(decay=4200, damping=350, pre_delay=30, mix=380)), ("width", dict(width=1500)), gain=-200)
CHORDS = bars("0:A3,E4,B4,C5/15.8", "0:A3,E4,G4,C5/15.8", "0:F3,C4,G4,A4/15.8", "0:G3,D4,E4,B4/15.8")
pad.notes("Doors|Break", "Wide", 64, CHORDS, velocity=92)
pad.notes("Acid|Peak", "Under", 64, CHORDS, velocity=70)

pluck = jam.track("Pluck", "synth:trance-pluck", "rose", ("gate", dict(threshold=-5600, attack=5, hold=70, release=90, range=-1400, key=hats)),
                  ("tremolo", dict(time=480, depth=350, shape=300, spread=800)),
                  ("delay", dict(time=720, feedback=520, damping=350, mix=360)), ("reverb", dict(decay=2200, mix=240)), gain=350, pan=120)
HOOK = bars("0:E5/1! 3:C5/1 6:B4/1 8:A4/2 11:G4/1- 14:A4/1", "0:E5/1! 3:C5/1 6:B4/1 8:D5/2 11:C5/1- 14:B4/1",
            "0:C5/1! 3:A4/1 6:G4/1 8:F4/2 11:G4/1- 14:A4/1", "0:B4/1! 3:G4/1 6:E4/1 8:D5/2 10:B4/1- 12:C5/1 14:D5/1!")
pluck.notes("Break|Peak", "Hook", 64, HOOK)

riser = jam.track("Riser", "synth:riser", "tangerine", ("filter", dict(type=2, cutoff=420, resonance=300)), gain=-900)
riser.notes("Break", "Up", 128, "64:A2/63")

jam.master(("eq", dict(low_cut=60, high=120, high_frequency=900)),
           ("compressor", dict(threshold=-1200, ratio=180, attack=300, release=160, make_up=100)),
           ("limiter", dict(ceiling=-150, gain=0, release=90)))
