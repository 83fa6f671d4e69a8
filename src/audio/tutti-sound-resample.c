/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sound-resample-private.h"

#include <math.h>
#include <string.h>

#define ATTENUATION_DB 130.0
enum { TAPS = 256, LANES = 8, PHASES_MAX = 2048, RATIO_PHASES_MAX = 512 };

struct _TuttiSoundResample
{
  gsize   n_channels;
  guint64 up, down;            /* 48000 and the rate, without common factors */
  gsize   n_taps;              /* a multiple of LANES */
  guint64 n_phases;            /* up, or PHASES_MAX with straight lines between */
  float  *table;               /* n_phases + 1 rows of n_taps */

  float  *window[2];           /* each channel's input from frame window_start on */
  gsize   n_window, window_size;
  gint64  window_start;        /* begins with silence, before frame 0 */
  guint64 n_in, n_out;
};

/* --- the filter --- */

/* The modified Bessel function of order 0, by its series. */
static double
bessel_i0 (double x)
{
  double sum = 1.0, term = 1.0;

  for (int k = 1; term > sum * 1e-17; k++)
    {
      term *= (x / (2.0 * k)) * (x / (2.0 * k));
      sum += term;
    }
  return sum;
}

static double
sinc (double x)
{
  return fabs (x) < 1e-12 ? 1.0 : sin (G_PI * x) / (G_PI * x);
}

/* Tap k of the row for phase @shift (0 … 1) looks at the input k − n_taps/2 + 1 − shift frames away. */
static void
make_row (TuttiSoundResample *self, float *row, double shift, double cutoff, double beta)
{
  g_autofree double *taps = g_new (double, self->n_taps);
  double half = (double) self->n_taps / 2.0, sum = 0.0;

  for (gsize k = 0; k < self->n_taps; k++)
    {
      double x = (double) k - half + 1.0 - shift;
      double edge = 1.0 - (x / half) * (x / half);

      taps[k] = edge > 0.0 ? sinc (cutoff * x) * bessel_i0 (beta * sqrt (edge)) : 0.0;
      sum += taps[k];
    }
  /* Divided by the sum, a constant stays that constant at every phase. */
  for (gsize k = 0; k < self->n_taps; k++)
    row[k] = (float) (taps[k] / sum);
}

static void
make_table (TuttiSoundResample *self, double cutoff)
{
  double beta = 0.1102 * (ATTENUATION_DB - 8.7);

  self->table = g_new (float, (self->n_phases + 1) * self->n_taps);
  for (guint64 p = 0; p <= self->n_phases; p++)
    make_row (self, self->table + p * self->n_taps, (double) p / (double) self->n_phases, cutoff, beta);
}

static guint64
common_factor (guint64 a, guint64 b)
{
  return b == 0 ? a : common_factor (b, a % b);
}

static TuttiSoundResample *
new_ratio (guint64 n_out, guint64 n_in, int n_channels, guint64 phases_max)
{
  TuttiSoundResample *self = g_new0 (TuttiSoundResample, 1);
  guint64 common = common_factor (n_out, n_in);
  double down = MAX (1.0, (double) n_in / (double) n_out);
  /* Kaiser's width of the transition band, as a share of the lower Nyquist frequency: it ends there. */
  double transition = (ATTENUATION_DB - 8.0) / (2.285 * TAPS) / G_PI;

  self->n_channels = (gsize) n_channels;
  self->up = n_out / common;
  self->down = n_in / common;
  self->n_taps = ((gsize) ceil (TAPS * down) + LANES - 1) / LANES * LANES;
  self->n_phases = MIN (self->up, phases_max);
  make_table (self, (1.0 - transition / 2.0) / down);

  self->window_start = -(gint64) self->n_taps;
  self->n_window = self->n_taps;
  self->window_size = self->n_taps;
  for (gsize c = 0; c < self->n_channels; c++)
    self->window[c] = g_new0 (float, self->window_size);
  return self;
}

TuttiSoundResample *
tutti_sound_resample_new (int rate, int n_channels)
{
  return new_ratio (TUTTI_SOUND_RATE, (guint64) rate, n_channels, PHASES_MAX);
}

TuttiSoundResample *
tutti_sound_resample_new_ratio (guint64 n_out, guint64 n_in, int n_channels)
{
  return new_ratio (n_out, n_in, n_channels, RATIO_PHASES_MAX);
}

void
tutti_sound_resample_free (TuttiSoundResample *self)
{
  if (self == NULL)
    return;
  g_free (self->window[0]);
  g_free (self->window[1]);
  g_free (self->table);
  g_free (self);
}

/* --- the sum --- */

static float
dot (const float *a, const float *b, gsize n)
{
  float lanes[LANES] = { 0 };
  float sum = 0.0f;

  for (gsize i = 0; i < n; i += LANES)
    for (gsize l = 0; l < LANES; l++)
      lanes[l] += a[i + l] * b[i + l];
  for (gsize l = 0; l < LANES; l++)
    sum += lanes[l];
  return sum;
}

/* Output frame n_out lies at input n_out · down / up. */
static void
put_frame (TuttiSoundResample *self, GArray *out)
{
  guint64 at = self->n_out * self->down, phase = at % self->up * self->n_phases;
  gsize first = (gsize) ((gint64) (at / self->up) - (gint64) self->n_taps / 2 + 1 - self->window_start);
  const float *row = self->table + phase / self->up * self->n_taps;
  float between = (float) (phase % self->up) / (float) self->up;

  for (gsize c = 0; c < self->n_channels; c++)
    {
      const float *in = self->window[c] + first;
      float value = dot (in, row, self->n_taps);

      if (between > 0.0f)
        value += between * (dot (in, row + self->n_taps, self->n_taps) - value);
      g_array_append_val (out, value);
    }
  self->n_out++;
}

/* --- the window over the input --- */

/* Forgets what no later output looks at. */
static void
slide (TuttiSoundResample *self)
{
  gint64 first = (gint64) (self->n_out * self->down / self->up) - (gint64) self->n_taps / 2 + 1;
  gsize gone = (gsize) CLAMP (first - self->window_start, 0, (gint64) self->n_window);

  for (gsize c = 0; c < self->n_channels; c++)
    memmove (self->window[c], self->window[c] + gone, (self->n_window - gone) * sizeof (float));
  self->n_window -= gone;
  self->window_start += (gint64) gone;
}

/* @interleaved NULL: silence. */
static void
extend (TuttiSoundResample *self, const float *interleaved, gsize n_frames)
{
  if (self->n_window + n_frames > self->window_size)
    self->window_size = self->n_window + n_frames;
  for (gsize c = 0; c < self->n_channels; c++)
    {
      self->window[c] = g_renew (float, self->window[c], self->window_size);
      for (gsize i = 0; i < n_frames; i++)
        self->window[c][self->n_window + i] = interleaved != NULL ? interleaved[i * self->n_channels + c] : 0.0f;
    }
  self->n_window += n_frames;
}

void
tutti_sound_resample_push (TuttiSoundResample *self, const float *interleaved, gsize n_frames, GArray *out)
{
  extend (self, interleaved, n_frames);
  self->n_in += n_frames;
  while (self->n_out * self->down / self->up + self->n_taps / 2 < self->n_in)
    put_frame (self, out);
  slide (self);
}

void
tutti_sound_resample_finish (TuttiSoundResample *self, GArray *out)
{
  guint64 n_frames = (self->n_in * self->up + self->down - 1) / self->down;

  extend (self, NULL, self->n_taps);
  while (self->n_out < n_frames)
    put_frame (self, out);
}
