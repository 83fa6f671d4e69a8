/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laws that every effect keeps, over random settings and random cuts. */
#include "tutti-crush.h"
#include "tutti-delay.h"
#include "tutti-effect.h"
#include "tutti-filter.h"
#include "tutti-limiter.h"
#include "tutti-math.h"
#include "tutti-reverb.h"

#include "dsp-test.h"
#include <math.h>

typedef struct
{
  const char *name;
  gsize       size;
  void (*reset) (gpointer effect);
  void (*set) (gpointer effect, GRand *rand);
  void (*apply) (gpointer effect, TuttiBlock *block, gint64 frame, unsigned from, unsigned to);
  bool (*silent) (gconstpointer effect);
  unsigned blocks_to_silence;   /* after loud noise, with the longest setting */
  bool     splits;              /* works on parts of a block */
} Effect;

static void reset_filter (gpointer e) { tutti_filter_reset (e); }
static void reset_crush (gpointer e) { tutti_crush_reset (e); }
static void reset_delay (gpointer e) { tutti_delay_reset (e); }
static void reset_reverb (gpointer e) { tutti_reverb_reset (e); }
static void reset_limiter (gpointer e) { tutti_limiter_reset (e); }

static void
set_filter (gpointer e, GRand *r)
{
  tutti_filter_set (e, (TuttiFilterMode) g_rand_int_range (r, 0, 3), g_rand_int_range (r, 0, 15000),
                    g_rand_int_range (r, -10, 1100));
}

static void
set_crush (gpointer e, GRand *r)
{
  tutti_crush_set (e, g_rand_int_range (r, 0, 200), g_rand_int_range (r, 0, 80));
}

static void
set_delay (gpointer e, GRand *r)
{
  tutti_delay_set (e, (guint32) (g_rand_boolean (r) ? g_rand_int_range (r, 0, 400) : g_rand_int_range (r, 90000, 98000)),
                   g_rand_int_range (r, 0, 1000), g_rand_int_range (r, 0, 1001), g_rand_int_range (r, 0, 2) * 1000,
                   g_rand_int_range (r, 0, 1001));
}

static void
set_reverb (gpointer e, GRand *r)
{
  TuttiReverbValues values = { g_rand_int_range (r, 0, 12000), g_rand_int_range (r, 0, 1001), g_rand_int_range (r, 0, 200),
                               g_rand_int_range (r, 0, 1001), g_rand_int_range (r, 0, 2001), g_rand_int_range (r, 0, 1001) };

  tutti_reverb_set (e, &values);
}

static void
set_limiter (gpointer e, GRand *r)
{
}

static void
apply_filter (gpointer e, TuttiBlock *b, gint64 frame, unsigned from, unsigned to)
{
  tutti_filter_apply (e, b, from, to);
}

static void
apply_crush (gpointer e, TuttiBlock *b, gint64 frame, unsigned from, unsigned to)
{
  tutti_crush_apply (e, b, frame, from, to);
}

static void
apply_delay (gpointer e, TuttiBlock *b, gint64 frame, unsigned from, unsigned to)
{
  tutti_delay_run (e, b);
}

static void
apply_reverb (gpointer e, TuttiBlock *b, gint64 frame, unsigned from, unsigned to)
{
  tutti_reverb_run (e, b, frame);
}

static void
apply_limiter (gpointer e, TuttiBlock *b, gint64 frame, unsigned from, unsigned to)
{
  tutti_limiter_apply (e, b, from, to);
}

static bool silent_filter (gconstpointer e) { return tutti_filter_silent (e); }
static bool silent_delay (gconstpointer e) { return tutti_delay_silent (e); }
static bool silent_reverb (gconstpointer e) { return tutti_reverb_silent (e); }

