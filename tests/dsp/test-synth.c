/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-osc.h"
#include "tutti-synth.h"

#include <glib.h>
#include <math.h>

/* Oscillators, filter, envelope and LFO against theory. */

#define RATE 48000.0

static int
pick (int min, int max)
{
  return g_test_rand_int_range (min, max + 1);
}

static float
pick_float (double min, double max)
{
  return (float) g_test_rand_double_range (min, max);
}

/* ---- spectra ---- */

/* Amplitude of @hz in @x by a window whose side lobes lie below −92 dB (Blackman and Harris, four terms). */
static double
amplitude (const float *x, unsigned n, double hz)
{
  double re = 0, im = 0, sum = 0;

  for (unsigned i = 0; i < n; i++)
    {
      double t = 2 * G_PI * i / n;
      double w = 0.35875 - 0.48829 * cos (t) + 0.14128 * cos (2 * t) - 0.01168 * cos (3 * t);

      re += w * x[i] * cos (2 * G_PI * hz * i / RATE);
      im += w * x[i] * sin (2 * G_PI * hz * i / RATE);
      sum += w;
    }
  return 2 * hypot (re, im) / sum;
}

static double
db (double x)
{
  return 20 * log10 (x + 1e-12);
}

static void
fill (TuttiWave wave, double hz, double width, unsigned n, float *out)
{
  TuttiOscPath path = { 0, (guint32) lrint (hz / RATE * 4294967296.0), 0 };
  TuttiLanes block[TUTTI_OSC_GROUPS];

  for (unsigned i = 0; i < n; i += TUTTI_BLOCK)
    {
      tutti_osc_run (wave, path, (TuttiOscLine) { (float) width, 0 }, NULL, (TuttiOscLine) { 0 }, TUTTI_OSC_GROUPS, block);
      memcpy (out + i, block, sizeof block);
      path.phase = tutti_osc_end (path, TUTTI_BLOCK);
    }
}

#define N 16384

/* In place, radix 2. */
static void
fourier (double *re, double *im)
{
  for (unsigned i = 1, j = 0; i < N; i++)
    {
      unsigned bit = N >> 1;

      for (; j & bit; bit >>= 1)
        j ^= bit;
      j |= bit;
      if (i < j)
        {
          double t = re[i];

          re[i] = re[j];
          re[j] = t;
        }
    }
  for (unsigned size = 2; size <= N; size *= 2)
    for (unsigned k = 0; k < size / 2; k++)
      {
        double c = cos (2 * G_PI * k / size), s = -sin (2 * G_PI * k / size);

        for (unsigned i = k; i < N; i += size)
          {
            unsigned j = i + size / 2;
            double x = re[j] * c - im[j] * s, y = re[j] * s + im[j] * c;

            re[j] = re[i] - x;
            im[j] = im[i] - y;
            re[i] += x;
            im[i] += y;
          }
      }
}

/* The strongest of what lies in the audible band and is no harmonic: what folds back, and what reading between points adds. */
static double
worst_alias (const float *x, double hz)
{
  double *re = g_new (double, N), *im = g_new0 (double, N), worst = 0;

  for (unsigned i = 0; i < N; i++)
    {
      double t = 2 * G_PI * i / N;

      re[i] = x[i] * (0.35875 - 0.48829 * cos (t) + 0.14128 * cos (2 * t) - 0.01168 * cos (3 * t));
    }
  fourier (re, im);
  for (unsigned i = 8; i < 19800 * N / RATE; i++)
    if (fabs (remainder (i * RATE / N, hz)) > 6 * RATE / N)
      worst = MAX (worst, hypot (re[i], im[i]) * 2 / (0.35875 * N));
  g_free (re);
  g_free (im);
  return worst;
}

static void
test_aliasing (void)
{
  static const double pitches[] = { 61.7, 443.3, 1009.0, 2731.0, 4441.0, 6007.0, 7993.0 };
  float *x = g_new (float, N);

  for (int wave = TUTTI_WAVE_SAW; wave < TUTTI_N_WAVES; wave++)
    for (guint i = 0; i < G_N_ELEMENTS (pitches); i++)
      {
        double alias, tone;

        fill (wave, pitches[i], 0.37, N, x);
        tone = amplitude (x, N, pitches[i]);
        alias = worst_alias (x, pitches[i]);
        g_test_message ("wave %d at %.0f Hz: alias %.1f dB", wave, pitches[i], db (alias / tone));
        g_assert_cmpfloat (db (alias / tone), <, -80);
      }
  g_free (x);
}

