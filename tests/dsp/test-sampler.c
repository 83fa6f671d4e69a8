/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix-test.h"

#include "tutti-any-voice.h"
#include "tutti-math.h"
#include "tutti-synth.h"

#include <math.h>

/* The sampler: loops, backwards, hold, filter, zones. */

static const TuttiLfoTime still = { 0, 0, 12000 };

typedef struct
{
  TuttiSample *sample;
  gint16       patch[TUTTI_N_PATCH_PARAMS];
  gint16       params[TUTTI_SCORE_N_PARAMS];
  int          cents;
  gint64       released;       /* frame; −1 never */
} Hit;

static Hit
hit_of (TuttiSample *sample)
{
  Hit hit = { .sample = sample, .released = -1 };

  tutti_patch_fill_sampler (hit.patch);
  for (int i = 0; i < TUTTI_SCORE_N_PARAMS; i++)
    hit.params[i] = tutti_param_ranges[i].initial;
  return hit;
}

/* @n frames (whole blocks) of it, the left side. (transfer full) */
static float *
strike (const Hit *hit, gint64 n)
{
  TuttiVoiceStart start = { .sample = hit->sample, .end_tick = 0, .level = 1.0f, .params = hit->params, .patch = hit->patch,
                            .cents = hit->cents, .cents_from = hit->cents, .root_cents = 6000, .time = still,
                            .shaped = tutti_sampler_shapes (hit->patch) };
  float *out = g_new0 (float, n);
  TuttiAnyVoice voice;

  g_assert_true (tutti_any_voice_start (&voice, &start));
  for (gint64 frame = 0; frame < n; frame += TUTTI_BLOCK)
    {
      TuttiBlock block = { { 0 }, { 0 } };
      bool lives;

      if (hit->released >= frame && hit->released < frame + TUTTI_BLOCK)
        tutti_any_voice_release (&voice, hit->released);
      lives = tutti_any_voice_run (&voice, frame, &still, &block, TUTTI_VOICE_LEFT, true);
      memcpy (out + frame, block.left, sizeof block.left);
      if (!lives)
        break;
    }
  return out;
}

static TuttiSample *
noise (guint32 n, gboolean turned)
{
  g_autofree float *frames = g_new (float, n);
  guint32 x = 1;

  for (guint32 i = 0; i < n; i++)
    {
      x = x * 1664525u + 1013904223u;
      frames[turned ? n - 1 - i : i] = (float) (gint32) x * (0.5f / 2147483648.0f);
    }
  return tutti_sample_new (frames, 1, n);
}

static TuttiSample *
tone (guint32 n, double hz)
{
  g_autofree float *frames = g_new (float, n);

  for (guint32 i = 0; i < n; i++)
    frames[i] = (float) (0.5 * sin (2.0 * G_PI * hz * i / TUTTI_RATE));
  return tutti_sample_new (frames, 1, n);
}

/* Backwards it is the turned sound played forwards, to the bit; from and to the same places. */
static void
test_backwards (void)
{
  TuttiSample *sound = noise (9000, FALSE), *turned = noise (9000, TRUE);
  Hit one = hit_of (sound), other = hit_of (turned);

  for (int round = 0; round < 2; round++)
    {
      g_autofree float *backwards = NULL, *forwards = NULL;

      one.patch[TUTTI_PATCH_REVERSE] = 1;
      if (round == 1)
        {
          one.params[TUTTI_SCORE_PARAM_START] = 200;
          one.params[TUTTI_SCORE_PARAM_END] = 700;
          other.params[TUTTI_SCORE_PARAM_START] = 300;
          other.params[TUTTI_SCORE_PARAM_END] = 800;
        }
      backwards = strike (&one, 160 * TUTTI_BLOCK);
      forwards = strike (&other, 160 * TUTTI_BLOCK);
      g_assert_cmpfloat (fabsf (backwards[3]), >, 0.0f);
      g_assert_cmpint (memcmp (backwards, forwards, (round == 0 ? 9000 : 4400) * sizeof (float)), ==, 0);
    }
  tutti_sample_free (sound);
  tutti_sample_free (turned);
}

