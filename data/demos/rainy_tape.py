# SPDX-License-Identifier: GPL-3.0-or-later
"""Lo-fi at dusk: a dusty kit that drags, electric piano, a round bass, crackle. D dorian: Dm9, G13, Cmaj9, Am9."""

from writer import Jam, bars, both, chance, every, late, lock, r

jam = Jam("Rainy Tape", "Slow and swung, with electric piano. Rain, Verse and Chorus; Bridge leads back.", 82, 2, 3,
          ["Rain", "Verse", "Chorus", "Bridge"], swing=610, seed=1974, gain=0, reverb_size=420, delay_feedback=300)

BEAT = "Verse|Chorus"


def glue(key=None):
    """The kick makes a little room."""
    return ("compressor", dict(threshold=-2000, ratio=220, attack=60, release=160, make_up=0, key=key))


# ---- the kit: everything but the kick comes late

kick = jam.track("Kick", "kit:tape-kick", "cherry", ("drive", dict(amount=260, level=760)), gain=-100)
kick.hits("Verse", "Limp", "X......o..X....." + "X..o...o..X...o.", {7: late(18), 19: chance(60), 23: late(18), 30: chance(75, m=12)})
kick.hits("Chorus", "Walk", "X..o...o..X..o.." + "X..o..o...X...oo", {3: late(10), 13: chance(55), 31: every(2, 2)})
kick.hits("Bridge", "Heart", "X..o............", {3: late(14)})

snare = jam.track("Snare", "kit:dusty-snare", "coral", ("reverb", dict(decay=800, damping=600, mix=160)), gain=-50)
snare.hits(BEAT, "Drag", "....X.......X..." + "....X..g.g..X..g",
           {4: late(22), 12: late(26), 20: late(22), 23: chance(60, m=10), 25: chance(40), 28: late(26),
            31: both(chance(50), r(2, True), lock(cutoff=800))})
snare.hits("Bridge", "Brush", "....g.......o...", {12: both(late(24), lock(reverb=-1400))})

hats = jam.track("Hats", "kit:paper-hats", "honey", ("width", dict(width=700)), gain=350, pan=220)
hats.hits("Rain|Bridge", "Few", "..g...g...g...o.", {14: lock(decay=70)})
hats.hits("Verse", "Eighths", "x.o.x.og" + "x.o.xgo.", {6: late(8), 7: chance(60), 13: chance(70), 14: late(8)})
hats.hits("Chorus", "Sixteenths", "xgogxgog" + "xgogxgoo", {5: r(3, True), 7: chance(60), 15: both(chance(60), r(2))})

shaker = jam.track("Shaker", "drum:round-shaker", "lime", gain=250, pan=-260)
shaker.hits("Chorus", "Back", "ggoggggogggog.go", {2: late(14), 7: late(14), 11: late(14), 14: chance(70)})

rim = jam.track("Rim", "kit:wood-rim", "fern", ("delay", dict(time=1440, feedback=300, damping=600, mix=300)), gain=600, pan=-330)
# Fourteen steps against sixteen.
rim.hits("Verse|Chorus|Bridge", "Round", "...o......g...", {3: chance(80, m=-6), 10: chance(50)})

crackle = jam.track("Crackle", "drum:tin-rim", "jade", ("eq", dict(low_cut=500, high=-600)),
                    ("crush", dict(bits=6, rate=6, mix=700)), patch=dict(drum_decay=8, drum_noise_decay=8), gain=500)
crackle.hits("Rain|Verse|Chorus|Bridge", "Needle", "gg.ggg.gg.gg.ggg.gg.g.ggg.ggg.gg",
             {at: both(chance(6 + at * 7 % 17), late(at * 37 % 160 - 80), lock(pan=at * 321 % 1601 - 800, drum_pitch=at * 577 % 2401 - 1200))
              for at in range(32)})

# ---- bass

bass = jam.track("Bass", "synth:round-bass", "lagoon", glue(kick), ("eq", dict(low=150, mid=-150)), root="C2",
                 patch=dict(glide=90), gain=200)
bass.tones("Verse", "Roots", 64,
           bars("0:D2/5! 7:D2/2- 10:A1/3 14:C2/2-", "0:G1/5! 7:G1/2- 10:D2/3 14:B1/2-~",
                "0:C2/5! 7:C2/2- 10:G1/3 14:B1/2-", "0:A1/5! 7:A1/2- 10:E2/2 12:C2/2- 14:C#2/2~"),
           {30: chance(80), 62: lock(vcf_cutoff=520)})
bass.tones("Chorus", "Walking", 64,
           bars("0:F1/4! 4:A1/2 7:C2/2- 10:E2/3! 14:F1/1-", "0:E1/4! 4:G1/2 7:B1/2- 10:D2/3! 14:E1/2",
                "0:D2/4! 4:C2/2 7:A1/2- 10:F1/3! 14:D2/1-", "0:G1/4! 4:B1/2 7:D2/2- 10:F2/3! 13:E2/1~ 14:D2/2~"))
