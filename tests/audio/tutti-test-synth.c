/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-test-synth.h"

#include <math.h>
#include <string.h>

#define RATE        48000
#define TONE_HZ     997
#define TONE_LEVEL  0.25
#define BURST       240
#define BURST_HZ    3000
#define BURST_LEVEL 0.5
#define FOUND       0.5                /* of a perfect match */
#define APART       2000               /* samples between two bursts at least */
#define GLITCH      1e-3
#define LINES       (1u << 19)
#define GUARD_HZ    3.0

static float
burst_at (double x)
{
  if (x <= 0 || x >= BURST)
    return 0;
  return (float) (BURST_LEVEL * (0.5 - 0.5 * cos (2 * G_PI * x / BURST)) * sin (2 * G_PI * BURST_HZ * x / RATE));
}

/* FNV-1a over the bits, each second of the session for itself. */
static void
hash_frames (TuttiTestSynth *synth, gint64 frame, guint n, const float *stereo)
{
  for (guint i = 0; i < n; i++)
    {
      guint32 bits[2];

      memcpy (bits, &stereo[2 * i], sizeof bits);
      synth->hash = (synth->hash ^ bits[0]) * G_GUINT64_CONSTANT (1099511628211);
      synth->hash = (synth->hash ^ bits[1]) * G_GUINT64_CONSTANT (1099511628211);
      if ((frame + i + 1) % RATE != 0)
        continue;
      gint64 second = (frame + i) / RATE;
      if (synth->hash_from == second * RATE && second >= 0 && second < TUTTI_TEST_SECONDS)
        synth->fingerprints[second] = synth->hash;
      synth->hash = G_GUINT64_CONSTANT (14695981039346656037);
      synth->hash_from = frame + i + 1;
    }
}

static void
render (void *self, int64_t first_frame, unsigned n, float *stereo)
{
  TuttiTestSynth *synth = self;

  if (first_frame != synth->next_frame)
    synth->gaps++;
  for (unsigned i = 0; i < n; i++)
    {
      gint64 frame = first_frame + i;
      gint64 in_beat = ((frame % TUTTI_TEST_BEAT) + TUTTI_TEST_BEAT) % TUTTI_TEST_BEAT;

      stereo[2 * i] = synth->tone[((frame % RATE) + RATE) % RATE];
      stereo[2 * i + 1] = in_beat < BURST ? synth->burst[in_beat] : 0;
    }
  hash_frames (synth, first_frame, n, stereo);
  synth->next_frame = first_frame + n;
}

static void
restart (void *self, int64_t first_frame)
{
  TuttiTestSynth *synth = self;

  synth->restarts++;
  synth->first_frame = synth->next_frame = synth->hash_from = first_frame;
  synth->hash = G_GUINT64_CONSTANT (14695981039346656037);
}

TuttiTestSynth *
tutti_test_synth_new (TuttiRenderer *renderer)
{
  TuttiTestSynth *synth = g_new0 (TuttiTestSynth, 1);

  synth->tone = g_new (float, RATE);
  synth->burst = g_new (float, BURST);
  for (guint i = 0; i < RATE; i++)
    synth->tone[i] = (float) (TONE_LEVEL * sin (2 * G_PI * ((guint64) TONE_HZ * i % RATE) / RATE));
  for (guint i = 0; i < BURST; i++)
    synth->burst[i] = burst_at (i);
  *renderer = (TuttiRenderer) { .self = synth, .render = render, .restart = restart };
  return synth;
}

void
tutti_test_synth_free (TuttiTestSynth *synth)
{
  g_free (synth->tone);
  g_free (synth->burst);
  g_free (synth);
}

guint64
tutti_test_synth_fingerprint (TuttiTestSynth *synth, gint64 second)
{
  return second >= 0 && second < TUTTI_TEST_SECONDS ? synth->fingerprints[second] : 0;
}

static double
match_at (const TuttiRecording *recording, guint64 at)
{
  double sum = 0;

  for (guint i = 0; i < BURST; i++)
    sum += recording->stereo[2 * (at + i) + 1] * burst_at (i);
  return sum;
}

/* The matched filter's peak, refined by a parabola. */
static double
refine (const TuttiRecording *recording, guint64 at)
{
  double a = match_at (recording, at - 1), b = match_at (recording, at), c = match_at (recording, at + 1);

  return (double) at + 0.5 * (a - c) / (a - 2 * b + c);
}

