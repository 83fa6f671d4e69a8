/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-tone.h"

/* Hand percussion: struck modes for what is hollow or hard, grains of noise for what rattles. */

static void
add_modes (TuttiTone *tone, ToneMode *mode, unsigned n_modes)
{
  for (uint32_t i = 0; i < tone->n_frames; i++)
    for (unsigned m = 0; m < n_modes; m++)
      tone->side[0][i] += tone_mode_next (&mode[m]);
}

static void
add_tap (TuttiTone *tone, double hz, double q, double level, double fall_s, uint64_t seed)
{
  ToneNoise noise = tone_noise (seed);
  ToneFilter filter = tone_filter (hz, q);
  double fall = tone_fall (fall_s);

  for (uint32_t i = 0; i < tone->n_frames; i++, level *= fall)
    tone->side[0][i] += tone_band (&filter, tone_noise_next (&noise)) * level * tone_rise (i, 6);
}

void
tone_hand_conga (TuttiTone *tone)
{
  double turns = 0.0, bend = 1.0, level = 1.0, fall = tone_fall (0.5), bend_fall = tone_fall (0.05);
  ToneMode ring[3] = { tone_mode (487.0, 0.16, 0.28, 0.0), tone_mode (742.0, 0.1, 0.18, 0.2),
                       tone_mode (1120.0, 0.06, 0.12, 0.4) };

  for (uint32_t i = 0; i < tone->n_frames; i++)
    {
      tone->side[0][i] = tutti_sin_turns (turns) * level * tone_rise (i, 30);
      turns += 218.0 * (1.0 + 0.16 * bend) / TUTTI_RATE;
      bend *= bend_fall;
      level *= fall;
    }
  add_modes (tone, ring, 3);
  add_tap (tone, 1900.0, 0.8, 0.55, 0.025, 51);
}

void
tone_iron_cowbell (TuttiTone *tone)
{
  TonePhase phase[2] = { { 0.0, 562.0 / TUTTI_RATE }, { 0.3, 845.0 / TUTTI_RATE } };
  ToneFilter body = tone_filter (1180.0, 1.6), top = tone_filter (9000.0, 0.7);
  ToneWave wave[2];
  double strike = 0.8, ring = 0.5, strike_fall = tone_fall (0.06), ring_fall = tone_fall (0.75);

  tone_wave_fill (&wave[0], TONE_SQUARE, 562.0);
  tone_wave_fill (&wave[1], TONE_SQUARE, 845.0);
  for (uint32_t i = 0; i < tone->n_frames; i++)
    {
      double x = tone_wave_read (&wave[0], tone_phase_next (&phase[0]))
                 + tone_wave_read (&wave[1], tone_phase_next (&phase[1]));

      x = tone_low (&top, 0.25 * x + tone_band (&body, x));
      tone->side[0][i] = tone_soft (x * (strike + ring)) * tone_rise (i, 12);
      strike *= strike_fall;
      ring *= ring_fall;
    }
}

void
tone_seed_shaker (TuttiTone *tone)
{
  ToneNoise noise = tone_noise (53), pick = tone_noise (54);
  ToneFilter hull = tone_filter (6100.0, 1.4), open = tone_filter (4200.0, 0.7);
  uint32_t rise = tone_frames (0.028);
  double grain = 0.0, grain_fall = tone_fall (0.004), level = 1.0, fall = tone_fall (0.16);

  for (uint32_t i = 0; i < tone->n_frames; i++)
    {
      double throws = tone_rise (i, rise) * level;

      /* Seeds strike at random; how many depends on how fast the hand moves. */
      if (tone_noise_next (&pick) > 1.0 - 0.09 * throws)
        grain += 0.5;
      double x = tone_noise_next (&noise) * (0.35 * throws + grain * throws);
      tone->side[0][i] = tone_high (&open, x) * 0.6 + tone_band (&hull, x);
      grain *= grain_fall;
      level *= i > rise ? fall : 1.0;
    }
}

void
tone_dry_clave (TuttiTone *tone)
{
  ToneMode mode[3] = { tone_mode (2480.0, 0.11, 1.0, 0.0), tone_mode (2533.0, 0.07, 0.25, 0.0),
                       tone_mode (5060.0, 0.03, 0.16, 0.1) };

  add_modes (tone, mode, 3);
  add_tap (tone, 3800.0, 0.8, 0.3, 0.006, 55);
}

void
tone_tin_tambourine (TuttiTone *tone)
{
  static const double jingle_s[4] = { 0.0, 0.014, 0.027, 0.05 };
  static const double jingle_hz[5] = { 5730.0, 7190.0, 8470.0, 9930.0, 11870.0 };

  add_tap (tone, 9300.0, 0.9, 0.55, 0.22, 56);
  for (int j = 0; j < 4; j++)
    for (int m = 0; m < 5; m++)
      {
        ToneMode mode = tone_mode (jingle_hz[m] * (1.0 + 0.013 * j), 0.3 - 0.02 * m, 0.16 / (1.0 + 0.4 * j), 0.17 * m);

        for (uint32_t i = tone_frames (jingle_s[j]); i < tone->n_frames; i++)
          tone->side[0][i] += tone_mode_next (&mode) * tone_rise (i - tone_frames (jingle_s[j]), 10);
      }
  add_tap (tone, 410.0, 1.0, 0.35, 0.06, 57);
}

void
tone_low_block (TuttiTone *tone)
{
  ToneMode mode[3] = { tone_mode (624.0, 0.13, 1.0, 0.0), tone_mode (1496.0, 0.06, 0.35, 0.1),
                       tone_mode (2370.0, 0.03, 0.15, 0.0) };

  add_modes (tone, mode, 3);
  add_tap (tone, 1700.0, 0.8, 0.4, 0.01, 58);
}
