/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-tone.h"

/* Struck and blown keys, by sums of partials. */

static double
root (double x)
{
  return tutti_exp2 (0.5 * tutti_log2 (x));
}

/* Two strings a note, a hair apart; a stiff string's partials lie sharp (Fletcher 1964), measured from the first; felt
 * takes the high ones away. */
void
tone_felt_keys (TuttiTone *tone)
{
  const double stiff = 0.00035, hz = tone_hz (60.0) / root (1.0 + stiff);
  ToneNoise noise = tone_noise (71);
  ToneFilter wood = tone_filter (190.0, 1.2), felt = tone_filter (2900.0, 0.55);
  double thud = 0.5, thud_fall = tone_fall (0.09);

  for (int n = 1; n <= 20; n++)
    for (int string = -1; string <= 1; string += 2)
      {
        double partial = hz * n * root (1.0 + stiff * n * n) * (1.0 + 0.00035 * string);
        double level = tutti_exp2 (-0.42 * (n - 1)) * (n % 8 == 0 ? 0.3 : 1.0);
        ToneMode slow = tone_mode (partial, 5.0 / (1.0 + 0.3 * n), 0.45 * level, 0.03 * n * string);
        ToneMode fast = tone_mode (partial, 1.1 / (1.0 + 0.12 * n), 0.55 * level, 0.03 * n * string);

        for (uint32_t i = 0; i < tone->n_frames; i++)
          tone->side[0][i] += tone_mode_next (&slow) + tone_mode_next (&fast);
      }
  for (uint32_t i = 0; i < tone->n_frames; i++, thud *= thud_fall)
    tone->side[0][i] = tone_low (&felt, tone->side[0][i] * tone_rise (i, tone_frames (0.003))
                                 + thud * tone_band (&wood, tone_noise_next (&noise)));
}

void
tone_glass_bells (TuttiTone *tone)
{
  static const double ratio[7] = { 1.0, 2.004, 3.011, 4.166, 5.433, 6.796, 8.215 };
  static const double level[7] = { 1.0, 0.42, 0.34, 0.26, 0.2, 0.13, 0.09 };
  static const double fall_s[7] = { 2.8, 1.9, 1.5, 1.1, 0.8, 0.5, 0.35 };
  double hz = tone_hz (72.0);

  for (unsigned c = 0; c < 2; c++)
    for (int p = 0; p < 7; p++)
      for (int pair = -1; pair <= 1; pair += 2)
        {
          /* The sides beat at different speeds, which makes it glitter. */
          double apart = 1.0 + pair * (0.00045 + 0.0002 * p + 0.0003 * c);
          ToneMode mode = tone_mode (hz * ratio[p] * apart, fall_s[p], level[p] * (pair > 0 ? 0.6 : 0.4), 0.11 * p * c);

          for (uint32_t i = 0; i < tone->n_frames; i++)
            tone->side[c][i] += tone_mode_next (&mode) * tone_rise (i, 60);
        }
}

/* A tine and its tone bar: one sine turning the other's phase (Chowning 1973), hard at first, and a short high ping. */
void
tone_tine_keys (TuttiTone *tone)
{
  TonePhase bar = { 0.0, tone_hz (60.0) / TUTTI_RATE };
  double index = 0.28, index_fall = tone_fall (1.4), ping = 0.10, ping_fall = tone_fall (0.16);
  double level = 1.0, fall = tone_fall (3.2);

  for (uint32_t i = 0; i < tone->n_frames; i++)
    {
      double turns = tone_phase_next (&bar);
      double turned = turns + index * tutti_sin_turns (turns) + ping * tutti_sin_turns (14.0 * turns);

      tone->side[0][i] = tone_soft (1.2 * tutti_sin_turns (turned)) * level * tone_rise (i, 50);
      index *= index_fall;
      ping *= ping_fall;
      level *= fall;
    }
}

void
tone_pipe_organ (TuttiTone *tone)
{
  static const double ratio[7] = { 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0 };
  static const double level[7] = { 0.5, 0.9, 0.3, 0.5, 0.22, 0.2, 0.08 };
  double hz = tone_hz (60.0);

  for (int p = 0; p < 7; p++)
    {
      TonePhase pipe = { 0.13 * p, hz * ratio[p] / TUTTI_RATE };
      uint32_t speak = tone_frames (0.004 + 0.012 / (1.0 + p));

      for (uint32_t i = 0; i < tone->n_frames; i++)
        tone->side[0][i] += level[p] * tutti_sin_turns (tone_phase_next (&pipe)) * tone_rise (i, speak)
                            * tone_rise (tone->n_frames - 1 - i, tone_frames (0.15));
    }
}

void
tone_soft_mallet (TuttiTone *tone)
{
  ToneMode mode[3] = { tone_mode (tone_hz (60.0), 1.3, 1.0, 0.0), tone_mode (tone_hz (60.0) * 3.93, 0.35, 0.32, 0.1),
                       tone_mode (tone_hz (60.0) * 9.24, 0.12, 0.12, 0.2) };
  ToneNoise noise = tone_noise (72);
  ToneFilter wool = tone_filter (700.0, 0.8);
  double knock = 0.4, fall = tone_fall (0.03);

  for (uint32_t i = 0; i < tone->n_frames; i++, knock *= fall)
    {
      double x = knock * tone_band (&wool, tone_noise_next (&noise));

      for (int m = 0; m < 3; m++)
        x += tone_mode_next (&mode[m]);
      tone->side[0][i] = x * tone_rise (i, 40);
    }
}