static void
find_beats (const TuttiRecording *recording, GArray *found)
{
  double perfect = 0;

  for (guint i = 0; i < BURST; i++)
    perfect += burst_at (i) * burst_at (i);
  for (guint64 i = 1; i + BURST + 64 < recording->n_frames; i++)
    {
      double best = 0;
      guint64 best_at = 0;

      if (fabsf (recording->stereo[2 * i + 1]) < 0.01f)
        continue;
      for (guint64 at = i > 40 ? i - 40 : 1; at < i + 24; at++)
        {
          double match = match_at (recording, at);

          if (match > best)
            {
              best = match;
              best_at = at;
            }
        }
      if (best > FOUND * perfect)
        {
          double place = refine (recording, best_at);
          g_array_append_val (found, place);
        }
      i += APART;
    }
}

/* x[n] − 2cos(w)·x[n−1] + x[n−2] is nothing for a tone of frequency w, and much at any break. */
static guint
count_glitches (const TuttiRecording *recording, guint64 from)
{
  double turn = 2 * cos (2 * G_PI * TONE_HZ / RATE);
  guint glitches = 0;

  for (guint64 i = MAX (from, 2); i < recording->n_frames; i++)
    {
      const float *x = &recording->stereo[2 * i];

      if (fabs (x[0] - turn * x[-2] + x[-4]) < GLITCH)
        continue;
      glitches++;
      i += 2;
    }
  return glitches;
}

static void
transform (double *re, double *im, guint n)
{
  for (guint i = 1, j = 0; i < n; i++)
    {
      guint bit = n >> 1;

      for (; j & bit; bit >>= 1)
        j ^= bit;
      j ^= bit;
      if (i < j)
        {
          double t = re[i]; re[i] = re[j]; re[j] = t;
          t = im[i]; im[i] = im[j]; im[j] = t;
        }
    }
  for (guint length = 2; length <= n; length <<= 1)
    for (guint k = 0; k < length / 2; k++)
      {
        double c = cos (-2 * G_PI * k / length), s = sin (-2 * G_PI * k / length);

        for (guint i = k; i < n; i += length)
          {
            guint o = i + length / 2;
            double xr = re[o] * c - im[o] * s, xi = re[o] * s + im[o] * c;

            re[o] = re[i] - xr; im[o] = im[i] - xi;
            re[i] += xr; im[i] += xi;
          }
      }
}

/* Seven-term Blackman-Harris (Albrecht 2001): side lobes below −180 dB, so that what is found was in the signal. */
static double
window_at (guint i)
{
  static const double a[] = { 0.2712203606, -0.4334446123, 0.21800412, -0.0657853433, 0.0107618673, -0.0007700127, 0.0000136809 };
  double sum = 0;

  for (guint k = 0; k < G_N_ELEMENTS (a); k++)
    sum += a[k] * cos (2 * G_PI * k * i / LINES);
  return sum;
}

static double
measure_sidebands (const TuttiRecording *recording)
{
  double *re, *im, carrier = 0, side = 0;
  guint64 from = recording->n_frames - LINES;
  guint peak = 0, guard = (guint) (GUARD_HZ * LINES / RATE);

  if (recording->n_frames < LINES + RATE)
    return 0;
  re = g_new (double, LINES);
  im = g_new0 (double, LINES);
  for (guint i = 0; i < LINES; i++)
    re[i] = recording->stereo[2 * (from + i)] * window_at (i);
  transform (re, im, LINES);
  for (guint i = 0; i < LINES / 2; i++)
    {
      re[i] = hypot (re[i], im[i]);
      if (re[i] > carrier)
        {
          carrier = re[i];
          peak = i;
        }
    }
  for (guint i = 8; i < LINES / 2; i++)
    if (i + guard < peak || i > peak + guard)
      side = MAX (side, re[i]);
  g_free (re);
  g_free (im);
  return 20 * log10 (side / carrier);
}

TuttiTestFindings *
tutti_test_findings_new (const TuttiRecording *recording, guint64 settled)
{
  TuttiTestFindings *findings = g_new0 (TuttiTestFindings, 1);

  findings->beat_frames = g_array_new (FALSE, FALSE, sizeof (double));
  find_beats (recording, findings->beat_frames);
  findings->glitches = count_glitches (recording, settled);
  findings->sideband_dbc = measure_sidebands (recording);
  return findings;
}

void
tutti_test_findings_free (TuttiTestFindings *findings)
{
  g_array_unref (findings->beat_frames);
  g_free (findings);
}
