/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The notes of the demo beat. Verse: Cm7 | A♭maj7 | Fm7 | Gm7, a bar each; lift: Fm7 | Gm7 | A♭maj7 | B♭; chorus:
 * A♭maj7 | B♭ | Cm7 | Cm7. Pitches count from the C of each sound: bass C2, keys C4, bells C5. */
#include "tutti-demo-private.h"

#define SIXTEENTH 240
#define TRIPLET_EIGHTH 320

#define LOCK(param, value) { TUTTI_PARAM_##param, value }
#define LOCKS_1(one) .n_locks = 1, .locks = { one }
#define LOCKS_2(one, two) .n_locks = 2, .locks = { one, two }

/* ---- drums ---- */

static const DemoDetail loose_kick[] = { { .at = 11, .chance = 50 }, { .at = 14, .micro = 10 }, { 0 } };

static const DemoDetail dusty_snare[] = {
  { .at = 4, LOCKS_2 (LOCK (DRIVE, 250), LOCK (REVERB_SEND, -1600)) },
  { .at = 7, .chance = 40, .micro = 12 },
  { .at = 15, .every_n = 2, .every_of = 2 },
  { 0 }
};
static const DemoDetail wide_snare[] = {
  { .at = 4, LOCKS_1 (LOCK (REVERB_SEND, -1100)) },
  { .at = 12, LOCKS_1 (LOCK (REVERB_SEND, -900)) },
  { .at = 14, .ratchet = 2, .fade = 1 },
  { 0 }
};
static const DemoDetail rolls_snare[] = {
  { .at = 14, .ratchet = 2 },
  { .at = 26, .ratchet = 2 },
  { .at = 28, .ratchet = 3, LOCKS_1 (LOCK (CUTOFF, 760)) },
  { .at = 29, .ratchet = 3, LOCKS_1 (LOCK (CUTOFF, 820)) },
  { .at = 30, .ratchet = 4, LOCKS_1 (LOCK (CUTOFF, 900)) },
  { .at = 31, .ratchet = 4, LOCKS_2 (LOCK (CUTOFF, 960), LOCK (REVERB_SEND, -1200)) },
  { 0 }
};
static const DemoDetail fills_snare[] = {
  { .at = 7, .chance = 60 },
  { .at = 10, .chance = 50, .micro = 14 },
  { .at = 13, .chance = 60 },
  { .at = 15, .every_n = 4, .every_of = 4, .ratchet = 3, .fade = 1 },
  { 0 }
};

static const DemoDetail paper_hats[] = {
  { .at = 2, .micro = 6 },
  { .at = 6, .ratchet = 3, .fade = 1 },
  { .at = 10, .micro = 6 },
  { .at = 14, .ratchet = 2, LOCKS_2 (LOCK (DECAY, 60), LOCK (SUSTAIN, 0)) },
  { 0 }
};
static const DemoDetail sixteens_hats[] = {
  { .at = 7, .chance = 70 },
  { .at = 9, LOCKS_1 (LOCK (TUNE, 200)) },
  { .at = 15, .ratchet = 2 },
  { 0 }
};
static const DemoDetail swing_hats[] = { { .at = 5, .chance = 60 }, { .at = 13, .chance = 80, .ratchet = 2 }, { 0 } };

static const DemoDetail ghost_claps[] = { { .at = 4, .micro = 14 }, { .at = 11, .chance = 50 }, { .at = 12, .micro = 14 }, { 0 } };
static const DemoDetail big_claps[] = { { .at = 4, .micro = 10 }, { .at = 12, .micro = 10 }, { .at = 15, .chance = 60 }, { 0 } };

/* Twelve steps against sixteen: the row comes round every three bars. */
static const DemoDetail twelve_rim[] = { { .at = 9, .micro = -8 }, { .at = 10, .chance = 85 }, { 0 } };
static const DemoDetail odd_rim[] = { { .at = 4, LOCKS_1 (LOCK (PAN, 300)) }, { .at = 9, .ratchet = 2 }, { 0 } };

/* ---- bass ---- */

