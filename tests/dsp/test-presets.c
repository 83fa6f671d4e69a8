/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-any-voice.h"
#include "tutti-fingerprint.h"
#include "tutti-preset.h"

#include <glib.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "golden-presets.h"

/* Every preset is played and listened to: audible, in tune to 5 cents, as loud as the others of its category, silent after the
 * release, and the same bits as ever. Run with --print it prints the hashes. */

#define RATE 48000
#define SECONDS 12
#define FRAMES (SECONDS * RATE)
#define HELD (3 * RATE / 2)

static const TuttiLfoTime still = { 0, 0, 12000 };

typedef struct
{
  float left[FRAMES], right[FRAMES];
  int   last;                   /* frame at which the voice ended */
} Take;

static void
play (unsigned index, Take *take)
{
  const TuttiPreset *preset = tutti_preset_get (index);
  int16_t patch[TUTTI_N_PATCH_PARAMS];
  TuttiVoiceStart start = { .end_tick = 0, .level = 1.0f, .instrument = (uint8_t) preset->instrument, .model = (uint8_t) preset->model,
                            .root_cents = 100 * preset->root_note, .patch = patch, .seed = 7, .time = still };
  TuttiAnyVoice voice;

  memset (take, 0, sizeof *take);
  tutti_preset_patch (index, patch);
  g_assert_true (tutti_any_voice_start (&voice, &start));
  for (take->last = 0; take->last < FRAMES; take->last += TUTTI_BLOCK)
    {
      TuttiBlock block = { { 0 }, { 0 } };

      if (take->last == HELD)
        tutti_any_voice_release (&voice, HELD);
      if (!tutti_any_voice_run (&voice, take->last, &still, &block, TUTTI_VOICE_BOTH, true))
        break;
      memcpy (take->left + take->last, block.left, sizeof block.left);
      memcpy (take->right + take->last, block.right, sizeof block.right);
    }
}

/* ---- loudness ---- */

/* The loudest stretch, dB. */
static double
loudness (const Take *take, int stretch)
{
  double most = 0;

  for (int from = 0; from + stretch < 2 * RATE; from += stretch / 4)
    {
      double sum = 0;

      for (int i = from; i < from + stretch; i++)
        sum += (double) take->left[i] * take->left[i] + (double) take->right[i] * take->right[i];
      most = MAX (most, sum / (2 * stretch));
    }
  return 10 * log10 (most + 1e-12);
}

/* What those of a category should have; drums by their model, since a hat is no kick. */
static double
wanted_loudness (const TuttiPreset *preset)
{
  static const double categories[] = { -17, -17, -19, -19, -20, -19, -20, -19, -20, -19, -19 };
  static const double drums[TUTTI_N_DRUMS] = { -12, -17, -21, -24.5, -15, -21, -22, -22, -26 };

  return preset->instrument == TUTTI_INSTRUMENT_DRUM ? drums[preset->model] : categories[preset->category];
}

/* ---- pitch ---- */

/* Cents off by the likeness of the sound to itself some periods later: good for whatever repeats. */
static double
cents_by_likeness (const Take *take, int from, int n, double hz)
{
  int periods = (int) ceil (2400 * hz / RATE), best = 0;
  double most = -1e9, before = 0, top[3] = { 0 };
  int low = (int) (RATE / hz * periods * 0.98), high = (int) (RATE / hz * periods * 1.02) + 2;

  for (int lag = low - 1; lag <= high + 1; lag++)
    {
      double sum = 0;

      for (int i = from; i < from + n; i++)
        sum += ((double) take->left[i] + take->right[i]) * ((double) take->left[i + lag] + take->right[i + lag]);
      if (best == lag - 1 && best != 0)
        top[2] = sum;
      if (lag >= low && lag <= high && sum > most)
        {
          most = sum;
          best = lag;
          top[0] = before;
          top[1] = sum;
        }
      before = sum;
    }
  return 1200 * log2 (RATE * (double) periods / (best + 0.5 * (top[0] - top[2]) / (top[0] - 2 * top[1] + top[2])) / hz);
}

static double
phase_at (const Take *take, int from, int n, double hz)
{
  double re = 0, im = 0;

  for (int i = 0; i < n; i++)
    {
      double w = 0.5 - 0.5 * cos (2 * G_PI * i / n), x = (double) take->left[from + i] + take->right[from + i];

      re += w * x * cos (2 * G_PI * hz * (from + i) / RATE);
      im -= w * x * sin (2 * G_PI * hz * (from + i) / RATE);
    }
  return atan2 (im, re);
}

/* Cents off by how far the fundamental's phase runs ahead: good for bells, whose other tones are no multiples of it. */
static double
cents_by_phase (const Take *take, double hz)
{
  const int n = RATE / 5, apart = RATE / 20, from = RATE / 4;
  double turns = 0, last = phase_at (take, from, n, hz);

  for (int k = 1; k <= 10; k++)
    {
      double next = phase_at (take, from + k * apart, n, hz);

      turns += remainder (next - last, 2 * G_PI) / (2 * G_PI);
      last = next;
    }
  return 1200 * log2 (1 + turns / (10.0 * apart / RATE) / hz);
}

/* Beating voices, filters that move and tones that are no multiples each lead one of the ways astray at one time; all of them at once
 * err only about what is out of tune. */
