/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-tone.h"

/* Basses, leads and pads: a few slightly detuned band-limited waves through a filter that moves. Detuning is symmetric, so
 * the sound as a whole stays in tune. */

#define MAX_VOICES 7

typedef struct
{
  ToneShape shape;
  double    note;               /* MIDI */
  unsigned  n_voices;           /* odd: the middle one is exactly in tune */
  double    spread_cents;       /* from the middle to the outermost */
  double    sub;                /* a sine an octave below */
  double    attack_s, fall_s, release_s;        /* release: the last part of the sound, where it fades */
  double    low_hz, open_hz, close_s, q;        /* the filter falls from open to low */
  double    drive;
} Patch;

/* voice's phase begins at a place of its own, so that the waves do not add up to one spike. */
static void
tune_voices (const Patch *patch, unsigned channel, TonePhase *phase)
{
  for (unsigned v = 0; v < patch->n_voices; v++)
    {
      double place = patch->n_voices == 1 ? 0.0 : 2.0 * v / (patch->n_voices - 1) - 1.0;
      double start = 0.618033988749895 * (v + 1) * (channel + 1);

      phase[v].turns = patch->n_voices == 1 ? 0.0 : start - (double) (int) start;
      phase[v].step = tone_hz (patch->note + place * patch->spread_cents * 0.01) / TUTTI_RATE;
    }
}

static void
add_patch (TuttiTone *tone, unsigned channel, const Patch *patch)
{
  ToneWave wave;
  TonePhase phase[MAX_VOICES], sub = { 0.0, tone_hz (patch->note - 12.0) / TUTTI_RATE };
  ToneFilter low = tone_filter (patch->open_hz, patch->q), again = tone_filter (patch->open_hz, 0.6);
  double open = 1.0, close = tone_fall (patch->close_s), level = 1.0, fall = tone_fall (patch->fall_s);
  uint32_t attack = tone_frames (patch->attack_s), release = tone_frames (patch->release_s);

  tune_voices (patch, channel, phase);
  tone_wave_fill (&wave, patch->shape, tone_hz (patch->note));
  for (uint32_t i = 0; i < tone->n_frames; i++)
    {
      double x = patch->sub * tutti_sin_turns (tone_phase_next (&sub));

      if (i % 16 == 0)
        {
          double hz = patch->low_hz + (patch->open_hz - patch->low_hz) * open;
          tone_filter_set (&low, hz, patch->q);
          tone_filter_set (&again, hz * 1.6, 0.6);
        }
      for (unsigned v = 0; v < patch->n_voices; v++)
        x += tone_wave_read (&wave, tone_phase_next (&phase[v])) * 0.8;
      x = tone_low (&again, tone_low (&low, x));
      tone->side[channel][i] += tone_soft (x * patch->drive) * level * tone_rise (i, attack)
                                * tone_rise (tone->n_frames - 1 - i, release);
      open *= close;
      level *= fall;
    }
}

void
tone_rubber_bass (TuttiTone *tone)
{
  add_patch (tone, 0, &(Patch) { TONE_SAW, 36.0, 1, 0.0, 0.22, 0.003, 5.0, 0.25, 170.0, 1900.0, 0.42, 2.4, 1.1 });
}

void
tone_deep_sub (TuttiTone *tone)
{
  double hz = tone_hz (36.0), level = 1.0, fall = tone_fall (7.0);
  TonePhase phase = { 0.0, hz / TUTTI_RATE };

  for (uint32_t i = 0; i < tone->n_frames; i++, level *= fall)
    {
      double turns = tone_phase_next (&phase);
      double x = tutti_sin_turns (turns) + 0.18 * tutti_sin_turns (2.0 * turns) + 0.05 * tutti_sin_turns (3.0 * turns);

      tone->side[0][i] = tone_soft (1.5 * x) * level * tone_rise (i, tone_frames (0.006))
                         * tone_rise (tone->n_frames - 1 - i, tone_frames (0.3));
    }
}

void
tone_grit_bass (TuttiTone *tone)
{
  add_patch (tone, 0, &(Patch) { TONE_SAW, 36.0, 3, 9.0, 0.2, 0.004, 8.0, 0.25, 620.0, 3800.0, 0.7, 1.3, 1.7 });
}

/* A string plucked at two sevenths of its length: the partials' levels follow from the shape, the higher die sooner. */
void
tone_nylon_pluck (TuttiTone *tone)
{
  double hz = tone_hz (60.0);
  ToneNoise noise = tone_noise (61);
  ToneFilter nail = tone_filter (2600.0, 0.7);
  double tick = 0.22, tick_fall = tone_fall (0.012);

  for (int n = 1; n <= 28; n++)
    {
      double level = tutti_sin_turns (n / 7.0) / (n * (1.0 + 0.045 * n));
      ToneMode mode = tone_mode (hz * n, 2.3 / (1.0 + 0.22 * n), level, 0.0);
      ToneMode quick = tone_mode (hz * n, 0.35 / (1.0 + 0.1 * n), 0.7 * level, 0.0);

      for (uint32_t i = 0; i < tone->n_frames; i++)
        tone->side[0][i] += tone_mode_next (&mode) + tone_mode_next (&quick);
    }
  for (uint32_t i = 0; i < tone->n_frames; i++, tick *= tick_fall)
    tone->side[0][i] = (tone->side[0][i] + tick * tone_band (&nail, tone_noise_next (&noise))) * tone_rise (i, 20);
}

void
tone_neon_lead (TuttiTone *tone)
{
  add_patch (tone, 0, &(Patch) { TONE_SAW, 60.0, 3, 7.0, 0.15, 0.006, 14.0, 0.3, 3200.0, 8500.0, 0.9, 0.9, 0.6 });
}

void
tone_warm_pad (TuttiTone *tone)
{
  for (unsigned c = 0; c < 2; c++)
    add_patch (tone, c, &(Patch) { TONE_SAW, 60.0, 5, 11.0, 0.25, 0.28, 30.0, 0.9, 950.0, 1900.0, 5.0, 0.6, 0.4 });
}

void
tone_haze_strings (TuttiTone *tone)
{
  for (unsigned c = 0; c < 2; c++)
    {
      ToneFilter body = tone_filter (240.0, 0.7);

      add_patch (tone, c, &(Patch) { TONE_SAW, 60.0, 7, 14.0, 0.0, 0.16, 30.0, 0.9, 4200.0, 5200.0, 4.0, 0.55, 0.3 });
      for (uint32_t i = 0; i < tone->n_frames; i++)
        tone->side[c][i] = tone_high (&body, tone->side[c][i]);
    }
}