static const DemoNote root_bass[] = {
  { 0, 0, 12, 96 }, { 14, 0, 2, 74 }, { 16, -4, 12, 96 }, { 30, -4, 2, 74 },
  { 32, -7, 12, 98 }, { 46, -7, 2, 76 }, { 48, -5, 10, 98 }, { 60, -2, 4, 84 }, { 0 }
};
static const DemoNote rubber_bass[] = {
  { 0, 0, 2, 108 }, { 3, 0, 1, 84 }, { 6, 3, 2, 94 }, { 9, -5, 1, 82 }, { 11, -2, 1, 88 }, { 14, 0, 2, 98 },
  { 16, -4, 2, 106 }, { 19, -4, 1, 84 }, { 22, 0, 2, 94 }, { 25, -9, 1, 82 }, { 27, -5, 1, 88 }, { 30, -4, 2, 98 },
  { 32, -7, 2, 108 }, { 35, -7, 1, 84 }, { 38, -4, 2, 94 }, { 41, 0, 1, 84 }, { 43, -4, 1, 86 }, { 46, -7, 2, 96 },
  { 48, -5, 2, 106 }, { 51, -5, 1, 84 }, { 54, -2, 2, 94 }, { 57, 2, 1, 88 }, { 59, -2, 1, 86 }, { 62, -1, 2, 100, 1 }, { 0 }
};
static const DemoDetail rubber_bass_details[] = {
  { .at = 11, LOCKS_1 (LOCK (CUTOFF, 720)) },
  { .at = 27, LOCKS_1 (LOCK (CUTOFF, 720)) },
  { .at = 59, LOCKS_1 (LOCK (CUTOFF, 760)) },
  { .at = 62, LOCKS_1 (LOCK (CUTOFF, 820)) },
  { 0 }
};
static const DemoNote climb_bass[] = {
  { 0, -7, 2, 104 }, { 2, -7, 1, 72 }, { 4, 5, 1, 90 }, { 6, -7, 2, 92 }, { 10, -7, 1, 84 }, { 12, 5, 2, 96 },
  { 16, -5, 2, 104 }, { 18, -5, 1, 72 }, { 20, 7, 1, 90 }, { 22, -5, 2, 92 }, { 26, -5, 1, 84 }, { 28, 7, 2, 96 },
  { 32, -4, 2, 106 }, { 34, -4, 1, 74 }, { 36, 8, 1, 92 }, { 38, -4, 2, 94 }, { 42, -4, 1, 86 }, { 44, 8, 2, 98 },
  { 48, -2, 2, 108 }, { 50, -2, 1, 76 }, { 52, 10, 1, 94 }, { 54, -2, 2, 96 }, { 56, -2, 1, 86 }, { 58, 10, 1, 94 },
  { 60, -2, 1, 98 }, { 62, 10, 2, 104, 1 }, { 0 }
};
static const DemoNote hook_bass[] = {
  { 0, -4, 3, 108 }, { 4, 8, 1, 92 }, { 6, -4, 2, 96 }, { 10, 8, 2, 94 }, { 13, 3, 2, 90 },
  { 16, -2, 3, 108 }, { 20, 10, 1, 92 }, { 22, -2, 2, 96 }, { 26, 10, 2, 94 }, { 29, 5, 2, 90 },
  { 32, 0, 3, 110 }, { 36, 12, 1, 94 }, { 38, 0, 2, 98 }, { 42, 12, 2, 96 }, { 45, 7, 2, 92 },
  { 48, 0, 3, 108 }, { 52, 12, 1, 94 }, { 54, 10, 2, 94, 1 }, { 58, 7, 2, 94 }, { 60, 3, 2, 92 }, { 62, -2, 2, 96, 1 }, { 0 }
};
static const DemoNote acid_bass[] = {
  { 0, 0, 1, 110 }, { 2, 0, 1, 80 }, { 3, 12, 2, 98, 1 }, { 6, 0, 1, 86 }, { 7, 3, 1, 92, 1 }, { 9, 0, 1, 80 },
  { 10, -2, 1, 90 }, { 11, 0, 2, 96, 1 }, { 14, 7, 1, 94 }, { 15, 5, 1, 90, 1 }, { 0 }
};
static const DemoDetail acid_bass_details[] = {
  { .at = 3, LOCKS_2 (LOCK (CUTOFF, 880), LOCK (RESONANCE, 600)) },
  { .at = 7, LOCKS_1 (LOCK (CUTOFF, 700)) },
  { .at = 10, .chance = 75 },
  { .at = 14, LOCKS_2 (LOCK (CUTOFF, 840), LOCK (RESONANCE, 500)) },
  { .at = 15, .every_n = 2, .every_of = 2 },
  { 0 }
};

/* ---- keys ---- */

