/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sample.h"

#include "tutti-math.h"
#include "tutti-sinc-table.h"
#include "tutti-sinc.h"
#include <stdlib.h>
#include <string.h>

/* Each half-octave level is the one two below it (or the sound itself) through a linear-phase low-pass, from level 3 on
 * keeping every second frame. Linear phase: the levels lie on top of each other, so a gliding pitch may change level. */

#define HALF_MAX 240
#define STRETCH 512

typedef struct
{
  unsigned half;                /* taps on either side of the middle */
  float    tap[HALF_MAX + 1];   /* the middle first */
} LowPass;

/* stop: where the stop band begins, in cycles a frame; it passes up to 0.9 of that. -90 dB. */
static void
design (LowPass *filter, double stop)
{
  double width = stop * 0.1, cut = stop - width * 0.5, sum = 0.0;
  double tap[HALF_MAX + 1];

  filter->half = (unsigned) ((90.0 - 8.0) / (2.285 * 2.0 * TUTTI_PI * width) * 0.5) + 1;
  filter->half = filter->half < HALF_MAX ? filter->half : HALF_MAX;
  for (unsigned k = 0; k <= filter->half; k++)
    {
      double t = (double) k;
      double sinc = k == 0 ? 2.0 * cut : tutti_sin_turns (cut * t) / (TUTTI_PI * t);

      tap[k] = sinc * tutti_sinc_window (t / (double) (filter->half + 1), 8.96);
      sum += k == 0 ? tap[k] : 2.0 * tap[k];
    }
  for (unsigned k = 0; k <= filter->half; k++)
    filter->tap[k] = (float) (tap[k] / sum);
}

/* n (at most STRETCH) frames around in[0], in[1], …; every frame sums its taps in the same order, outermost last. */
static void
run (const LowPass *filter, const float *in, float *out, unsigned n)
{
  for (unsigned i = 0; i < n; i++)
    out[i] = filter->tap[0] * in[i];
  for (unsigned k = 1; k <= filter->half; k++)
    {
      const float *before = in - k, *after = in + k;
      float tap = filter->tap[k];

      for (unsigned i = 0; i < n; i++)
        out[i] += tap * (before[i] + after[i]);
    }
}

/* in has n_in frames with PAD frames of silence around it; copies [at - HALF_MAX, at + n + HALF_MAX) with silence outside. */
static void
fetch (const float *in, int64_t n_in, int64_t at, unsigned n, float *window)
{
  for (int64_t i = 0; i < (int64_t) n + 2 * HALF_MAX; i++)
    {
      int64_t from = at - HALF_MAX + i;

      window[i] = from >= 0 && from < n_in ? in[from] : 0.0f;
    }
}

static void
make_level (const LowPass *filter, const float *in, uint32_t n_in, float *out, uint32_t n_out, unsigned every)
{
  float window[STRETCH + 2 * HALF_MAX], result[STRETCH];
  unsigned stretch = STRETCH / every;

  for (uint32_t at = 0; at < n_out; at += stretch)
    {
      unsigned n = n_out - at < stretch ? n_out - at : stretch;

      fetch (in, n_in, (int64_t) at * every, n * every, window);
      run (filter, window + HALF_MAX, result, n * every);
      for (unsigned i = 0; i < n; i++)
        out[at + i] = result[i * every];
    }
}

static unsigned
shift_of (unsigned level)
{
  return level == 0 ? 0 : (level - 1) / 2;
}

static uint32_t
frames_of (uint32_t n_frames, unsigned level)
{
  return (n_frames + (1u << shift_of (level)) - 1) >> shift_of (level);
}

static void
make_levels (const TuttiSample *sample, float *data[TUTTI_SAMPLE_LEVELS])
{
  static const double stop[4] = { 0.35355339059327373, 0.25, 0.17677669529663687, 0.125 };
  LowPass filter;

  for (unsigned level = 1; level < TUTTI_SAMPLE_LEVELS; level++)
    {
      unsigned source = level < 3 ? 0 : level - 2;

      design (&filter, stop[level < 3 ? level - 1 : 2 + (level - 1) % 2]);
      make_level (&filter, data[source], frames_of (sample->n_frames, source), data[level],
                  frames_of (sample->n_frames, level), level < 3 ? 1 : 2);
    }
}

/* A value that is not finite has all exponent bits set; adding 0 turns -0 into 0. */
static float
clean (float x)
{
  uint32_t bits;

  memcpy (&bits, &x, sizeof bits);
  return (bits & 0x7f800000) == 0x7f800000 ? 0.0f : x + 0.0f;
}

static void
fill_channel (TuttiSample *sample, unsigned channel, const float *interleaved, float *memory)
{
  float *data[TUTTI_SAMPLE_LEVELS];

  for (unsigned level = 0; level < TUTTI_SAMPLE_LEVELS; level++)
    {
      data[level] = memory + TUTTI_SAMPLE_PAD;
      memory += frames_of (sample->n_frames, level) + 2 * TUTTI_SAMPLE_PAD;
      sample->level[level].channel[channel] = data[level];
      sample->level[level].shift = shift_of (level);
    }
  for (uint32_t i = 0; i < sample->n_frames; i++)
    data[0][i] = clean (interleaved[(size_t) i * sample->n_channels + channel]);
  make_levels (sample, data);
}

TuttiSample *
tutti_sample_new (const float *interleaved, unsigned n_channels, uint32_t n_frames)
{
  if (interleaved == NULL || n_channels < 1 || n_channels > 2 || n_frames < 1 || n_frames > TUTTI_SAMPLE_MAX_FRAMES)
    return NULL;

  size_t a_channel = 0;
  for (unsigned level = 0; level < TUTTI_SAMPLE_LEVELS; level++)
    a_channel += frames_of (n_frames, level) + 2 * TUTTI_SAMPLE_PAD;

  TuttiSample *sample = calloc (1, sizeof *sample);
  float *memory = calloc (a_channel * n_channels, sizeof *memory);
  if (sample == NULL || memory == NULL)
    {
      free (sample);
      free (memory);
      return NULL;
    }

  tutti_sinc_init ();
  sample->n_channels = n_channels;
  sample->n_frames = n_frames;
  sample->memory = memory;
  for (unsigned channel = 0; channel < n_channels; channel++)
    fill_channel (sample, channel, interleaved, memory + a_channel * channel);
  if (n_channels == 1)
    for (unsigned level = 0; level < TUTTI_SAMPLE_LEVELS; level++)
      sample->level[level].channel[1] = sample->level[level].channel[0];
  return sample;
}

void
tutti_sample_free (TuttiSample *sample)
{
  if (sample == NULL)
    return;
  free (sample->memory);
  free (sample);
}