static const Effect effects[] = {
  { "filter", sizeof (TuttiFilter), reset_filter, set_filter, apply_filter, silent_filter, 5000, true },
  { "crush", sizeof (TuttiCrush), reset_crush, set_crush, apply_crush, NULL, 4, true },
  { "delay", sizeof (TuttiDelay), reset_delay, set_delay, apply_delay, silent_delay, 600000, false },
  { "reverb", sizeof (TuttiReverb), reset_reverb, set_reverb, apply_reverb, silent_reverb, 60000, false },
  { "limiter", sizeof (TuttiLimiter), reset_limiter, set_limiter, apply_limiter, NULL, 514, true },
};

/* Whole blocks on one copy, random cuts on another, the same changes of setting in the middle: the same bits. */
static void
test_split (gconstpointer data)
{
  const Effect *effect = data;
  g_autofree gpointer memory_a = g_malloc (effect->size + 64), memory_b = g_malloc (effect->size + 64);
  gpointer a = (gpointer) (((gsize) memory_a + 63) & ~(gsize) 63), b = (gpointer) (((gsize) memory_b + 63) & ~(gsize) 63);
  GRand *rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  guint32 seed = g_rand_int (rand);

  effect->reset (a);
  effect->reset (b);
  for (gint64 block = 0; block < 1500; block++)
    {
      TuttiBlock whole, split;
      unsigned cut[TUTTI_BLOCK + 1], n = dsp_test_cuts (cut);
      gboolean change = g_rand_int_range (rand, 0, 20) == 0;
      /* Told after some piece, the last at the latest, and heard from the next block on, in both. */
      unsigned when = (unsigned) g_rand_int_range (rand, 1, (gint32) n);

      dsp_test_noise_block (&seed, &whole, block / 100 % 3 == 2 ? 0.0f : 1.5f);
      split = whole;
      effect->apply (a, &whole, block * TUTTI_BLOCK, 0, TUTTI_BLOCK);
      for (unsigned i = 1; i < n; i++)
        {
          effect->apply (b, &split, block * TUTTI_BLOCK, cut[i - 1], cut[i]);
          if (change && i == when)
            {
              GRand *same = g_rand_copy (rand);
              effect->set (a, rand);
              effect->set (b, same);
              g_rand_free (same);
            }
        }
      if (!dsp_test_same (&whole, &split))
        g_error ("%s: block %" G_GINT64_FORMAT " differs", effect->name, block);
    }
  g_rand_free (rand);
}

/* Loud noise into the longest settings stays finite and bounded, and silence afterwards ends in exact silence. */
static void
test_bounded (gconstpointer data)
{
  const Effect *effect = data;
  g_autofree gpointer memory = g_malloc (effect->size + 64);
  gpointer e = (gpointer) (((gsize) memory + 63) & ~(gsize) 63);
  guint32 seed = 5;
  float most = 0.0f;

  effect->reset (e);
  if (effect->apply == apply_delay)
    tutti_delay_set (e, 200, 5000, 0, 1000, 1000);
  else if (effect->apply == apply_reverb)
    tutti_reverb_set (e, &(TuttiReverbValues) { 99999, 0, 160, 1000, 2000, 1000 });
  else if (effect->apply == apply_filter)
    tutti_filter_set (e, TUTTI_FILTER_LOW, 3000, 1000);
  for (gint64 block = 0; block < 3000; block++)
    {
      TuttiBlock loud;

      dsp_test_noise_block (&seed, &loud, 1.0f);
      effect->apply (e, &loud, block * TUTTI_BLOCK, 0, TUTTI_BLOCK);
      for (unsigned i = 0; i < TUTTI_BLOCK; i++)
        most = MAX (most, MAX (fabsf (loud.left[i]), fabsf (loud.right[i])));
      g_assert_cmpfloat (most, <, 40.0f);
    }
  bool silent = false;
  TuttiBlock x = { 0 }, silence = { 0 };
  for (unsigned block = 0; block < effect->blocks_to_silence && !silent; block++)
    {
      memset (&x, 0, sizeof x);
      effect->apply (e, &x, (gint64) block * TUTTI_BLOCK, 0, TUTTI_BLOCK);
      silent = effect->silent != NULL && effect->silent (e);
    }
  g_assert_true (effect->silent == NULL || silent);
  memset (&x, 0, sizeof x);
  effect->apply (e, &x, 0, 0, TUTTI_BLOCK);
  g_assert_true (dsp_test_same (&x, &silence));
}

