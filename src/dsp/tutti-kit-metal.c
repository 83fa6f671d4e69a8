/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-tone.h"

/* Hats and cymbals: a cluster of square waves whose pitches have no common measure, heard through high-pass filters, with
 * noise for air. */

#define N_PLATES 6

typedef struct
{
  double scale;                 /* of the plates' pitches */
  double high_hz, band_hz;
  double metal, air;
  double attack, attack_s;      /* a short burst above the rest */
  double fall_s;
  double dark_hz;               /* the treble sinks towards this while it rings */
} Metal;

static double
plates (TonePhase *phase)
{
  double sum = 0.0;

  for (int p = 0; p < N_PLATES; p++)
    sum += tone_phase_next (&phase[p]) < 0.5 ? 1.0 : -1.0;
  return sum / N_PLATES;
}

static void
add_metal (TuttiTone *tone, unsigned channel, const Metal *metal, uint64_t seed)
{
  static const double hz[N_PLATES] = { 317.3, 465.9, 569.1, 811.7, 845.3, 1236.1 };
  TonePhase phase[N_PLATES];
  ToneNoise noise = tone_noise (seed);
  ToneFilter high = tone_filter (metal->high_hz, 0.8), again = tone_filter (metal->high_hz, 0.7);
  ToneFilter band = tone_filter (metal->band_hz, 1.1), dark = tone_filter (18000.0, 0.6);
  double level = 1.0, attack = metal->attack, fall = tone_fall (metal->fall_s), attack_fall = tone_fall (metal->attack_s);

  for (int p = 0; p < N_PLATES; p++)
    phase[p] = (TonePhase) { 0.5 + 0.5 * tone_noise_next (&noise), hz[p] * metal->scale * (1.0 + 0.003 * channel) / TUTTI_RATE };
  for (uint32_t i = 0; i < tone->n_frames; i++)
    {
      double x = metal->metal * plates (phase) + metal->air * tone_noise_next (&noise);

      if (i % 32 == 0)
        tone_filter_set (&dark, metal->dark_hz + (18000.0 - metal->dark_hz) * (level + attack) / (1.0 + metal->attack), 0.6);
      x = tone_high (&again, tone_high (&high, x));
      x += 0.7 * tone_band (&band, x);
      tone->side[channel][i] += tone_low (&dark, x) * (level + attack) * tone_rise (i, 10);
      level *= fall;
      attack *= attack_fall;
    }
}

void
tone_paper_hats (TuttiTone *tone)
{
  add_metal (tone, 0, &(Metal) { 1.37, 6900.0, 9800.0, 0.55, 0.75, 0.6, 0.014, 0.17, 9000.0 }, 41);
}

void
tone_open_hats (TuttiTone *tone)
{
  add_metal (tone, 0, &(Metal) { 1.37, 6300.0, 9400.0, 0.75, 0.5, 0.6, 0.03, 0.85, 7000.0 }, 42);
}

void
tone_wide_crash (TuttiTone *tone)
{
  for (unsigned c = 0; c < 2; c++)
    add_metal (tone, c, &(Metal) { 1.13, 2100.0, 5200.0, 0.45, 0.9, 0.8, 0.35, 3.4, 4200.0 }, 43 + c);
}

void
tone_dark_ride (TuttiTone *tone)
{
  ToneMode bell[4] = { tone_mode (2093.0, 1.6, 0.10, 0.0), tone_mode (3127.0, 1.3, 0.09, 0.3),
                       tone_mode (4411.0, 0.9, 0.07, 0.6), tone_mode (6203.0, 0.5, 0.05, 0.1) };

  add_metal (tone, 0, &(Metal) { 1.61, 4300.0, 6100.0, 0.6, 0.28, 1.4, 0.06, 2.4, 3800.0 }, 47);
  for (uint32_t i = 0; i < tone->n_frames; i++)
    for (int m = 0; m < 4; m++)
      tone->side[0][i] += tone_mode_next (&bell[m]) * tone_rise (i, 12);
}