bass.tones("Bridge", "Pedal", 64, bars("0:D2/14-", "0:D2/14-", "0:C2/14-", "0:A1/10- 12:C2/3-"))

# ---- electric piano: chords as notes, rolled, a little before and after the beat

keys = jam.track("Keys", "synth:electric-keys", "iris", ("crush", dict(bits=11, rate=2, mix=300)), ("chorus", dict(rate=700, depth=260, mix=350)),
                 ("tremolo", dict(time=960, depth=240, spread=700)), glue(kick), ("reverb", dict(decay=1500, damping=550, mix=200)),
                 gain=550, pan=-80)
DM9, G13, CM9, AM9 = "D3,C4,E4,F4,A4", "G3,B3,E4,F4", "C3,B3,D4,E4,G4", "A3,B3,C4,E4,G4"
keys.notes("Rain|Verse", "Dusk", 64,
           bars(f"0:{DM9}/7! 9.9:{DM9}/3-", f"0.1:{G13}/6 7:F4,B4/2- 10:{G13}/4", f"0:{CM9}/7! 9.9:{CM9}/3-",
                f"0.1:{AM9}/6 8:C4,E4/2- 11:{AM9}/4-"), strum=14)
keys.notes("Chorus", "Lift", 64,
           bars("0:F3,A3,C4,E4,G4/5! 6:A4,C5/2- 10:F3,C4,E4,A4/4", "0:E3,G3,B3,D4/5! 6:G4,B4/2- 10:E3,B3,D4,G4/4",
                f"0:{DM9}/5! 6:F4,A4/2- 10:D3,C4,F4,A4/4", "0:G3,C4,D4,F4/5! 6:F4,A4/2- 8:G3,B3,D4,F4/3 12:G3,B3,F4,A4/3-"), strum=10)
keys.notes("Bridge", "Wait", 64, bars(f"0:{DM9}/12-", "0:D3,B3,D4,F4,A4/12-", f"0:{CM9}/12-", f"0:{AM9}/10- 12:E3,B3,D4,G4/3"), strum=24)

melody = jam.track("Melody", "kit:felt-keys", "rose", ("filter", dict(type=0, cutoff=720, resonance=120)),
                   ("delay", dict(time=720, feedback=380, damping=550, mix=260)), ("reverb", dict(decay=1900, mix=260)),
                   gain=350, pan=170)
melody.tones("Verse", "Question", 64,
             bars("4:A4/2 6:C5/1- 7:D5/3", "6:E5/1 7:D5/1- 8:B4/3", "4:G4/2 6:A4/1- 7:C5/3", "6:B4/1 7:A4/1- 8:G4/2 11:E4/3-"),
             {6: lock(fx0_1=640), 22: chance(80), 23: chance(80), 38: lock(fx0_1=640), 59: chance(65)})
melody.tones("Chorus", "Answer", 64,
             bars("0:C5/3! 4:A4/2 7:G4/1- 8:E5/4!", "2:D5/2 4:B4/2 7:G4/1- 8:D5/4", "0:C5/3! 4:A4/2 7:F4/1- 8:A4/4!",
                  "2:B4/2 4:A4/2 7:G4/1- 8:F4/2 10:D4/3-"), {8: lock(fx1_4=450), 40: lock(fx1_4=450)})

lead = jam.track("Whistle", "synth:whistle-lead", "sky", ("phaser", dict(rate=120, depth=300, mix=300)),
                 ("delay", dict(time=960, feedback=420, damping=500, mix=300)), ("reverb", dict(decay=2600, mix=300)), root="C5", gain=0, pan=-140)
lead.tones("Chorus", "Far", 64, bars("10:C6/2 12:D6/3~", "10:B5/2 12:G5/3~", "10:A5/2 12:C6/3~", "10:G5/2 12:A5/4~"), {42: chance(75), 44: chance(75)})

strings = jam.track("Strings", "synth:warm-strings", "plum", ("flanger", dict(rate=60, depth=500, feedback=200, mix=250)),
                    ("width", dict(width=1500)), ("reverb", dict(decay=2800, damping=450, mix=300)), gain=100)
strings.notes("Rain|Bridge", "Window", 64, bars("0:D3,A3,E4/15.5", "0:D3,G3,B3/15.5", "0:C3,G3,D4/15.5", "0:A2,E3,B3/15.5"), velocity=70)
strings.notes("Chorus", "Swell", 64, bars("0:A3,C4,E4/15.5", "0:G3,B3,D4/15.5", "0:F3,A3,C4/15.5", "0:F3,G3,B3/15.5"), velocity=88)

jam.master(("eq", dict(low=100, high=-250, high_frequency=840, low_cut=50)), ("drive", dict(amount=120, level=880)),
           ("compressor", dict(threshold=-1400, ratio=200, attack=200, release=250, make_up=400)),
           ("limiter", dict(ceiling=-150, gain=0, release=150)))