/* A plain hit and one that has to go the long way because of a drive of nothing sound alike. */
static void
test_same_as_plain (void)
{
  TuttiSample *sound = noise (30000, FALSE);
  Hit plain = hit_of (sound), shaped = hit_of (sound);
  g_autofree float *one = NULL, *two = NULL;

  plain.params[TUTTI_SCORE_PARAM_ATTACK] = shaped.params[TUTTI_SCORE_PARAM_ATTACK] = 3;
  plain.params[TUTTI_SCORE_PARAM_DECAY] = shaped.params[TUTTI_SCORE_PARAM_DECAY] = 50;
  plain.params[TUTTI_SCORE_PARAM_SUSTAIN] = shaped.params[TUTTI_SCORE_PARAM_SUSTAIN] = 400;
  plain.patch[TUTTI_PATCH_HOLD] = shaped.patch[TUTTI_PATCH_HOLD] = 20;
  plain.cents = shaped.cents = 333;
  plain.released = shaped.released = 12345;
  /* A loop that is never reached. */
  shaped.patch[TUTTI_PATCH_LOOP] = TUTTI_SAMPLER_LOOP;
  shaped.patch[TUTTI_PATCH_LOOP_START] = 9000;
  one = strike (&plain, 250 * TUTTI_BLOCK);
  two = strike (&shaped, 250 * TUTTI_BLOCK);
  for (int i = 0; i < 250 * TUTTI_BLOCK; i++)
    g_assert_cmpfloat (fabsf (one[i] - two[i]), <, 1e-6f);
  tutti_sample_free (sound);
}

/* A note that dies away never gets louder again, wherever in a block its sound ends. */
static void
test_ends_while_falling (void)
{
  enum { N = 96 * TUTTI_BLOCK, RELEASED = 3000 };

  for (guint32 length = 4801; length < 4801 + 2 * TUTTI_BLOCK; length += 7)
    {
      g_autofree float *level = g_new (float, length);

      for (guint32 i = 0; i < length; i++)
        level[i] = 0.5f;
      TuttiSample *sample = tutti_sample_new (level, 1, length);
      Hit hit = hit_of (sample);

      hit.patch[TUTTI_PATCH_REVERSE] = 1;
      hit.params[TUTTI_SCORE_PARAM_RELEASE] = 200;
      hit.released = RELEASED;
      g_autofree float *out = strike (&hit, N);

      for (int i = RELEASED; i < N - 1; i++)
        g_assert_cmpfloat (out[i + 1], <=, out[i] + 1e-5f);
      tutti_sample_free (sample);
    }
}

static void
test_hold (void)
{
  g_autofree float *frames = g_new (float, 20000), *out = NULL;
  TuttiSample *sound;
  Hit hit;

  for (int i = 0; i < 20000; i++)
    frames[i] = 0.5f;
  sound = tutti_sample_new (frames, 1, 20000);
  hit = hit_of (sound);
  hit.params[TUTTI_SCORE_PARAM_ATTACK] = 10;
  hit.params[TUTTI_SCORE_PARAM_DECAY] = 20;
  hit.params[TUTTI_SCORE_PARAM_SUSTAIN] = 500;
  hit.patch[TUTTI_PATCH_HOLD] = 30;
  out = strike (&hit, 200 * TUTTI_BLOCK);
  g_assert_cmpfloat_with_epsilon (out[240], 0.25f, 1e-3);
  for (int i = 480; i <= 480 + 1440; i++)
    g_assert_cmpfloat_with_epsilon (out[i], 0.5f, 1e-6);
  g_assert_cmpfloat (out[480 + 1440 + 100], <, 0.49f);
  g_assert_cmpfloat_with_epsilon (out[480 + 1440 + 960], 0.25f, 1e-6);
  tutti_sample_free (sound);
}

static float
steepest (const float *x, int from, int to)
{
  float most = 0.0f;

  for (int i = from + 1; i < to; i++)
    most = MAX (most, fabsf (x[i] - x[i - 1]));
  return most;
}

