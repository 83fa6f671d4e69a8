/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-math.h"
#include <stdbool.h>

/* What the built-in sounds are made of: small sources, filters and envelopes in double, used while a sound is computed and
 * never while it plays. All times are in seconds, all frequencies in Hz. */

/* A sound in the making. */
typedef struct
{
  double  *side[2];             /* n_frames each; side[1] is side[0] when mono */
  unsigned n_channels;
  uint32_t n_frames;
} TuttiTone;

/* Frames of a time. */
static inline uint32_t
tone_frames (double seconds)
{
  return (uint32_t) (seconds * TUTTI_RATE + 0.5);
}

/* The factor a frame of a decay that loses 60 dB in that time. */
static inline double
tone_fall (double seconds)
{
  return tutti_exp2 (-9.965784284662087 / (seconds * TUTTI_RATE));
}

static inline double
tone_hz (double midi_note)
{
  return 440.0 * tutti_exp2 ((midi_note - 69.0) / 12.0);
}

/* White noise, -1 … 1, from a seed of its own: a 64-bit congruential generator (Knuth's constants), upper bits only. */
typedef struct
{
  uint64_t state;
} ToneNoise;

static inline ToneNoise
tone_noise (uint64_t seed)
{
  return (ToneNoise) { seed * 0x9e3779b97f4a7c15ULL + 1 };
}

static inline double
tone_noise_next (ToneNoise *noise)
{
  noise->state = noise->state * 6364136223846793005ULL + 1442695040888963407ULL;
  return (double) (int32_t) (noise->state >> 32) * (1.0 / 2147483648.0);
}

/* A damped sine, turned on by one complex multiplication a frame. */
typedef struct
{
  double x, y, a, b;
} ToneMode;

static inline ToneMode
tone_mode (double hz, double fall_seconds, double level, double phase_turns)
{
  double r = tone_fall (fall_seconds), w = hz / TUTTI_RATE;

  return (ToneMode) { level * tutti_cos_turns (phase_turns), level * tutti_sin_turns (phase_turns),
                      r * tutti_cos_turns (w), r * tutti_sin_turns (w) };
}

static inline double
tone_mode_next (ToneMode *mode)
{
  double out = mode->y, x = mode->a * mode->x - mode->b * mode->y;

  mode->y = mode->b * mode->x + mode->a * mode->y;
  mode->x = x;
  return out;
}

/* Trapezoidal state-variable filter; low, band and high at once. */
typedef struct
{
  double g, k, s1, s2;
  double low, band, high;
} ToneFilter;

static inline void
tone_filter_set (ToneFilter *filter, double hz, double q)
{
  double x = hz / TUTTI_RATE;

  filter->g = tutti_tan_pi (x < 0.45 ? x : 0.45);
  filter->k = 1.0 / q;
}

static inline ToneFilter
tone_filter (double hz, double q)
{
  ToneFilter filter = { 0 };

  tone_filter_set (&filter, hz, q);
  return filter;
}

static inline void
tone_filter_run (ToneFilter *filter, double in)
{
  double g = filter->g, k = filter->k;
  double high = (in - (g + k) * filter->s1 - filter->s2) / (1.0 + g * (g + k));
  double band = g * high + filter->s1;
  double low = g * band + filter->s2;

  filter->s1 = g * high + band;
  filter->s2 = g * band + low;
  filter->high = high;
  filter->band = band * k;      /* unity at the middle */
  filter->low = low;
}

static inline double
tone_low (ToneFilter *filter, double in)
{
  tone_filter_run (filter, in);
  return filter->low;
}

static inline double
tone_band (ToneFilter *filter, double in)
{
  tone_filter_run (filter, in);
  return filter->band;
}

static inline double
tone_high (ToneFilter *filter, double in)
{
  tone_filter_run (filter, in);
  return filter->high;
}

/* tanh-like, in double. */
static inline double
tone_soft (double x)
{
  x = x < 3.0 ? x : 3.0;
  x = x > -3.0 ? x : -3.0;
  return x * (27.0 + x * x) / (27.0 + 9.0 * x * x);
}

/* 0 to 1 over that many frames, bent like half a cosine; 1 afterwards. */
static inline double
tone_rise (uint32_t i, uint32_t frames)
{
  return i >= frames ? 1.0 : 0.5 - 0.5 * tutti_cos_turns (0.5 * (double) i / (double) frames);
}

/* One period of a wave with only the harmonics that stay below 20 kHz at the pitch it is made for. */
#define TONE_WAVE 4096
typedef struct
{
  double value[TONE_WAVE + 3];  /* one before, two after: the reading takes four */
} ToneWave;

typedef enum
{
  TONE_SAW,
  TONE_SQUARE,
  TONE_TRIANGLE
} ToneShape;

/* Takes 32 KiB of stack, as much as a wave itself. */
void   tone_wave_fill (ToneWave *wave, ToneShape shape, double hz);
/* Cubic reading at a phase of 0 <= turns < 1. */
double tone_wave_read (const ToneWave *wave, double turns);

/* A running phase. */
typedef struct
{
  double turns, step;
} TonePhase;

static inline double
tone_phase_next (TonePhase *phase)
{
  double now = phase->turns;

  phase->turns += phase->step;
  phase->turns -= phase->turns >= 1.0 ? 1.0 : 0.0;
  return now;
}

/* Takes offsets out, sets the peak to -3 dBFS, cuts the silent end and rounds both ends off. Returns the frames left. */
uint32_t tone_finish (TuttiTone *tone);

/* The families: each fills the frames of its sound (zeroed before). */
typedef void (*ToneMake) (TuttiTone *tone);

void tone_tight_kick (TuttiTone *tone);
void tone_deep_kick (TuttiTone *tone);
void tone_tape_kick (TuttiTone *tone);
void tone_dusty_snare (TuttiTone *tone);
void tone_crisp_snare (TuttiTone *tone);
void tone_brush_snare (TuttiTone *tone);
void tone_room_clap (TuttiTone *tone);
void tone_wood_rim (TuttiTone *tone);
void tone_low_tom (TuttiTone *tone);
void tone_mid_tom (TuttiTone *tone);
void tone_high_tom (TuttiTone *tone);

void tone_paper_hats (TuttiTone *tone);
void tone_open_hats (TuttiTone *tone);
void tone_wide_crash (TuttiTone *tone);
void tone_dark_ride (TuttiTone *tone);

void tone_hand_conga (TuttiTone *tone);
void tone_iron_cowbell (TuttiTone *tone);
void tone_seed_shaker (TuttiTone *tone);
void tone_dry_clave (TuttiTone *tone);
void tone_tin_tambourine (TuttiTone *tone);
void tone_low_block (TuttiTone *tone);

void tone_rubber_bass (TuttiTone *tone);
void tone_deep_sub (TuttiTone *tone);
void tone_grit_bass (TuttiTone *tone);

void tone_nylon_pluck (TuttiTone *tone);
void tone_neon_lead (TuttiTone *tone);
void tone_warm_pad (TuttiTone *tone);
void tone_haze_strings (TuttiTone *tone);

void tone_felt_keys (TuttiTone *tone);
void tone_glass_bells (TuttiTone *tone);
void tone_tine_keys (TuttiTone *tone);
void tone_pipe_organ (TuttiTone *tone);
void tone_soft_mallet (TuttiTone *tone);