static double
harmonic_in_theory (TuttiWave wave, int n, double width)
{
  switch ((int) wave)
    {
    case TUTTI_WAVE_SAW: return 2 / (G_PI * n);
    case TUTTI_WAVE_SQUARE: return 4 / (G_PI * n) * fabs (sin (G_PI * n * width));
    case TUTTI_WAVE_TRIANGLE: return n % 2 ? 8 / (G_PI * G_PI * n * n) : 0;
    default: return n == 1 ? 1 : 0;
    }
}

/* Every harmonic up to 19 kHz as strong as theory has it. */
static void
test_harmonics (void)
{
  float *x = g_new (float, N);

  for (int wave = TUTTI_WAVE_SAW; wave < TUTTI_N_WAVES; wave++)
    for (double hz = 210; hz < 7000; hz *= 2.37)
      {
        fill (wave, hz, 0.3, N, x);
        for (int n = 1; n * hz < 19000; n++)
          {
            double wanted = harmonic_in_theory (wave, n, 0.3), got = amplitude (x, N, n * hz);

            if (wanted > 0.01)
              {
                g_assert_cmpfloat (fabs (db (got / wanted)), <, 0.2);
              }
            else
              g_assert_cmpfloat (got, <, wanted + 0.0005);
          }
      }
  g_free (x);
}

/* A path's bend and its end agree with the sum of its steps, whatever the split. */
static void
test_paths (void)
{
  for (int round = 0; round < 200; round++)
    {
      TuttiOscPath path = { (guint32) g_test_rand_int (), (guint32) pick (0, 100000000), pick (-90000, 90000) };
      unsigned n = (unsigned) pick (1, TUTTI_BLOCK);
      guint32 phase = path.phase, step = path.step;

      for (unsigned i = 0; i < n; i++, step += (guint32) path.bend)
        phase += step;
      g_assert_cmpuint (tutti_osc_end (path, n), ==, phase);
    }
}

/* ---- filter ---- */

#define IMPULSE 4096

static double
response (TuttiVcfType type, TuttiVcfPoint point, double hz)
{
  static TuttiLanes x[IMPULSE];
  double re = 0, im = 0;
  TuttiVcf vcf = { 0 };

  memset (x, 0, sizeof x);
  /* So small that nothing is bent. */
  x[0][0] = 1e-3f;
  for (int i = 0; i < IMPULSE; i += 64)
    tutti_vcf_run (&vcf, type, point, point, x + i, 64);
  for (int i = 0; i < IMPULSE; i++)
    {
      re += x[i][0] * 1e3 * cos (2 * G_PI * hz * i / RATE);
      im += x[i][0] * 1e3 * sin (2 * G_PI * hz * i / RATE);
    }
  return hypot (re, im);
}

/* The analogue filter at the frequency that the bilinear transform puts there. */
static double
response_in_theory (TuttiVcfType type, TuttiVcfPoint point, double hz)
{
  double w = tan (G_PI * hz / RATE) / point.g, k = point.k;
  double re = 1 - w * w, im = k * w;

  if (type == TUTTI_VCF_LOW24)
    {
      /* (1 + iw)⁴ = (1 − 6w² + w⁴) + i(4w − 4w³) */
      re = 1 - 6 * w * w + w * w * w * w + k;
      im = 4 * w - 4 * w * w * w;
      return (1 + 0.5 * k) / hypot (re, im);
    }
  return (type == TUTTI_VCF_LOW12 ? 1 : type == TUTTI_VCF_BAND12 ? k * w : w * w) / hypot (re, im);
}

static void
test_filter (void)
{
  for (int type = TUTTI_VCF_LOW24; type < TUTTI_VCF_NONE; type++)
    for (float cutoff = 400; cutoff < 950; cutoff += 137)
      for (float resonance = 0; resonance < 0.85f; resonance += 0.4f)
        for (double hz = 100; hz < 15000; hz *= 2.7)
          {
            TuttiVcfPoint point = tutti_vcf_point (type, cutoff, resonance);
            double wanted = response_in_theory (type, point, hz), got = response (type, point, hz);

            if (wanted > 1e-3)
              g_assert_cmpfloat (fabs (db (got / wanted)), <, 0.15);
          }
}

