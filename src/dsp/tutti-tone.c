/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-tone.h"

static double
harmonic_level (ToneShape shape, int h)
{
  bool odd = h & 1;

  switch (shape)
    {
    case TONE_SAW: return 2.0 / (TUTTI_PI * h);
    case TONE_SQUARE: return odd ? 4.0 / (TUTTI_PI * h) : 0.0;
    default: return odd ? 8.0 / (TUTTI_PI * TUTTI_PI * h * h) * (h & 2 ? -1.0 : 1.0) : 0.0;
    }
}

/* Sum of the harmonics, each with its sine at a whole step of the table, where the phase is exact. The highest ones fade
 * (Lanczos), so that no edge rings. */
void
tone_wave_fill (ToneWave *wave, ToneShape shape, double hz)
{
  double sine[TONE_WAVE];
  int highest = (int) (20000.0 / hz);

  for (int i = 0; i < TONE_WAVE; i++)
    {
      sine[i] = tutti_sin_turns ((double) i / TONE_WAVE);
      wave->value[i + 1] = 0.0;
    }
  for (int h = 1; h <= highest; h++)
    {
      double fade = tutti_sin_turns (0.5 * h / (highest + 1)) * (highest + 1) / (TUTTI_PI * h);
      double level = harmonic_level (shape, h) * fade;

      for (int i = 0; level != 0.0 && i < TONE_WAVE; i++)
        wave->value[i + 1] += level * sine[(h * i) & (TONE_WAVE - 1)];
    }
  wave->value[0] = wave->value[TONE_WAVE];
  wave->value[TONE_WAVE + 1] = wave->value[1];
  wave->value[TONE_WAVE + 2] = wave->value[2];
}

double
tone_wave_read (const ToneWave *wave, double turns)
{
  double place = turns * TONE_WAVE;
  int i = (int) place;
  double t = place - i;
  const double *v = &wave->value[i < TONE_WAVE ? i : 0];
  double a = v[0], b = v[1], c = v[2], d = v[3];

  return b + 0.5 * t * (c - a + t * (2.0 * a - 5.0 * b + 4.0 * c - d + t * (3.0 * (b - c) + d - a)));
}

/* A one-pole high-pass at 12 Hz: what remains of an offset is gone after some hundredths of a second. */
static void
take_offset_out (double *x, uint32_t n)
{
  double r = 1.0 - 2.0 * TUTTI_PI * 12.0 / TUTTI_RATE, last = 0.0, y = 0.0;

  for (uint32_t i = 0; i < n; i++)
    {
      y = x[i] - last + r * y;
      last = x[i];
      x[i] = y;
    }
}

/* What mean is left goes out under a window that begins and ends at 0, so that no step is made. */
static void
take_mean_out (double *x, uint32_t n)
{
  double mean = 0.0;

  for (uint32_t i = 0; i < n; i++)
    mean += x[i];
  mean /= n;
  for (uint32_t i = 0; i < n; i++)
    x[i] -= mean * (1.0 - tutti_cos_turns ((double) i / n));
}

static double
size (double x)
{
  return x < 0.0 ? -x : x;
}

static double
peak_of (const TuttiTone *tone, uint32_t from)
{
  double peak = 0.0;

  for (unsigned c = 0; c < tone->n_channels; c++)
    for (uint32_t i = from; i < tone->n_frames; i++)
      peak = size (tone->side[c][i]) > peak ? size (tone->side[c][i]) : peak;
  return peak;
}

/* Frames until the sound stays 66 dB below its peak. */
static uint32_t
audible_length (const TuttiTone *tone, double peak)
{
  uint32_t n = tone->n_frames;

  while (n > 1 && size (tone->side[0][n - 1]) < peak * 0.0005
         && size (tone->side[tone->n_channels - 1][n - 1]) < peak * 0.0005)
    n--;
  return n;
}

uint32_t
tone_finish (TuttiTone *tone)
{
  uint32_t rise = 12, fade = tone_frames (0.012);

  for (unsigned c = 0; c < tone->n_channels; c++)
    take_offset_out (tone->side[c], tone->n_frames);
  tone->n_frames = audible_length (tone, peak_of (tone, 0));
  for (unsigned c = 0; c < tone->n_channels; c++)
    {
      for (uint32_t i = 0; i < rise && i < tone->n_frames; i++)
        tone->side[c][i] *= tone_rise (i, rise);
      for (uint32_t i = 0; i < fade && i < tone->n_frames; i++)
        tone->side[c][tone->n_frames - 1 - i] *= tone_rise (i, fade);
      take_mean_out (tone->side[c], tone->n_frames);
    }

  double peak = peak_of (tone, 0), scale = peak > 0.0 ? 0.70794578438 / peak : 0.0;
  for (unsigned c = 0; c < tone->n_channels; c++)
    for (uint32_t i = 0; i < tone->n_frames; i++)
      tone->side[c][i] *= scale;
  return tone->n_frames;
}