/* Gain of the filter at a frequency, from its impulse response. */
static double
filter_gain (TuttiFilterMode mode, int cutoff, int resonance, double hz)
{
  TuttiFilter filter;
  double re = 0, im = 0;

  tutti_filter_reset (&filter);
  tutti_filter_set (&filter, mode, cutoff, resonance);
  for (int b = 0; b < 400; b++)
    {
      TuttiBlock x = { 0 };

      x.left[0] = b == 0 ? 1.0f : 0.0f;
      tutti_filter_apply (&filter, &x, 0, TUTTI_BLOCK);
      for (int i = 0; i < TUTTI_BLOCK; i++)
        {
          double w = 2.0 * M_PI * hz / TUTTI_RATE * (b * TUTTI_BLOCK + i);
          re += x.left[i] * cos (w);
          im += x.left[i] * sin (w);
        }
    }
  return sqrt (re * re + im * im);
}

/* Against the analogue prototype, at the warped frequency. */
static void
test_filter_response (void)
{
  for (int round = 0; round < 60; round++)
    {
      int cutoff = g_test_rand_int_range (6000, 13001), resonance = g_test_rand_int_range (0, 801);
      double fc = 440.0 * exp2 ((cutoff - 6900) / 1200.0), hz = g_test_rand_double_range (100.0, 20000.0);
      double k = sqrt (2.0) * exp2 (-4.5 * resonance / 1000.0);
      double w = tan (M_PI * hz / TUTTI_RATE) / tan (M_PI * fc / TUTTI_RATE);
      double below = sqrt ((1 - w * w) * (1 - w * w) + k * k * w * w);

      g_assert_cmpfloat_with_epsilon (filter_gain (TUTTI_FILTER_LOW, cutoff, resonance, hz), 1.0 / below, 2e-3 / below + 1e-4);
      g_assert_cmpfloat_with_epsilon (filter_gain (TUTTI_FILTER_BAND, cutoff, resonance, hz), k * w / below, 2e-3 / below + 1e-4);
      g_assert_cmpfloat_with_epsilon (filter_gain (TUTTI_FILTER_HIGH, cutoff, resonance, hz), w * w / below,
                                      2e-3 * w * w / below + 1e-4);
    }
}

/* Four side by side are four one by one, to the bit; also with holes. */
static void
test_filter_four (void)
{
  TuttiFilter one[4], four[4];
  GRand *rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  guint32 seed = g_rand_int (rand);

  for (int t = 0; t < 4; t++)
    tutti_filter_reset (&one[t]);
  memcpy (four, one, sizeof one);
  for (int block = 0; block < 2000; block++)
    {
      TuttiBlock a[4], b[4], *blocks[4];
      TuttiFilter *filters[4];

      for (int t = 0; t < 4; t++)
        {
          gboolean there = g_rand_int_range (rand, 0, 8) != 0;

          if (g_rand_int_range (rand, 0, 10) == 0)
            set_filter (&one[t], rand);
          four[t].aim = one[t].aim;
          dsp_test_noise_block (&seed, &a[t], 1.0f);
          b[t] = a[t];
          filters[t] = there ? &four[t] : NULL;
          blocks[t] = &b[t];
          if (there)
            tutti_filter_apply (&one[t], &a[t], 0, TUTTI_BLOCK);
        }
      tutti_filter_apply4 (filters, blocks);
      for (int t = 0; t < 4; t++)
        g_assert_true (dsp_test_same (&a[t], &b[t]));
    }
  g_rand_free (rand);
}