/* A tone that does not fit its loop: nowhere is the way from frame to frame longer than in the tone itself; and it goes on for long. */
static void
test_seam (void)
{
  static const struct { int start, end, fade, cents, reverse; } cases[] = {
    { 3000, 8000, 20, 0, 0 }, { 3000, 8000, 0, 0, 0 }, { 3000, 8000, 300, 700, 0 }, { 100, 9900, 8, -500, 0 },
    { 0, 6000, 20, 0, 0 }, { 5000, 10000, 20, 1200, 0 }, { 2000, 7000, 20, 0, 1 }, { 0, 7000, 20, -1200, 1 },
  };
  TuttiSample *sound = tone (20000, 431.7);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Hit hit = hit_of (sound);
      const int n = 1200 * TUTTI_BLOCK;
      g_autofree float *out = NULL;
      float speed = (float) pow (2.0, cases[i].cents / 1200.0), alone = (float) (G_PI * 431.7 / TUTTI_RATE) * speed;

      hit.patch[TUTTI_PATCH_LOOP] = TUTTI_SAMPLER_LOOP;
      hit.patch[TUTTI_PATCH_LOOP_START] = (gint16) cases[i].start;
      hit.patch[TUTTI_PATCH_LOOP_END] = (gint16) cases[i].end;
      hit.patch[TUTTI_PATCH_LOOP_FADE] = (gint16) cases[i].fade;
      hit.patch[TUTTI_PATCH_REVERSE] = (gint16) cases[i].reverse;
      hit.cents = cases[i].cents;
      out = strike (&hit, n);
      /* The sound begins with a corner. The fade's own slope is added: at most the tone's height over its length. */
      g_assert_cmpfloat (steepest (out, 100, n), <, alone * 1.01f + speed / (float) MAX (64, 48 * cases[i].fade));
      g_assert_cmpfloat (steepest (out, n - 4000, n), >, alone * 0.2f);
    }
  tutti_sample_free (sound);
}

/* The loudest of what is no tone of @hz, in dB below it: what is left after the best sine is taken away. */
static double
residue (const float *x, int n, double hz)
{
  double a = 0, b = 0, left = 0, power = 0;

  for (int i = 0; i < n; i++)
    {
      double w = 2.0 * G_PI * hz * i / TUTTI_RATE;

      a += x[i] * cos (w) * 2.0 / n;
      b += x[i] * sin (w) * 2.0 / n;
    }
  for (int i = 0; i < n; i++)
    {
      double w = 2.0 * G_PI * hz * i / TUTTI_RATE, tone_part = a * cos (w) + b * sin (w);

      power += tone_part * tone_part;
      left += (x[i] - tone_part) * (x[i] - tone_part);
    }
  return 10.0 * log10 (left / power);
}

/* A loop of whole periods is the tone for ever: the interpolator reads across the seam as if there were none. */
static void
test_period_loop (void)
{
  TuttiSample *sound = tone (20000, 480.0);   /* 100 frames a period */

  for (int cents = -2400; cents <= 2400; cents += 700)
    {
      Hit hit = hit_of (sound);
      g_autofree float *out = NULL;
      double hz = 480.0 * pow (2.0, cents / 1200.0);
      int periods = (int) (hz * 0.9);

      hit.patch[TUTTI_PATCH_LOOP] = TUTTI_SAMPLER_LOOP;
      hit.patch[TUTTI_PATCH_LOOP_START] = 5000;
      hit.patch[TUTTI_PATCH_LOOP_END] = 5050; /* one period */
      hit.patch[TUTTI_PATCH_LOOP_FADE] = 10;
      hit.cents = cents;
      out = strike (&hit, 2400 * TUTTI_BLOCK);
      g_assert_cmpfloat (residue (out + 100000, (int) lround (periods * TUTTI_RATE / hz), hz), <, -80.0);
    }
  tutti_sample_free (sound);
}