static const DemoNote pad_keys[] = {
  { 0, 7, 14, 74 }, { 16, 7, 14, 70 }, { 32, 8, 14, 74 }, { 48, 10, 10, 72 }, { 60, 8, 4, 62 }, { 0 }
};
static const DemoNote felt_keys[] = {
  { 0, 3, 6, 92 }, { 7, 7, 3, 78 }, { 10, 10, 4, 86 }, { 14, 7, 2, 70 },
  { 16, 12, 6, 92 }, { 23, 7, 3, 78 }, { 26, 3, 4, 84 }, { 30, 7, 2, 70 },
  { 32, 8, 6, 92 }, { 39, 12, 3, 80 }, { 42, 15, 4, 88 }, { 46, 12, 2, 72 },
  { 48, 10, 6, 92 }, { 55, 14, 3, 80 }, { 58, 5, 4, 84 }, { 62, 2, 2, 74 }, { 0 }
};
static const DemoDetail felt_keys_details[] = {
  { .at = 7, .micro = 10 }, { .at = 23, .micro = 10 }, { .at = 39, .micro = 10 }, { .at = 55, .micro = 10 },
  { .at = 46, .chance = 80 }, { 0 }
};
static const DemoNote open_keys[] = {
  { 0, 8, 2, 96 }, { 3, 12, 2, 80 }, { 6, 15, 2, 86 }, { 8, 19, 3, 92 }, { 12, 15, 2, 82 }, { 14, 12, 2, 76 },
  { 16, 10, 2, 96 }, { 19, 14, 2, 80 }, { 22, 17, 2, 86 }, { 24, 22, 3, 92 }, { 28, 17, 2, 82 }, { 30, 14, 2, 76 },
  { 32, 7, 2, 98 }, { 35, 12, 2, 82 }, { 38, 15, 2, 88 }, { 40, 19, 3, 94 }, { 44, 15, 2, 84 }, { 46, 12, 2, 78 },
  { 48, 10, 2, 96 }, { 51, 12, 2, 82 }, { 54, 15, 2, 88 }, { 56, 24, 4, 96 }, { 60, 22, 2, 86 }, { 62, 19, 2, 80 }, { 0 }
};
static const DemoNote answer_keys[] = {
  { 2, 15, 1, 84 }, { 3, 12, 2, 78 }, { 8, 10, 1, 86 }, { 10, 12, 3, 92 }, { 15, 7, 1, 70 },
  { 18, 15, 1, 86 }, { 19, 17, 2, 82 }, { 24, 15, 1, 84 }, { 26, 12, 2, 86 }, { 29, 10, 3, 78 }, { 0 }
};
static const DemoDetail answer_keys_details[] = {
  { .at = 8, .chance = 70 }, { .at = 15, .chance = 50 }, { .at = 24, .chance = 70 }, { 0 }
};

/* ---- bells, in eighth triplets: twelve a bar ---- */

static const DemoNote drops_bells[] = {
  { 0, 7, 1, 78 }, { 5, 3, 1, 62 }, { 12, 12, 1, 74 }, { 17, 7, 1, 60 }, { 24, 8, 1, 78 }, { 31, 3, 1, 62 }, { 36, 10, 1, 76 },
  { 43, 2, 1, 60 }, { 0 }
};
static const DemoNote bells[] = {
  { 0, 7, 1, 94 }, { 2, 0, 1, 70 }, { 3, 3, 1, 82 }, { 5, 2, 1, 74 }, { 7, -2, 1, 78 }, { 8, 0, 1, 68 }, { 10, -5, 1, 80 }, { 0 }
};
static const DemoDetail bells_details[] = { { .at = 5, .chance = 80 }, { .at = 8, .chance = 60 }, { 0 } };
static const DemoNote rain_bells[] = {
  { 0, 12, 1, 84 }, { 1, 7, 1, 56 }, { 2, 10, 1, 66 }, { 4, 3, 1, 72 }, { 5, 7, 1, 56 }, { 6, 12, 1, 80 }, { 8, 15, 1, 74 },
  { 9, 10, 1, 60 }, { 11, 7, 1, 62 }, { 0 }
};
static const DemoDetail rain_bells_details[] = {
  { .at = 1, .chance = 40 }, { .at = 2, .chance = 60 }, { .at = 4, .chance = 70 }, { .at = 5, .chance = 40 },
  { .at = 8, .chance = 70 }, { .at = 9, .chance = 50 }, { .at = 11, .chance = 60 }, { 0 }
};