/* The cut-off lies where the scale says. */
static void
test_cutoff (void)
{
  for (int cutoff = 0; cutoff <= 1000; cutoff += 7)
    {
      double hz = 20 * pow (1000, cutoff / 1000.0);

      g_assert_cmpfloat (fabs (tutti_vcf_point (TUTTI_VCF_LOW12, (float) cutoff, 0).g / tan (G_PI * hz / RATE) - 1), <, 2e-4);
    }
}

/* At its edges, thrown from one to another each block, loud noise in: bounded, and never no number. */
static void
test_filter_edges (void)
{
  for (int type = TUTTI_VCF_LOW24; type < TUTTI_VCF_NONE; type++)
    {
      TuttiVcf vcf = { 0 };
      TuttiVcfPoint from = tutti_vcf_point (type, 1000, 1);
      TuttiLanes x[64];

      for (int block = 0; block < 4000; block++)
        {
          TuttiVcfPoint to = tutti_vcf_point (type, pick_float (-500, 1500), pick_float (-1, 2));

          for (int i = 0; i < 64; i++)
            x[i][0] = x[i][1] = x[i][2] = x[i][3] = pick_float (-8, 8);
          tutti_vcf_run (&vcf, type, from, to, x, 64);
          for (int i = 0; i < 64; i++)
            g_assert_true (fabsf (x[i][0]) < 2000);
          from = to;
        }
    }
}

/* ---- envelope and LFO ---- */

static void
test_envelope (void)
{
  TuttiAhdsr env;
  float filled[TUTTI_BLOCK];

  for (int round = 0; round < 60; round++)
    {
      gint64 start = pick (0, 100), released = start + pick (0, 9000);
      gint16 times[5] = { (gint16) pick (0, 40), (gint16) pick (0, 20), (gint16) pick (0, 90), (gint16) pick (0, 1000),
                          (gint16) pick (0, 90) };
      float before = 0;

      tutti_ahdsr_start (&env, times, start);
      tutti_ahdsr_release (&env, released);
      for (gint64 at = start; at < start + 20000; at += TUTTI_BLOCK)
        {
          tutti_ahdsr_fill (&env, at, TUTTI_BLOCK, filled);
          for (int i = 0; i < TUTTI_BLOCK; i++)
            {
              /* Block by block it is what it is frame by frame, within rounding, and it has no steps. */
              g_assert_cmpfloat (fabsf (filled[i] - tutti_ahdsr_at (&env, at + i)), <, 2e-5f);
              g_assert_cmpfloat (fabsf (filled[i] - before), <, 0.05f);
              before = filled[i];
            }
        }
      g_assert_true (tutti_ahdsr_over (&env, start + 20000));
    }
}

/* A note that has ended and is cut in the middle of a block never gets louder again, and is gone in time. */
static void
test_cut (void)
{
  TuttiAhdsr env;
  float filled[TUTTI_BLOCK];

  for (int round = 0; round < 100; round++)
    {
      gint64 start = pick (0, 100), released = start + pick (0, 9000), cut = released + pick (0, 4000), at = cut & -(gint64) TUTTI_BLOCK;
      gint16 times[5] = { (gint16) pick (0, 40), (gint16) pick (0, 20), (gint16) pick (0, 90), (gint16) pick (0, 1000), 90 };
      float before;

      tutti_ahdsr_start (&env, times, start);
      tutti_ahdsr_release (&env, released);
      at = MAX (at, released);
      before = tutti_ahdsr_at (&env, at);
      tutti_ahdsr_cut (&env, cut, 192);
      tutti_ahdsr_fill (&env, at, TUTTI_BLOCK, filled);
      for (int i = 0; i < TUTTI_BLOCK; before = filled[i++])
        g_assert_cmpfloat (filled[i], <=, before + 1e-6f);
      g_assert_true (tutti_ahdsr_over (&env, cut + 192));
    }
}

/* An LFO tied to the tempo and running through is where the tick says, whatever segment says so. */
static void
test_lfo_sync (void)
{
  for (int sync = 1; sync < TUTTI_LFO_SYNCS; sync++)
    for (int round = 0; round < 20; round++)
      {
        int tempo = pick (4000, 30000);
        gint64 tick = pick (0, 1000000), frame = pick (0, 10000000);
        TuttiLfoTime time = { frame, tick, tempo };
        gint64 place = tutti_lfo_place (100, sync, 1, 0, frame, &time);

        g_assert_cmpfloat (fabs ((double) place / 4294967296.0 - (double) tick / tutti_lfo_ticks[sync]), <, 1e-6);
      }
}