/* Until the note ends; then on to the end of the sound. */
static void
test_held_loop (void)
{
  TuttiSample *sound = tone (20000, 480.0);
  Hit hit = hit_of (sound);
  g_autofree float *out = NULL;

  hit.patch[TUTTI_PATCH_LOOP] = TUTTI_SAMPLER_LOOP_HELD;
  hit.patch[TUTTI_PATCH_LOOP_START] = 2500;
  hit.patch[TUTTI_PATCH_LOOP_END] = 5000;
  hit.params[TUTTI_SCORE_PARAM_RELEASE] = 10000;
  hit.released = 60000;
  out = strike (&hit, 1500 * TUTTI_BLOCK);
  g_assert_cmpfloat (steepest (out, 55000, 59000), >, 0.02f);
  g_assert_cmpfloat (steepest (out, 68000, 70000), >, 0.005f);
  /* At most to the end of the loop it is in, then half of the sound. */
  g_assert_cmpfloat (steepest (out, 60000 + 5000 + 10000 + 2 * TUTTI_BLOCK, 1500 * TUTTI_BLOCK), ==, 0.0f);
  tutti_sample_free (sound);
}

/* Tones through the filter come out as the two poles say. */
static void
test_filter (void)
{
  static const double hz[] = { 100, 400, 632.455532, 1000, 2500 };

  for (gsize i = 0; i < G_N_ELEMENTS (hz); i++)
    {
      TuttiSample *sound = tone (60000, hz[i]);
      Hit hit = hit_of (sound);
      const double cut = 632.455532, k = 0.04 + 1.3742136;   /* half-way from 20 Hz to 20 kHz, no resonance */
      double g = tan (G_PI * cut / TUTTI_RATE), w = tan (G_PI * hz[i] / TUTTI_RATE) / g, power = 0;
      double wanted = 1.0 / sqrt ((1 - w * w) * (1 - w * w) + k * k * w * w);
      g_autofree float *out = NULL;

      hit.patch[TUTTI_PATCH_FILTER] = TUTTI_VCF_LOW12;
      hit.patch[TUTTI_PATCH_CUTOFF] = 500;
      out = strike (&hit, 800 * TUTTI_BLOCK);
      for (int n = 0; n < 24000; n++)
        power += (double) out[20000 + n] * out[20000 + n] / 24000.0;
      g_assert_cmpfloat_with_epsilon (20.0 * log10 (sqrt (2.0 * power) / 0.5), 20.0 * log10 (wanted), 0.1);
      tutti_sample_free (sound);
    }
}

/* ---- zones ---- */

#define SECOND INT64_C (48000)

static TuttiScoreSound *
level_sound (float level)
{
  float frames[3000];

  for (int i = 0; i < 3000; i++)
    frames[i] = i % 8 < 4 ? level : -level;
  return tutti_score_sound_new (tutti_sample_new (frames, 1, 3000));
}

static void
add_zone (TuttiScoreTrack *track, float level, int key_low, int key_high, int soft, int hard, int root)
{
  TuttiScoreSound *sound = level_sound (level);
  TuttiScoreZone zone = { sound, (guint8) key_low, (guint8) key_high, (guint8) soft, (guint8) hard, (guint8) root, 0, 0, 0 };

  g_assert_true (tutti_score_track_add_zone (track, &zone));
  tutti_score_sound_unref (sound);
}

/* Renders 16ths of 6000 frames from @from; what level each of @n steps has in its middle. */
static void
levels_of (TuttiScore *score, gint64 from, int n, float *levels)
{
  TuttiMix *mix = tutti_mix_new (NULL);
  g_autofree float *out = g_new0 (float, 2 * 6000 * (gsize) n);

  g_assert_true (tutti_mix_push_score (mix, score));
  render (mix, from, from + 6000 * n, 777, out);
  for (int i = 0; i < n; i++)
    levels[i] = loudest (out + 2 * (6000 * i + 1500), 100);
  tutti_mix_free (mix);
}

static TuttiScore *
zone_score (TuttiScoreTrack *track, TuttiScoreClip *clip)
{
  TuttiScore *score = tutti_score_new ();

  score->transport.segments[0].playing = true;
  tutti_score_track_set_current (track, clip, 0);
  g_assert_true (tutti_score_track_seal_zones (track));
  tutti_score_add_track (score, track);
  return score;
}