static void
test_delay_in_time (void)
{
  TuttiDelay *delay = g_new (TuttiDelay, 1);
  float first = 0, second = 0, elsewhere = 0;

  g_assert_cmpuint (tutti_delay_frames (960, 12000), ==, 24000);
  g_assert_cmpuint (tutti_delay_frames (720, 12000), ==, 18000);
  g_assert_cmpuint (tutti_delay_frames (3840, 2000), ==, 72000);
  g_assert_cmpuint (tutti_delay_frames (-5, 30000), ==, TUTTI_DELAY_MIN_FRAMES);
  g_assert_cmpuint (tutti_delay_frames (G_MAXINT64, 1), <=, TUTTI_DELAY_MAX_FRAMES);

  tutti_delay_reset (delay);
  tutti_delay_set (delay, 1000, 500, 0, 0, 1000);
  for (unsigned frame = 0; frame < 3200; frame += TUTTI_BLOCK)
    {
      TuttiBlock x = { 0 };

      x.left[0] = frame == 0 ? 1.0f : 0.0f;
      tutti_delay_run (delay, &x);
      for (unsigned i = 0; i < TUTTI_BLOCK; i++)
        *(frame + i == 1000 ? &first : frame + i == 2000 ? &second : &elsewhere) += fabsf (x.left[i]);
    }
  g_assert_true (first == 1.0f);
  g_assert_true (second == 0.5f);
  g_assert_cmpfloat_with_epsilon (elsewhere, 0.25, 1e-6);  /* the third, at 3000 */
  g_free (delay);
}

static void
test_limiter (void)
{
  TuttiLimiter limiter, late;
  guint32 seed = 9;
  TuttiBlock before = { 0 };

  /* Quiet sound passes to the bit, one block later. */
  tutti_limiter_reset (&limiter);
  for (int b = 0; b < 200; b++)
    {
      TuttiBlock x, in;

      dsp_test_noise_block (&seed, &x, 0.9f);
      in = x;
      tutti_limiter_apply (&limiter, &x, 0, TUTTI_BLOCK);
      g_assert_true (dsp_test_same (&x, &before));
      before = in;
    }
  /* However loud, nothing above the ceiling; what is no number does not get through. A limiter that started late agrees in the end. */
  tutti_limiter_reset (&late);
  for (int b = 0; b < 4000; b++)
    {
      TuttiBlock x, y;
      float level = (float) exp2 (g_test_rand_double_range (-4.0, b < 1500 ? 6.0 : 0.5));

      dsp_test_noise_block (&seed, &x, level);
      if (b == 700)
        x.left[3] = NAN, x.right[9] = INFINITY, x.right[10] = -INFINITY;
      y = x;
      tutti_limiter_apply (&limiter, &x, 0, TUTTI_BLOCK);
      for (int i = 0; i < TUTTI_BLOCK; i++)
        g_assert_true (fabsf (x.left[i]) <= TUTTI_LIMITER_CEILING && fabsf (x.right[i]) <= TUTTI_LIMITER_CEILING);
      if (b >= 2000)
        tutti_limiter_apply (&late, &y, 0, TUTTI_BLOCK);
      if (b >= 3000)
        g_assert_true (dsp_test_same (&x, &y));
    }
  /* A constant is no sound: it goes down to the part that is left to music. */
  for (int b = 0; b < 1100; b++)
    {
      for (int i = 0; i < TUTTI_BLOCK; i++)
        before.left[i] = 0.5f, before.right[i] = -0.25f;
      tutti_limiter_apply (&limiter, &before, 0, TUTTI_BLOCK);
    }
  g_assert_cmpfloat (fabsf (before.left[63]), <, 0.0101f);
  g_assert_cmpfloat (fabsf (before.right[63]), <, 0.0101f);
}

static void
test_crush (void)
{
  TuttiCrush crush;
  TuttiBlock x, in;
  guint32 seed = 3;

  tutti_crush_reset (&crush);
  dsp_test_noise_block (&seed, &x, 2.0f);
  in = x;
  tutti_crush_apply (&crush, &x, 0, 0, TUTTI_BLOCK);
  g_assert_true (dsp_test_same (&x, &in));

  /* 2 bits: halves; every fourth frame of the session. */
  tutti_crush_set (&crush, 20, 4);
  tutti_crush_apply (&crush, &x, 2, 0, TUTTI_BLOCK);
  for (unsigned i = 2; i < TUTTI_BLOCK; i++)
    {
      g_assert_true (x.left[i] * 2.0f == roundf (x.left[i] * 2.0f));
      g_assert_cmpfloat_with_epsilon (x.left[i], in.left[(i - 2) / 4 * 4 + 2], 0.2500001);
    }
}