static void
test_lfo_range (void)
{
  for (int shape = 0; shape < TUTTI_N_LFO_SHAPES; shape++)
    for (int i = 0; i < 1000; i++)
      g_assert_cmpfloat (fabsf (tutti_lfo_value (shape, (gint64) i * 77777777, 5)), <=, 1.0001f);
}

/* ---- voice ---- */

static const TuttiLfoTime still = { 0, 0, 12000 };

static void
random_patch (gint16 *patch)
{
  for (int i = 0; i < TUTTI_N_PATCH_PARAMS; i++)
    {
      int min = tutti_patch_ranges[i].min, max = tutti_patch_ranges[i].max, start = tutti_patch_ranges[i].initial;
      int draw = pick (0, 3);

      patch[i] = (gint16) (draw == 0 ? min : draw == 1 ? max : draw == 2 ? start : pick (min, max));
    }
}

/* Any patch at any key: numbers, and bounded. */
static void
test_any_patch (void)
{
  for (int round = 0; round < 300; round++)
    {
      gint16 patch[TUTTI_N_PATCH_PARAMS];
      TuttiSynthNote note = { patch, 0, pick (-20000, 30000), 0, 4800, 1.42f, TRUE, 3 };
      TuttiSynthVoice voice;

      random_patch (patch);
      tutti_synth_start (&voice, &note, &still);
      for (gint64 frame = 0; frame < 200 * TUTTI_BLOCK; frame += TUTTI_BLOCK)
        {
          TuttiBlock block = { { 0 }, { 0 } };

          if (frame == 100 * TUTTI_BLOCK)
            tutti_synth_release (&voice, frame + 5);
          tutti_synth_run (&voice, frame, 0, &still, &block, true);
          for (int i = 0; i < TUTTI_BLOCK; i++)
            g_assert_true (fabsf (block.left[i]) < 400 && fabsf (block.right[i]) < 400);
        }
    }
}

/* A slide goes on with its voice: the envelope stays, the pitch moves there. */
static void
test_slide (void)
{
  gint16 patch[TUTTI_N_PATCH_PARAMS];
  TuttiSynthNote first = { patch, 0, 3600, 3600, 0, 1, FALSE, 1 }, second = { patch, 24000, 4800, 3600, 2880, 1, FALSE, 1 };
  TuttiSynthVoice voice;

  for (int i = 0; i < TUTTI_N_PATCH_PARAMS; i++)
    patch[i] = tutti_patch_ranges[i].initial;
  tutti_synth_start (&voice, &first, &still);
  for (gint64 frame = 0; frame < 48000; frame += TUTTI_BLOCK)
    {
      TuttiBlock block = { { 0 }, { 0 } };

      if (frame == 24000)
        {
          tutti_synth_release (&voice, frame);
          tutti_synth_slide (&voice, &second);
        }
      tutti_synth_run (&voice, frame, 0, &still, &block, false);
    }
  g_assert_false (tutti_ahdsr_over (&voice.amp, 48000));
  g_assert_cmpint (voice.amp.start, ==, 0);
  g_assert_cmpfloat (fabs (voice.now.step_a / 4294967296.0 * RATE / (440 * pow (2, (48 - 69) / 12.0)) - 1), <, 1e-6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tutti_synth_init ();
  g_test_add_func ("/synth/aliasing", test_aliasing);
  g_test_add_func ("/synth/harmonics", test_harmonics);
  g_test_add_func ("/synth/paths", test_paths);
  g_test_add_func ("/synth/filter", test_filter);
  g_test_add_func ("/synth/cutoff", test_cutoff);
  g_test_add_func ("/synth/filter-edges", test_filter_edges);
  g_test_add_func ("/synth/envelope", test_envelope);
  g_test_add_func ("/synth/cut", test_cut);
  g_test_add_func ("/synth/lfo-sync", test_lfo_sync);
  g_test_add_func ("/synth/lfo-range", test_lfo_range);
  g_test_add_func ("/synth/any-patch", test_any_patch);
  g_test_add_func ("/synth/slide", test_slide);
  return g_test_run ();
}