static double
cents_off (const Take *take, double hz)
{
  double ways[] = { cents_by_likeness (take, RATE / 2, RATE / 2, hz), cents_by_likeness (take, RATE / 20, RATE / 4, hz),
                    cents_by_likeness (take, RATE / 4, RATE, hz), cents_by_phase (take, hz) };
  double best = 1200;

  /* Where nothing sounds any more there is no number. */
  for (unsigned i = 0; i < G_N_ELEMENTS (ways); i++)
    if (fabs (ways[i]) < fabs (best))
      best = ways[i];
  return best;
}

/* ---- the test ---- */

static uint64_t
hash_of (const Take *take)
{
  TuttiFingerprint print;

  tutti_fingerprint_reset (&print);
  tutti_fingerprint_feed (&print, take->left, take->right, FRAMES);
  return tutti_fingerprint_value (&print);
}

static void
check_levels (const TuttiPreset *preset, const Take *take)
{
  double loud = loudness (take, preset->instrument == TUTTI_INSTRUMENT_DRUM ? RATE / 10 : RATE / 5), peak = 0;

  for (int i = 0; i < FRAMES; i++)
    {
      g_assert_true (isfinite (take->left[i]) && isfinite (take->right[i]));
      peak = MAX (peak, MAX (fabs ((double) take->left[i]), fabs ((double) take->right[i])));
    }
  g_test_message ("%s: %.1f dB, peak %.1f dB", preset->id, loud, 20 * log10 (peak));
  g_assert_cmpfloat (fabs (loud - wanted_loudness (preset)), <, 3);
  g_assert_cmpfloat (peak, <, 0.9);
}

static void
check_silence (unsigned index, const Take *take)
{
  const TuttiPreset *preset = tutti_preset_get (index);
  int16_t patch[TUTTI_N_PATCH_PARAMS];
  int end;

  tutti_preset_patch (index, patch);
  end = preset->instrument == TUTTI_INSTRUMENT_DRUM
        ? RATE / 1000 * (50 + MAX (patch[TUTTI_PATCH_DRUM_DECAY], patch[TUTTI_PATCH_DRUM_NOISE_DECAY]))
        : HELD + MAX (RATE / 1000 * patch[TUTTI_PATCH_RELEASE], 192);
  g_assert_cmpint (take->last, <=, end + 2 * TUTTI_BLOCK);
  for (int i = take->last; i < FRAMES; i++)
    g_assert_true (take->left[i] == 0 && take->right[i] == 0);
}

static void
test_preset (gconstpointer data)
{
  unsigned index = GPOINTER_TO_UINT (data);
  const TuttiPreset *preset = tutti_preset_get (index);
  g_autofree Take *take = g_new (Take, 1);

  play (index, take);
  check_levels (preset, take);
  check_silence (index, take);
  if (preset->pitched)
    {
      double cents = cents_off (take, 440 * pow (2, (preset->root_note - 69) / 12.0));

      g_test_message ("%s: %+.1f cents", preset->id, cents);
      g_assert_cmpfloat (fabs (cents), <, 5);
    }
  g_assert_cmpuint (index, <, G_N_ELEMENTS (golden_presets));
  g_assert_cmphex (hash_of (take), ==, golden_presets[index]);
}

/* Names are found, none twice; at least as many as were promised, and all numbers in range. */
static void
test_table (void)
{
  guint n[TUTTI_N_INSTRUMENTS] = { 0 };

  for (guint i = 0; i < tutti_preset_count (); i++)
    {
      const TuttiPreset *preset = tutti_preset_get (i);
      int16_t patch[TUTTI_N_PATCH_PARAMS];

      g_assert_cmpint (tutti_preset_find (preset->instrument, preset->id), ==, (int) i);
      n[preset->instrument]++;
      tutti_preset_patch (i, patch);
      for (int p = 0; p < TUTTI_N_PATCH_PARAMS; p++)
        g_assert_true (patch[p] >= tutti_patch_ranges[p].min && patch[p] <= tutti_patch_ranges[p].max);
    }
  g_assert_cmpuint (n[TUTTI_INSTRUMENT_SYNTH], >=, 40);
  g_assert_cmpuint (n[TUTTI_INSTRUMENT_DRUM], ==, 33);
  g_assert_cmpint (tutti_preset_find (TUTTI_INSTRUMENT_SYNTH, "no-such"), ==, -1);
  g_assert_null (tutti_preset_get (tutti_preset_count ()));
}

static int
print_hashes (void)
{
  Take *take = g_new (Take, 1);

  for (unsigned i = 0; i < tutti_preset_count (); i++)
    {
      play (i, take);
      printf ("  UINT64_C (0x%016" PRIx64 "), /* %s */\n", hash_of (take), tutti_preset_get (i)->id);
    }
  g_free (take);
  return 0;
}

int
main (int argc, char **argv)
{
  tutti_synth_init ();
  if (argc > 1 && g_str_equal (argv[1], "--print"))
    return print_hashes ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/presets/table", test_table);
  for (unsigned i = 0; i < tutti_preset_count (); i++)
    {
      g_autofree char *path = g_strconcat ("/presets/", tutti_preset_get (i)->id, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_preset);
    }
  return g_test_run ();
}