/* Blocks of the same noise through one effect, each time from silence; the last of them. */
static TuttiBlock
last_of_three (const TuttiScoreEffect *first, const TuttiScoreEffect *then)
{
  TuttiEffectContext context = { { 0, 0, 12000 }, NULL, NULL, 0, false };
  TuttiEffect effect;
  TuttiBlock x;
  guint32 seed = 9;

  tutti_effect_reset (&effect);
  for (int b = 0; b < 3; b++)
    {
      dsp_test_noise_block (&seed, &x, 0.8f);
      tutti_effect_aim (&effect, b < 2 ? first : then);
      context.time.frame = b * TUTTI_BLOCK;
      tutti_effect_run (&effect, &x, &context);
    }
  return x;
}

static TuttiBlock
last_dry (void)
{
  static const TuttiScoreEffect none;

  return last_of_three (&none, &none);
}

/* The level scales what comes out, the share blends it with the dry sound, and a change of either glides over one block. */
static void
test_blend (void)
{
  const TuttiScoreEffect loud = { .kind = TUTTI_SCORE_EFFECT_DRIVE, .on = true, .params = { 500, 1000 } };
  const TuttiScoreEffect half = { .kind = TUTTI_SCORE_EFFECT_DRIVE, .on = true, .params = { 500, 500 } };
  const TuttiScoreEffect wet = { .kind = TUTTI_SCORE_EFFECT_CRUSH, .on = true, .params = { 3, 4, 1000 } };
  const TuttiScoreEffect dry = { .kind = TUTTI_SCORE_EFFECT_CRUSH, .on = true, .params = { 3, 4, 0 } };
  const TuttiScoreEffect both = { .kind = TUTTI_SCORE_EFFECT_CRUSH, .on = true, .params = { 3, 4, 250 } };
  TuttiBlock in = last_dry (), full = last_of_three (&loud, &loud), low = last_of_three (&half, &half), fall = last_of_three (&loud, &half);
  TuttiBlock crushed = last_of_three (&wet, &wet), blended = last_of_three (&both, &both), untouched = last_of_three (&dry, &dry);

  g_assert_true (dsp_test_same (&untouched, &in));
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    {
      float share = (float) (i + 1) / TUTTI_BLOCK;

      g_assert_cmpfloat_with_epsilon (low.left[i], full.left[i] * 0.5f, 1e-7f);
      g_assert_cmpfloat_with_epsilon (fall.left[i], full.left[i] * (1.0f - 0.5f * share), 0.02f);
      g_assert_cmpfloat_with_epsilon (blended.right[i], in.right[i] + (crushed.right[i] - in.right[i]) * 0.25f, 1e-6f);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (effects); i++)
    {
      g_autofree char *split = g_strdup_printf ("/dsp/effects/split/%s", effects[i].name);
      g_autofree char *bounded = g_strdup_printf ("/dsp/effects/bounded/%s", effects[i].name);

      if (effects[i].splits)
        g_test_add_data_func (split, &effects[i], test_split);
      g_test_add_data_func (bounded, &effects[i], test_bounded);
    }
  g_test_add_func ("/dsp/effects/filter-response", test_filter_response);
  g_test_add_func ("/dsp/effects/filter-four", test_filter_four);
  g_test_add_func ("/dsp/effects/delay-in-time", test_delay_in_time);
  g_test_add_func ("/dsp/effects/limiter", test_limiter);
  g_test_add_func ("/dsp/effects/crush", test_crush);
  g_test_add_func ("/dsp/effects/blend", test_blend);
  return g_test_run ();
}