const DemoClip demo_clips[] = {
  { DEMO_KICK, DEMO_INTRO | DEMO_LIFT, "Four", 16, SIXTEENTH, "X...x...x...x...", NULL, NULL },
  { DEMO_KICK, DEMO_VERSE | DEMO_VERSE_2, "Walk", 16, SIXTEENTH, "X...x..ox...x.o.", NULL, NULL },
  { DEMO_KICK, DEMO_CHORUS, "Big Four", 16, SIXTEENTH, "X...X...X...X..o", NULL, NULL },
  { DEMO_KICK, DEMO_OUTRO, "Thin", 16, SIXTEENTH, "x.......o.......", NULL, NULL },
  { DEMO_KICK, DEMO_JAM, "Loose", 16, SIXTEENTH, "X..o..x....ox.o.", NULL, loose_kick },

  { DEMO_SNARE, DEMO_VERSE | DEMO_LIFT | DEMO_VERSE_2, "Dusty", 16, SIXTEENTH, "....X..g....X..o", NULL, dusty_snare },
  { DEMO_SNARE, DEMO_CHORUS, "Wide", 16, SIXTEENTH, "....X.......X.o.", NULL, wide_snare },
  { DEMO_SNARE, DEMO_BREAK, "Rolls", 32, SIXTEENTH, "....o.......o.g.....o...o.g.oxxX", NULL, rolls_snare },
  { DEMO_SNARE, DEMO_JAM, "Fills", 16, SIXTEENTH, "....X..g..g.Xg.o", NULL, fills_snare },

  { DEMO_HATS, DEMO_INTRO | DEMO_VERSE | DEMO_VERSE_2 | DEMO_OUTRO, "Paper", 16, SIXTEENTH, "xoxoxox.xoxoxox.", NULL,
    paper_hats },
  { DEMO_HATS, DEMO_LIFT | DEMO_CHORUS, "Sixteens", 16, SIXTEENTH, "ogXgogXgogXgogXo", NULL, sixteens_hats },
  { DEMO_HATS, DEMO_JAM, "Swing", 16, SIXTEENTH, "x..ox.go.xo.xo.o", NULL, swing_hats },

  { DEMO_CLAP, DEMO_VERSE, "Ghosts", 16, SIXTEENTH, "....o......go...", NULL, ghost_claps },
  { DEMO_CLAP, DEMO_LIFT | DEMO_CHORUS | DEMO_VERSE_2, "Claps", 16, SIXTEENTH, "....x.......x..g", NULL, big_claps },

  { DEMO_RIM, DEMO_VERSE | DEMO_LIFT | DEMO_BREAK | DEMO_VERSE_2, "Twelve", 12, SIXTEENTH, "x..o..x..oo.", NULL, twelve_rim },
  { DEMO_RIM, DEMO_JAM, "Odd", 14, SIXTEENTH, "x...o.x..o..o.", NULL, odd_rim },

  { DEMO_BASS, DEMO_INTRO, "Root", 64, SIXTEENTH, NULL, root_bass, NULL },
  { DEMO_BASS, DEMO_VERSE | DEMO_VERSE_2, "Rubber", 64, SIXTEENTH, NULL, rubber_bass, rubber_bass_details },
  { DEMO_BASS, DEMO_LIFT, "Climb", 64, SIXTEENTH, NULL, climb_bass, NULL },
  { DEMO_BASS, DEMO_CHORUS, "Hook", 64, SIXTEENTH, NULL, hook_bass, NULL },
  { DEMO_BASS, DEMO_JAM, "Acid", 16, SIXTEENTH, NULL, acid_bass, acid_bass_details },

  { DEMO_KEYS, DEMO_INTRO | DEMO_BREAK | DEMO_OUTRO, "Pad", 64, SIXTEENTH, NULL, pad_keys, NULL },
  { DEMO_KEYS, DEMO_VERSE | DEMO_VERSE_2, "Felt", 64, SIXTEENTH, NULL, felt_keys, felt_keys_details },
  { DEMO_KEYS, DEMO_LIFT | DEMO_JAM, "Answer", 32, SIXTEENTH, NULL, answer_keys, answer_keys_details },
  { DEMO_KEYS, DEMO_CHORUS, "Open", 64, SIXTEENTH, NULL, open_keys, NULL },

  { DEMO_BELLS, DEMO_INTRO | DEMO_OUTRO, "Drops", 48, TRIPLET_EIGHTH, NULL, drops_bells, NULL },
  { DEMO_BELLS, DEMO_VERSE | DEMO_LIFT | DEMO_CHORUS | DEMO_BREAK, "Bells", 12, TRIPLET_EIGHTH, NULL, bells, bells_details },
  { DEMO_BELLS, DEMO_JAM, "Rain", 12, TRIPLET_EIGHTH, NULL, rain_bells, rain_bells_details },
};

const guint demo_n_clips = G_N_ELEMENTS (demo_clips);
