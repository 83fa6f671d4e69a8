/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Speed (median ns a voice- or track-frame) and quality (dB) of the kernels. Prints, judges nothing. */
#include "tutti-chorus.h"
#include "tutti-crush.h"
#include "tutti-delay.h"
#include "tutti-drive.h"
#include "tutti-dynamics.h"
#include "tutti-eq.h"
#include "tutti-filter.h"
#include "tutti-fingerprint.h"
#include "tutti-limiter.h"
#include "tutti-math.h"
#include "tutti-meter.h"
#include "tutti-peak-limiter.h"
#include "tutti-phaser.h"
#include "tutti-reverb.h"
#include "tutti-sinc.h"
#include "tutti-sinc-table.h"
#include "tutti-tremolo.h"
#include "tutti-width.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define N_VOICES 32
#define N_BLOCKS 2000
#define N_RUNS 7

static double
cpu_ns (void)
{
  struct timespec t;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return (double) t.tv_sec * 1e9 + (double) t.tv_nsec;
}

static int
compare (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static TuttiSample *
noise (unsigned n_channels, uint32_t n_frames)
{
  float *data = g_new (float, (gsize) n_frames * n_channels);
  uint32_t seed = 1;

  for (gsize i = 0; i < (gsize) n_frames * n_channels; i++)
    {
      seed = seed * 1664525u + 1013904223u;
      data[i] = (float) (int32_t) seed * 0x1p-31f;
    }
  TuttiSample *sample = tutti_sample_new (data, n_channels, n_frames);
  g_free (data);
  return sample;
}

static void
bench_voice (const char *name, unsigned n_channels, int32_t cents)
{
  TuttiSample *sample = noise (n_channels, 24000);
  int64_t step = tutti_pitch_step (cents), position[N_VOICES];
  TuttiGainRamp gain = { 0.1f, 0.1f, 0.001f, -0.001f };
  double took[N_RUNS];
  TuttiBlock bus = { 0 };

  for (int run = 0; run < N_RUNS; run++)
    {
      for (int v = 0; v < N_VOICES; v++)
        position[v] = (int64_t) v * 700 * TUTTI_SINC_ONE;
      double start = cpu_ns ();
      for (int b = 0; b < N_BLOCKS; b++)
        {
          memset (&bus, 0, sizeof bus);
          for (int v = 0; v < N_VOICES; v++)
            {
              if (!tutti_sinc_add (sample, position[v], step, &gain, 0, TUTTI_BLOCK, &bus))
                position[v] = 0;
              else
                position[v] += TUTTI_BLOCK * step;
            }
        }
      took[run] = (cpu_ns () - start) / ((double) N_BLOCKS * N_VOICES * TUTTI_BLOCK);
    }
  qsort (took, N_RUNS, sizeof *took, compare);
  g_print ("%-34s %6.3f ns/voice-frame\n", name, took[N_RUNS / 2]);
  tutti_sample_free (sample);
}

static TuttiFilter filter[4];
static TuttiDrive drive;
static TuttiCrush crush;
static TuttiDelay delay;
static TuttiReverb reverb;
static TuttiLimiter limiter;
static TuttiMeter meter;
static TuttiFingerprint print;

static void run_filter (TuttiBlock *x) { tutti_filter_apply (&filter[0], x, 0, TUTTI_BLOCK); }
static void run_drive (TuttiBlock *x) { tutti_drive_run (&drive, x); }
static void run_crush (TuttiBlock *x) { tutti_crush_apply (&crush, x, 0, 0, TUTTI_BLOCK); }
static void run_delay (TuttiBlock *x) { tutti_delay_run (&delay, x); }
static void run_reverb (TuttiBlock *x) { tutti_reverb_run (&reverb, x, 0); }
static void run_limiter (TuttiBlock *x) { tutti_limiter_apply (&limiter, x, 0, TUTTI_BLOCK); }
static TuttiEq eq;
static TuttiCompressor compressor;
static TuttiGate gate;
static TuttiPeakLimiter peak_limiter;
static TuttiChorus chorus, flanger;
static TuttiPhaser phaser;
static TuttiTremolo tremolo;
static TuttiWidth width;

static void run_eq (TuttiBlock *x) { tutti_eq_run (&eq, x); }
static void run_compressor (TuttiBlock *x) { tutti_compressor_run (&compressor, x, x); }
static void run_gate (TuttiBlock *x) { tutti_gate_run (&gate, x, x); }
static void run_peak_limiter (TuttiBlock *x) { tutti_peak_limiter_run (&peak_limiter, x); }
static void run_chorus (TuttiBlock *x) { tutti_chorus_run (&chorus, x, 0); }
static void run_flanger (TuttiBlock *x) { tutti_chorus_run (&flanger, x, 0); }
static void run_phaser (TuttiBlock *x) { tutti_phaser_run (&phaser, x, 0); }
static void run_tremolo (TuttiBlock *x) { tutti_tremolo_run (&tremolo, x, &(TuttiEffectTime) { 0, 0, 12000 }); }
static void run_width (TuttiBlock *x) { tutti_width_run (&width, x); }

static void
run_gliding_eq (TuttiBlock *x)
{
  static int turn;

  tutti_eq_set (&eq, TUTTI_EQ_BELL, 1000.0, 1.0, turn++ & 1 ? 600 : 500);
  tutti_eq_run (&eq, x);
}

static void
set_more (void)
{
  tutti_eq_reset (&eq);
  tutti_eq_set (&eq, TUTTI_EQ_LOW_SHELF, 100.0, 1.0, 600);
  tutti_eq_set (&eq, TUTTI_EQ_BELL, 1000.0, 1.0, -600);
  tutti_compressor_reset (&compressor);
  tutti_compressor_set (&compressor, &(TuttiCompressorValues) { -2000, 400, 80, 90, 600, 0 });
  tutti_gate_reset (&gate);
  tutti_gate_set (&gate, &(TuttiGateValues) { -3000, 10, 40, 100, -9000 });
  tutti_peak_limiter_reset (&peak_limiter);
  tutti_peak_limiter_set (&peak_limiter, 600, -100, 100);
  tutti_chorus_reset (&chorus, 2);
  tutti_chorus_set (&chorus, 600, 1400, 240, 0, 500);
  tutti_chorus_reset (&flanger, 1);
  tutti_chorus_set (&flanger, 200, 250, 200, 500, 250);
  tutti_phaser_reset (&phaser);
  tutti_phaser_set (&phaser, 300, 530, 400, 400, 250);
  tutti_tremolo_reset (&tremolo);
  tutti_tremolo_set (&tremolo, 240, 600, 300, 200);
  tutti_width_reset (&width);
  tutti_width_set (&width, 1500, 100);
}

static void run_meter (TuttiBlock *x) { tutti_meter_feed (&meter, x, 0, TUTTI_BLOCK); }
static void run_print (TuttiBlock *x) { tutti_fingerprint_feed (&print, x->left, x->right, TUTTI_BLOCK); }
static void run_nothing (TuttiBlock *x) { __asm__ volatile ("" : : "r" (x) : "memory"); }

static void
run_filter4 (TuttiBlock *x)
{
  static TuttiBlock other[3];
  TuttiFilter *filters[4] = { &filter[0], &filter[1], &filter[2], &filter[3] };
  TuttiBlock *blocks[4] = { x, &other[0], &other[1], &other[2] };

  tutti_filter_apply4 (filters, blocks);
}

static void
bench_effect (const char *name, void (*run) (TuttiBlock *x), unsigned n_tracks)
{
  enum { N = 20000 };
  double took[N_RUNS];
  TuttiBlock source, x;
  uint32_t seed = 1;

  for (int i = 0; i < TUTTI_BLOCK; i++)
    {
      seed = seed * 1664525u + 1013904223u;
      source.left[i] = source.right[TUTTI_BLOCK - 1 - i] = (float) (int32_t) seed * 0x1p-32f;
    }
  for (int r = 0; r < N_RUNS; r++)
    {
      double start = cpu_ns ();
      for (int b = 0; b < N; b++)
        {
          x = source;
          run (&x);
        }
      took[r] = (cpu_ns () - start) / ((double) N * TUTTI_BLOCK * n_tracks);
    }
  qsort (took, N_RUNS, sizeof *took, compare);
  g_print ("%-34s %6.3f ns/track-frame\n", name, took[N_RUNS / 2]);
}

static void
bench_effects (void)
{
  for (int t = 0; t < 4; t++)
    {
      tutti_filter_reset (&filter[t]);
      tutti_filter_set (&filter[t], TUTTI_FILTER_LOW, 9000, 300);
    }
  tutti_drive_reset (&drive);
  tutti_drive_set (&drive, 400);
  tutti_crush_reset (&crush);
  tutti_crush_set (&crush, 80, 3);
  tutti_delay_reset (&delay);
  tutti_delay_set (&delay, 18000, 500, 300, 1000, 300);
  tutti_reverb_reset (&reverb);
  tutti_reverb_set (&reverb, &(TuttiReverbValues) { 2000, 300, 15, 350, 1000, 300 });
  set_more ();
  tutti_limiter_reset (&limiter);
  tutti_meter_reset (&meter);
  tutti_fingerprint_reset (&print);
  bench_effect ("copying a block", run_nothing, 1);
  bench_effect ("filter, one track", run_filter, 1);
  bench_effect ("filter, four tracks", run_filter4, 4);
  bench_effect ("drive", run_drive, 1);
  bench_effect ("crush", run_crush, 1);
  bench_effect ("delay", run_delay, 1);
  bench_effect ("equaliser", run_eq, 1);
  bench_effect ("equaliser, gliding", run_gliding_eq, 1);
  bench_effect ("compressor", run_compressor, 1);
  bench_effect ("gate", run_gate, 1);
  bench_effect ("true-peak limiter", run_peak_limiter, 1);
  bench_effect ("chorus", run_chorus, 1);
  bench_effect ("flanger", run_flanger, 1);
  bench_effect ("phaser", run_phaser, 1);
  bench_effect ("tremolo", run_tremolo, 1);
  bench_effect ("width", run_width, 1);
  bench_effect ("reverb", run_reverb, 1);
  bench_effect ("limiter", run_limiter, 1);
  bench_effect ("meter", run_meter, 1);
  bench_effect ("fingerprint", run_print, 1);
}

static void
render (const TuttiSample *sample, int64_t step, float *out, unsigned n)
{
  TuttiGainRamp one = { 1.0f, 1.0f, 0.0f, 0.0f };
  int64_t position = 0;

  for (unsigned at = 0; at < n; at += TUTTI_BLOCK, position += TUTTI_BLOCK * step)
    {
      TuttiBlock bus = { 0 };
      tutti_sinc_add (sample, position, step, &one, 0, TUTTI_BLOCK, &bus);
      memcpy (out + at, bus.left, sizeof bus.left);
    }
}

/* Sine of hz in; least-squares fit of the wanted sine, in the middle of what comes out. Level of the fit and of the rest in
 * dB against the sine put in; the rest below 20 kHz alone when "audible" (a 127-tap low-pass). */
static void
quality (double hz, int32_t cents, double *level_db, double *rest_db)
{
  const unsigned n = 8192;
  int64_t step = tutti_pitch_step (cents);
  double ratio = (double) step / (double) TUTTI_SINC_ONE;
  uint32_t length = (uint32_t) (n * ratio) + 512;
  float *data = g_new (float, length), *out = g_new (float, n);

  for (uint32_t i = 0; i < length; i++)
    data[i] = (float) (0.5 * sin (2.0 * M_PI * hz / TUTTI_RATE * i));
  TuttiSample *sample = tutti_sample_new (data, 1, length);
  render (sample, step, out, n);

  double w = 2.0 * M_PI * hz * ratio / TUTTI_RATE, ss = 0, cc = 0, sc = 0, xs = 0, xc = 0;
  unsigned lo = 2048, hi = n - 2048;
  for (unsigned i = lo; i < hi; i++)
    {
      double s = sin (w * i), c = cos (w * i);
      ss += s * s, cc += c * c, sc += s * c, xs += out[i] * s, xc += out[i] * c;
    }
  double det = ss * cc - sc * sc, a = 0, b = 0, in = 0, rest = 0;
  if (hz * ratio < 23900.0)
    a = (xs * cc - xc * sc) / det, b = (xc * ss - xs * sc) / det;
  double *error = g_new (double, n);
  for (unsigned i = 0; i < n; i++)
    error[i] = out[i] - a * sin (w * i) - b * cos (w * i);
  for (unsigned i = lo; i < hi; i++)
    {
      double y = 0;
      for (int k = -128; k <= 128; k++)   /* what lies below 20 kHz of the error */
        {
          double t = k, h = k == 0 ? 2.0 * 20500.0 / 48000.0 : sin (2.0 * M_PI * 20500.0 / 48000.0 * t) / (M_PI * t);
          y += error[(int) i + k] * h * (0.42 + 0.5 * cos (M_PI * t / 129) + 0.08 * cos (2 * M_PI * t / 129));
        }
      rest += y * y;
      in += 0.125;
    }
  *level_db = 10.0 * log10 ((a * a + b * b) / 0.25 + 1e-30);
  *rest_db = 10.0 * log10 (rest / in + 1e-30);
  g_free (error);
  g_free (data);
  g_free (out);
  tutti_sample_free (sample);
}

static void
bench_quality (void)
{
  static const int32_t pitches[] = { -2400, -1150, -500, -30, 30, 200, 300, 700, 1100, 1500, 1900, 2300, 2400 };
  static const double tones[] = { 1000, 5000, 10000, 14000, 16000, 18000, 20000 };

  g_print ("\nlevel / everything else below 20 kHz, dB; rows: pitch in cents, columns: tone in the sound\n%8s", "");
  for (unsigned t = 0; t < G_N_ELEMENTS (tones); t++)
    g_print ("%15.0f", tones[t]);
  for (unsigned p = 0; p < G_N_ELEMENTS (pitches); p++)
    {
      g_print ("\n%8d", pitches[p]);
      for (unsigned t = 0; t < G_N_ELEMENTS (tones); t++)
        {
          double level, rest;
          quality (tones[t], pitches[p], &level, &rest);
          g_print ("  %6.1f /%5.0f", MAX (level, -150), rest);
        }
    }
  g_print ("\n");
}

/* An argument leaves the slow quality table out. */
int
main (int argc, char **argv)
{
  tutti_sinc_init ();
  bool wide = tutti_sinc_wide;
  bench_voice ("voice, mono, unity", 1, 0);
  bench_voice ("voice, mono, +3.1 semitones", 1, 310);
  bench_voice ("voice, mono, -5 semitones", 1, -500);
  bench_voice ("voice, mono, +7 semitones", 1, 700);
  bench_voice ("voice, stereo, +7 semitones", 2, 700);
  tutti_sinc_wide = false;
  bench_voice ("voice, mono, +7, 4 lanes", 1, 700);
  tutti_sinc_wide = wide;
  bench_effects ();
  if (argc < 2)
    bench_quality ();
  return 0;
}
