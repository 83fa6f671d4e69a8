/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-soundfont.h"

G_BEGIN_DECLS

/* SoundFont Technical Specification 2.04: generators, by their numbers. Times are timecents (1200 · log2 of seconds), levels cB. */
typedef enum
{
  TUTTI_SF_START = 0,
  TUTTI_SF_END = 1,
  TUTTI_SF_LOOP_START = 2,
  TUTTI_SF_LOOP_END = 3,
  TUTTI_SF_START_COARSE = 4,           /* 32768 frames */
  TUTTI_SF_VIBRATO_PITCH = 6,          /* cents */
  TUTTI_SF_CUTOFF = 8,                 /* cents above 8.176 Hz */
  TUTTI_SF_Q = 9,                      /* cB */
  TUTTI_SF_MOD_CUTOFF = 11,            /* cents that the second envelope adds */
  TUTTI_SF_END_COARSE = 12,
  TUTTI_SF_PAN = 17,                   /* 1/1000, -500 … 500 */
  TUTTI_SF_VIBRATO_DELAY = 23,
  TUTTI_SF_VIBRATO_RATE = 24,          /* cents above 8.176 Hz */
  TUTTI_SF_MOD_ATTACK = 26,
  TUTTI_SF_MOD_HOLD = 27,
  TUTTI_SF_MOD_DECAY = 28,
  TUTTI_SF_MOD_SUSTAIN = 29,           /* 1/1000 that are taken away */
  TUTTI_SF_MOD_RELEASE = 30,
  TUTTI_SF_ATTACK = 34,
  TUTTI_SF_HOLD = 35,
  TUTTI_SF_DECAY = 36,
  TUTTI_SF_SUSTAIN = 37,               /* cB that are taken away */
  TUTTI_SF_RELEASE = 38,
  TUTTI_SF_INSTRUMENT = 41,
  TUTTI_SF_KEYS = 43,
  TUTTI_SF_VELOCITIES = 44,
  TUTTI_SF_LOOP_START_COARSE = 45,
  TUTTI_SF_ATTENUATION = 48,           /* cB */
  TUTTI_SF_LOOP_END_COARSE = 50,
  TUTTI_SF_COARSE_TUNE = 51,           /* semitones */
  TUTTI_SF_FINE_TUNE = 52,             /* cents */
  TUTTI_SF_SAMPLE = 53,
  TUTTI_SF_LOOPS = 54,
  TUTTI_SF_SCALE = 56,                 /* cents a key */
  TUTTI_SF_ROOT = 58,
  TUTTI_SF_N
} TuttiSfGenerator;

/* One sound on a range of keys and velocities, as the preset and its instrument say together. Frames are those of the sound in the
 * file: what lies in it lies in the file. */
typedef struct
{
  guint8   key_low, key_high;          /* 0 … 127, both within */
  guint8   velocity_low, velocity_high;
  guint    rate;                       /* frames a second */
  guint    root;                       /* MIDI key, 0 … 127 */
  int      tune;                       /* cents */
  gboolean is_vorbis;                  /* @start and @end are bytes, loop places frames of what is decoded */
  guint64  start, end;                 /* in the data of sounds; start < end */
  guint64  n_frames;                   /* of Ogg: as the file says */
  guint64  loop_start, loop_end;       /* from @start; only with @loops */
  gboolean loops;
  int      values[TUTTI_SF_N];         /* of the generators, within their ranges */
} TuttiSoundFontRegion;

/* The regions of a preset, at most TUTTI_SOUNDFONT_REGIONS_MAX. (transfer full) (element-type TuttiSoundFontRegion) */
GArray *tutti_soundfont_get_regions (TuttiSoundFont *self, guint preset);

/* All sounds of the file, one behind the other: 16 bit, or Ogg streams. (transfer none) */
const guint8 *tutti_soundfont_get_data (TuttiSoundFont *self, gsize *n_bytes);

G_END_DECLS
