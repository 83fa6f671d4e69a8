/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Effects within the mix: steered by other tracks, locked by steps, in the master's chain, and all of them at once. */
#include "mix-test.h"

#include <math.h>

#define BLOCK 240

/* A tone of a second, or a short hit. */
static TuttiScoreSound *
sound_of (uint32_t n_frames, float level)
{
  g_autofree float *frames = g_new (float, n_frames);

  for (uint32_t i = 0; i < n_frames; i++)
    frames[i] = level * sinf ((float) i * 0.05f);
  return tutti_score_sound_new (tutti_sample_new (frames, 1, n_frames));
}

/* Plays a hit of @n_frames at every step of which the bit is set in @steps, 16th notes. */
static TuttiScoreTrack *
track_of (uint64_t id, uint32_t n_frames, float level, unsigned steps)
{
  TuttiScoreTrack *track = tutti_score_track_new (id);
  TuttiScoreSound *sound = sound_of (n_frames, level);
  TuttiScoreClip *clip = tutti_score_clip_new (16, 240);

  for (unsigned i = 0; i < 16; i++)
    clip->steps[i].velocity = steps >> i & 1 ? 127 : 0;
  tutti_score_clip_seal (clip);
  tutti_score_track_set_sound (track, sound);
  tutti_score_sound_unref (sound);
  tutti_score_track_set_current (track, clip, 0);
  return track;
}

static TuttiScore *
playing_score (void)
{
  TuttiScore *score = tutti_score_new ();

  score->transport.segments[0].playing = true;
  return score;
}

/* The largest sample of each 16th note (6000 frames at 120 BPM), of @n. */
static void
loudness (TuttiScore *score, double *most, int n)
{
  const TuttiMixOptions options = { .offline = true };
  TuttiMix *mix = tutti_mix_new (&options);
  float out[2 * BLOCK];

  g_assert_true (tutti_mix_push_score (mix, score));
  for (int step = 0; step < n; step++)
    {
      most[step] = 0.0;
      for (int64_t frame = step * 6000; frame < (step + 1) * 6000; frame += BLOCK)
        {
          tutti_mix_render (mix, frame, BLOCK, out);
          /* In the first 5 ms a value still glides. */
          for (int i = 0; i < 2 * BLOCK && frame > step * 6000; i++)
            most[step] = MAX (most[step], fabsf (out[i]));
        }
    }
  tutti_mix_free (mix);
}

static TuttiScoreEffect
ducking (uint64_t id, uint64_t key)
{
  return (TuttiScoreEffect) { .id = id, .key = key, .kind = TUTTI_SCORE_EFFECT_COMPRESSOR, .on = true,
                              .params = { -4000, 2000, 1, 30, 0, 1000, 0 } };
}

/* A muted kick ducks a pad, whichever of both has the lower id; once the kick is gone, nothing does. */
static void
test_side_chain (void)
{
  for (int turned = 0; turned < 2; turned++)
    {
      uint64_t kick_id = turned ? 9 : 3, pad_id = turned ? 3 : 9;
      TuttiScore *score = playing_score ();
      TuttiScoreTrack *kick = track_of (kick_id, 3000, 0.9f, 1u << 4), *pad = track_of (pad_id, 48000, 0.3f, 1u);
      double most[8], alone[8];

      kick->audible = false;
      pad->n_effects = 1;
      pad->effects[0] = ducking (77, kick_id);
      tutti_score_add_track (score, pad);
      tutti_score_add_track (score, kick);
      loudness (score, most, 8);
      g_assert_cmpfloat_with_epsilon (most[2], 0.3, 0.02);
      g_assert_cmpfloat (most[4], <, 0.32);
      g_assert_cmpfloat_with_epsilon (most[6], 0.3, 0.03);

      /* Whole in the note's beginning, so look at how little is left once the kick is there. */
      score = playing_score ();
      pad = track_of (pad_id, 48000, 0.3f, 1u);
      pad->n_effects = 1;
      pad->effects[0] = ducking (77, kick_id);
      kick = track_of (kick_id, 48000, 0.9f, 1u);
      kick->audible = false;
      tutti_score_add_track (score, pad);
      tutti_score_add_track (score, kick);
      loudness (score, most, 8);
      g_assert_cmpfloat (most[2], <, 0.05);

      score = playing_score ();
      pad = track_of (pad_id, 48000, 0.3f, 1u);
      pad->n_effects = 1;
      pad->effects[0] = ducking (77, 555);
      tutti_score_add_track (score, pad);
      loudness (score, alone, 8);
      g_assert_cmpfloat_with_epsilon (alone[2], 0.3, 0.02);
    }
}

