/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far compressor, gate and limiter push the sound down, as told while somebody looks: as far as what is heard says. */
#include "mix-test.h"
#include "tutti-reduction.h"

#include <math.h>

#define BLOCK 240
#define TRACK 5
#define EFFECT 77
#define SECOND 48000

/* One long tone. */
static TuttiScoreTrack *
tone (void)
{
  TuttiScoreTrack *track = tutti_score_track_new (TRACK);
  g_autofree float *frames = g_new (float, 4 * SECOND);
  TuttiScoreClip *clip = tutti_score_clip_new (64, 240);
  TuttiScoreSound *sound;

  for (guint i = 0; i < 4 * SECOND; i++)
    frames[i] = 0.5f * sinf ((float) i * 0.13f);
  sound = tutti_score_sound_new (tutti_sample_new (frames, 1, 4 * SECOND));
  clip->steps[0].velocity = 127;
  tutti_score_clip_seal (clip);
  tutti_score_track_set_sound (track, sound);
  tutti_score_sound_unref (sound);
  tutti_score_track_set_current (track, clip, 0);
  return track;
}

/* A mix of the tone through @effect: the largest sample of the second second, and what is told of the effect at its end. */
static double
hear (const TuttiScoreEffect *effect, gboolean master, double *told_db)
{
  TuttiScore *score = tutti_score_new ();
  TuttiScoreTrack *track = tone ();
  const TuttiMixOptions options = { .without_metronome = true };
  TuttiMix *mix = tutti_mix_new (&options);
  float out[2 * BLOCK], most = 0.0f;

  score->transport.segments[0].playing = true;
  if (master)
    score->master_effects[score->n_master_effects++] = *effect;
  else
    track->effects[track->n_effects++] = *effect;
  tutti_score_add_track (score, track);
  g_assert_true (tutti_mix_push_score (mix, score));
  tutti_mix_start (mix, 0);
  /* Nobody asked before. */
  g_assert_true (tutti_mix_read_reduction (mix, master ? 0 : TRACK, EFFECT) == 1.0f);
  for (int64_t frame = 0; frame < 2 * SECOND; frame += BLOCK)
    {
      tutti_mix_render (mix, frame, BLOCK, out);
      for (int i = 0; i < 2 * BLOCK && frame >= SECOND; i++)
        most = MAX (most, fabsf (out[i]));
      if (frame % SECOND == 0)
        tutti_mix_read_reduction (mix, master ? 0 : TRACK, EFFECT);
    }
  *told_db = -20.0 * log10 (tutti_mix_read_reduction (mix, master ? 0 : TRACK, EFFECT));
  tutti_mix_free (mix);
  return most;
}

static const struct { const char *name; TuttiScoreEffect effect; gboolean master; double least_db; } cases[] = {
  { "compressor", { .kind = TUTTI_SCORE_EFFECT_COMPRESSOR, .params = { -3000, 400, 1, 200, 0, 1000, 0 } }, FALSE, 6 },
  { "compressor-knee", { .kind = TUTTI_SCORE_EFFECT_COMPRESSOR, .params = { -1200, 200, 100, 200, 0, 1000, 600 } }, FALSE, 1 },
  { "limiter", { .kind = TUTTI_SCORE_EFFECT_LIMITER, .params = { -1800, 0, 100 } }, FALSE, 6 },
  { "gate", { .kind = TUTTI_SCORE_EFFECT_GATE, .params = { 0, 1, 0, 50, -1500 } }, FALSE, 14 },
  { "master", { .kind = TUTTI_SCORE_EFFECT_COMPRESSOR, .params = { -3000, 400, 1, 200, 0, 1000, 0 } }, TRUE, 6 },
};

/* What is told is what is missing. */
static void
test_case (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  TuttiScoreEffect effect = cases[row].effect;
  double told, told_off, heard, plain;

  effect.id = EFFECT;
  effect.on = true;
  heard = hear (&effect, cases[row].master, &told);
  effect.on = false;
  plain = hear (&effect, cases[row].master, &told_off);
  g_test_message ("%s: told %.2f dB, heard %.2f dB", cases[row].name, told, 20 * log10 (plain / heard));
  g_assert_cmpfloat (told_off, ==, 0.0);
  g_assert_cmpfloat (told, >, cases[row].least_db);
  g_assert_cmpfloat_with_epsilon (told, 20 * log10 (plain / heard), 0.3);
}

/* As many as there are places are told at a time; who looks no more makes room within two seconds. */
static void
test_places (void)
{
  TuttiReductions reductions;
  TuttiEngine *engine = g_new0 (TuttiEngine, 1);

  tutti_engine_reset (engine, 0);
  tutti_reductions_init (&reductions);
  for (guint i = 1; i <= TUTTI_REDUCTIONS + 1; i++)
    tutti_reductions_ask (&reductions, TRACK, i);
  for (guint i = 0; i < TUTTI_REDUCTIONS; i++)
    g_assert_cmpuint (reductions.places[i].effect_id, ==, i + 1);
  for (guint i = 0; i < 2 * SECOND / TUTTI_BLOCK; i++)
    tutti_reductions_feed (&reductions, engine);
  tutti_reductions_ask (&reductions, TRACK, TUTTI_REDUCTIONS + 1);
  g_assert_cmpuint (reductions.places[0].effect_id, ==, TUTTI_REDUCTIONS + 1);
  g_free (engine);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/reduction/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_case);
    }
  g_test_add_func ("/reduction/places", test_places);
  return g_test_run ();
}