/* Three loud zones at one key take turns over rounds of four hits, whatever lies between; softer hits have a zone of their own. */
static void
test_turns (void)
{
  TuttiScoreTrack *track = tutti_score_track_new (1);
  TuttiScoreClip *clip = tutti_score_clip_new (6, 240);
  float levels[30], again[12];
  static const int loud[4] = { 0, 2, 3, 5 };

  add_zone (track, 0.1f, 60, 60, 100, 127, 60);
  add_zone (track, 0.2f, 60, 60, 100, 127, 60);
  add_zone (track, 0.3f, 60, 60, 100, 127, 60);
  add_zone (track, 0.05f, 60, 61, 1, 99, 60);
  for (int i = 0; i < 4; i++)
    clip->steps[loud[i]].velocity = 127;
  clip->steps[1].velocity = 90;
  clip->steps[4].velocity = 127;
  clip->steps[4].pitch = 7;    /* no zone: silent */
  levels_of (zone_score (track, tutti_score_clip_ref (clip)), 0, 30, levels);
  for (int i = 0, hit = 0; i < 30; i++)
    {
      static const float wanted[3] = { 0.1f, 0.2f, 0.3f };

      if (i % 6 == 4)
        g_assert_cmpfloat (levels[i], ==, 0.0f);
      else if (i % 6 == 1)
        g_assert_cmpfloat_with_epsilon (levels[i], 0.05f * (90.0f * 90.0f) / 16129.0f, 0.003);
      else
        g_assert_cmpfloat_with_epsilon (levels[i], wanted[hit++ % 3], 0.01);
    }
  /* Whoever comes later counts the same. */
  track = tutti_score_track_new (1);
  add_zone (track, 0.1f, 60, 60, 100, 127, 60);
  add_zone (track, 0.2f, 60, 60, 100, 127, 60);
  add_zone (track, 0.3f, 60, 60, 100, 127, 60);
  add_zone (track, 0.05f, 60, 61, 1, 99, 60);
  levels_of (zone_score (track, clip), 18 * 6000, 12, again);
  for (int i = 0; i < 12; i++)
    g_assert_cmpfloat_with_epsilon (again[i], levels[18 + i], 1e-3);
}

/* Notes pick by key: the zones cut the keyboard, each at its own root. */
static void
test_keyboard (void)
{
  TuttiScoreTrack *track = tutti_score_track_new (1);
  TuttiScoreClip *clip = tutti_score_clip_new_notes (4, 4 * 240);
  float levels[4];

  for (int i = 0; i < 4; i++)
    clip->notes[i] = (TuttiScoreNote) { 240 * i, 200, (gint8) (12 * i - 12), 127 };
  add_zone (track, 0.1f, 0, 59, 1, 127, 48);
  add_zone (track, 0.2f, 60, 71, 1, 127, 60);
  add_zone (track, 0.3f, 72, 80, 1, 127, 72);
  levels_of (zone_score (track, clip), 0, 4, levels);
  g_assert_cmpfloat_with_epsilon (levels[0], 0.1f, 0.01);
  g_assert_cmpfloat_with_epsilon (levels[1], 0.2f, 0.01);
  g_assert_cmpfloat_with_epsilon (levels[2], 0.3f, 0.01);
  g_assert_cmpfloat (levels[3], ==, 0.0f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tutti_synth_init ();
  g_test_add_func ("/sampler/backwards", test_backwards);
  g_test_add_func ("/sampler/same-as-plain", test_same_as_plain);
  g_test_add_func ("/sampler/ends-while-falling", test_ends_while_falling);
  g_test_add_func ("/sampler/hold", test_hold);
  g_test_add_func ("/sampler/seam", test_seam);
  g_test_add_func ("/sampler/period-loop", test_period_loop);
  g_test_add_func ("/sampler/held-loop", test_held_loop);
  g_test_add_func ("/sampler/filter", test_filter);
  g_test_add_func ("/zones/turns", test_turns);
  g_test_add_func ("/zones/keyboard", test_keyboard);
  return g_test_run ();
}