/* A step holds a value of the effect in slot 5 until the next step comes. */
static void
test_step_locks_effect (void)
{
  TuttiScore *score = playing_score ();
  TuttiScoreTrack *track = track_of (4, 5000, 0.3f, 0x5555);
  TuttiScoreEffect drive = { .id = 12, .kind = TUTTI_SCORE_EFFECT_DRIVE, .on = true, .slot = 5, .params = { 0, 1000 } };
  double most[8];

  track->n_effects = 1;
  track->effects[0] = drive;
  track->current.clip->steps[4].n_locks = 1;
  track->current.clip->steps[4].locks[0] = (TuttiScoreLock) { TUTTI_SCORE_ADDRESS_EFFECTS + 5 * TUTTI_SCORE_ADDRESS_VALUES + 1, 250 };
  tutti_score_clip_seal (track->current.clip);
  tutti_score_add_track (score, track);
  loudness (score, most, 8);
  g_assert_cmpfloat_with_epsilon (most[2], 0.3, 0.02);
  g_assert_cmpfloat_with_epsilon (most[4], 0.075, 0.02);
  g_assert_cmpfloat_with_epsilon (most[6], 0.3, 0.02);
}

/* The master's chain works on the sum. */
static void
test_master_chain (void)
{
  TuttiScore *score = playing_score ();
  double most[4];

  score->n_master_effects = 1;
  score->master_effects[0] = (TuttiScoreEffect) { .id = 5, .kind = TUTTI_SCORE_EFFECT_LIMITER, .on = true, .params = { -1200, 0, 50 } };
  tutti_score_add_track (score, track_of (4, 24000, 0.5f, 1));
  tutti_score_add_track (score, track_of (5, 24000, 0.4f, 1));
  loudness (score, most, 4);
  g_assert_cmpfloat (most[2], <, 0.2512);
  g_assert_cmpfloat (most[2], >, 0.22);
}

/* 64 tracks with eight effects each, every step of each locking what it can to any number at all: defined, and never louder than the
 * limiter lets it be. */
static void
test_everything (void)
{
  TuttiScore *score = playing_score ();
  TuttiMix *mix = tutti_mix_new (NULL);
  float out[2 * BLOCK];

  for (uint64_t id = 1; id <= TUTTI_SCORE_TRACKS_MAX; id++)
    {
      TuttiScoreTrack *track = track_of (id, 9000, 1.0f, 0xffff);

      track->n_effects = TUTTI_SCORE_EFFECTS_MAX;
      for (unsigned i = 0; i < TUTTI_SCORE_EFFECTS_MAX; i++)
        track->effects[i] = random_effect (id * 8 + i, (uint8_t) i);
      for (unsigned s = 0; s < 16; s++)
        for (TuttiScoreStep *step = &track->current.clip->steps[s]; step->n_locks < TUTTI_SCORE_LOCKS_MAX; step->n_locks++)
          {
            int address = TUTTI_SCORE_ADDRESS_EFFECTS + step->n_locks * TUTTI_SCORE_ADDRESS_VALUES + pick (0, 11);

            step->locks[step->n_locks] = (TuttiScoreLock) { (uint16_t) address, (int16_t) pick (-9000, 10000) };
          }
      tutti_score_clip_seal (track->current.clip);
      tutti_score_add_track (score, track);
    }
  score->n_master_effects = TUTTI_SCORE_EFFECTS_MAX;
  for (unsigned i = 0; i < TUTTI_SCORE_EFFECTS_MAX; i++)
    score->master_effects[i] = random_effect (9000 + i, (uint8_t) i);
  g_assert_true (tutti_mix_push_score (mix, score));
  for (int64_t frame = 0; frame < 96000; frame += BLOCK)
    {
      tutti_mix_render (mix, frame, BLOCK, out);
      for (int i = 0; i < 2 * BLOCK; i++)
        g_assert_true (fabsf (out[i]) <= 0.9661f);
    }
  tutti_mix_free (mix);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dsp/mix-effects/side-chain", test_side_chain);
  g_test_add_func ("/dsp/mix-effects/step-locks-effect", test_step_locks_effect);
  g_test_add_func ("/dsp/mix-effects/master-chain", test_master_chain);
  g_test_add_func ("/dsp/mix-effects/everything", test_everything);
  return g_test_run ();
}
