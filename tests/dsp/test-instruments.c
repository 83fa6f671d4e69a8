/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix-test.h"

#include "tutti-preset.h"
#include "tutti-transport.h"

/* Tracks of the synthesisers in the mix: notes begin at their frame, slides and chokes do what they say, and who comes late hears
 * what everybody hears. */

#define SECOND INT64_C (48000)

static TuttiScoreSound *
preset (TuttiInstrument instrument, const char *name)
{
  int index = tutti_preset_find (instrument, name);
  const TuttiPreset *found = tutti_preset_get ((unsigned) index);
  int16_t patch[TUTTI_N_PATCH_PARAMS];

  g_assert_cmpint (index, >=, 0);
  tutti_preset_patch ((unsigned) index, patch);
  return tutti_score_sound_new_preset (found->instrument, found->model, (unsigned) found->root_note, patch);
}

/* 120 BPM, 16ths of 6000 frames; the steps are up to the test. */
static TuttiScoreClip *
add_track (TuttiScore *score, uint64_t id, TuttiScoreSound *sound)
{
  TuttiScoreTrack *track = tutti_score_track_new (id);
  TuttiScoreClip *clip = tutti_score_clip_new (64, 240);

  tutti_score_track_set_sound (track, sound);
  tutti_score_sound_unref (sound);
  tutti_score_track_set_current (track, clip, 0);
  g_assert_true (tutti_score_add_track (score, track));
  return clip;
}

static TuttiScore *
playing_score (void)
{
  TuttiScore *score = tutti_score_new ();

  score->transport.segments[0].playing = true;
  return score;
}

static float *
play (TuttiScore *score, int64_t n, TuttiMixStats *stats)
{
  TuttiMix *mix = tutti_mix_new (NULL);
  float *out = g_new0 (float, 2 * (gsize) n);

  g_assert_true (tutti_mix_push_score (mix, score));
  render (mix, 0, n, 700, out);
  if (stats != NULL)
    tutti_mix_get_stats (mix, stats);
  tutti_mix_free (mix);
  return out;
}

/* A hit begins at its very frame, wherever in a block that is; before it there is nothing. */
static void
test_exact_start (void)
{
  for (int round = 0; round < 20; round++)
    {
      TuttiScore *score = playing_score ();
      bool drum = one_in (2);
      TuttiScoreSound *sound = drum ? preset (TUTTI_INSTRUMENT_DRUM, "hard-rim") : preset (TUTTI_INSTRUMENT_SYNTH, "chip-pluck");
      TuttiScoreClip *clip = add_track (score, 1, sound);
      g_autofree float *out = NULL;
      int64_t frame, first = 0;

      score->transport.segments[0].tempo_cbpm = pick (6000, 20000);
      clip->steps[3].velocity = 127;
      frame = tutti_segment_frame (&score->transport.segments[0], 720);
      out = play (score, SECOND, NULL);
      while (first < SECOND && out[2 * first] == 0.0f)
        first++;
      /* The first frame of an attack is 0 itself. */
      g_assert_cmpint (first, >=, frame);
      g_assert_cmpint (first, <=, frame + 4);
    }
}

static void
test_note_ends (void)
{
  TuttiScore *score = playing_score ();
  TuttiScoreClip *clip = add_track (score, 1, preset (TUTTI_INSTRUMENT_SYNTH, "rock-organ"));
  g_autofree float *out = NULL;

  clip->steps[0].velocity = 127;
  clip->steps[0].length = 2;
  out = play (score, SECOND, NULL);
  g_assert_cmpfloat (loudest (out + 2 * 2000, 9000), >, 0.02f);
  /* 60 ms of release. */
  g_assert_cmpfloat (loudest (out + 2 * (12000 + 3200), SECOND - 15200), ==, 0.0f);
}

/* A line of one voice: at most one sounds beside one that fades; where a step slides, none begins. */
static void
test_acid (void)
{
  TuttiScore *score = playing_score (), *slides = playing_score ();
  TuttiScoreClip *clip = add_track (score, 1, preset (TUTTI_INSTRUMENT_SYNTH, "acid-saw"));
  TuttiScoreClip *other = add_track (slides, 1, preset (TUTTI_INSTRUMENT_SYNTH, "acid-saw"));
  g_autofree float *apart = NULL, *together = NULL;
  TuttiMixStats stats;

  for (int i = 0; i < 8; i++)
    {
      clip->steps[i].velocity = other->steps[i].velocity = 100;
      clip->steps[i].pitch = other->steps[i].pitch = (int8_t) (i % 3 * 5);
      clip->steps[i].accent = other->steps[i].accent = i == 4;
      other->steps[i].slide = i > 0;
    }
  apart = play (score, 5 * 6000 + 1000, NULL);
  together = play (slides, 5 * 6000 + 1000, &stats);
  g_assert_cmpuint (stats.voices, ==, 1);
  /* Until the block of the second step, where control values turn to it, both are the same; then one begins anew, the other goes on. */
  assert_same (apart, together, 5952, 0);
  g_assert_cmpint (memcmp (apart + 2 * 6200, together + 2 * 6200, 4000 * sizeof (float)), !=, 0);
}

static void
test_accent (void)
{
  TuttiScore *score = playing_score ();
  TuttiScoreClip *clip = add_track (score, 1, preset (TUTTI_INSTRUMENT_SYNTH, "acid-saw"));
  g_autofree float *out = NULL;

  clip->steps[0].velocity = clip->steps[8].velocity = 90;
  clip->steps[8].accent = true;
  out = play (score, 16 * 6000, NULL);
  g_assert_cmpfloat (loudest (out + 2 * 48000, 6000), >, 1.25f * loudest (out, 6000));
}

static void
test_choke (void)
{
  TuttiScore *score = playing_score ();
  TuttiScoreClip *open = add_track (score, 1, preset (TUTTI_INSTRUMENT_DRUM, "round-open-hat"));
  TuttiScoreClip *closed = add_track (score, 2, preset (TUTTI_INSTRUMENT_DRUM, "round-closed-hat"));
  g_autofree float *out = NULL;

  for (int i = 0; i < 2; i++)
    score->tracks[i]->choke_group = 17;
  open->steps[0].velocity = 127;
  closed->steps[1].velocity = 1;
  out = play (score, SECOND, NULL);
  g_assert_cmpfloat (loudest (out + 2 * 3000, 2900), >, 0.01f);
  g_assert_cmpfloat (loudest (out + 2 * (6000 + 192 + 64), 6000), <, 0.001f);
}

/* Nothing but what the voices remember: no effects, no sends. */
static TuttiScore *
dry_score (unsigned n_tracks)
{
  TuttiScore *score = random_score (n_tracks);

  for (unsigned i = 0; i < n_tracks; i++)
    {
      TuttiScoreTrack *track = score->tracks[i];
      TuttiScoreSound *sound = random_preset ();

      tutti_score_track_set_sound (track, sound);
      tutti_score_sound_unref (sound);
      track->n_effects = 0;
      track->params[TUTTI_SCORE_PARAM_CUTOFF] = 1000;
      track->params[TUTTI_SCORE_PARAM_GAIN] = -2400;
      track->params[TUTTI_SCORE_PARAM_DELAY_SEND] = track->params[TUTTI_SCORE_PARAM_REVERB_SEND] = TUTTI_LEVEL_OFF;
      tutti_score_track_set_current (track, random_clip (false), 0);
    }
  return score;
}

/* Who comes late computes the voices that live from where they began: a quarter of a second later, when gains have come to rest, it
 * is everybody's sound to the bit. */
static void
test_late_start (void)
{
  for (int round = 0; round < 4; round++)
    {
      int64_t join = pick ((int) (4 * SECOND), (int) (15 * SECOND)), end = join + SECOND;
      TuttiScore *score = dry_score (5);
      TuttiMix *old = tutti_mix_new (NULL), *young = tutti_mix_new (NULL);
      g_autofree float *one = g_new (float, 2 * (gsize) end), *two = g_new (float, 2 * (gsize) SECOND);

      g_assert_true (tutti_mix_push_score (old, tutti_score_copy (score)));
      g_assert_true (tutti_mix_push_score (young, score));
      render (old, 0, end, 4000, one);
      render (young, join, end, 4000, two);
      assert_same (one + 2 * (join + 12000), two + 2 * 12000, SECOND - 12000, join + 12000);
      g_assert_cmpfloat (loudest (one, end), >, 0.0f);
      tutti_mix_free (old);
      tutti_mix_free (young);
    }
}

/* More notes than voices: the oldest go politely, and the sum stays finite. */
static void
test_many_voices (void)
{
  TuttiScore *score = playing_score ();
  TuttiMixStats stats;
  g_autofree float *out = NULL;

  for (uint64_t id = 1; id <= 12; id++)
    {
      TuttiScoreClip *clip = add_track (score, id, preset (TUTTI_INSTRUMENT_SYNTH, "slow-sweep"));

      score->tracks[id - 1]->params[TUTTI_SCORE_PARAM_GAIN] = -3000;
      for (int i = 0; i < 64; i++)
        {
          clip->steps[i].velocity = 100;
          clip->steps[i].ratchet = 4;
          clip->steps[i].length = 64;
        }
    }
  out = play (score, 2 * SECOND, &stats);
  g_assert_cmpuint (stats.voices, <=, 320);
  g_assert_cmpuint (stats.voices, >, 200);
  for (int64_t i = 0; i < 4 * SECOND; i++)
    g_assert_true (out[i] >= -1.0f && out[i] <= 1.0f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/instruments/exact-start", test_exact_start);
  g_test_add_func ("/instruments/note-ends", test_note_ends);
  g_test_add_func ("/instruments/acid", test_acid);
  g_test_add_func ("/instruments/accent", test_accent);
  g_test_add_func ("/instruments/choke", test_choke);
  g_test_add_func ("/instruments/late-start", test_late_start);
  g_test_add_func ("/instruments/many-voices", test_many_voices);
  return g_test_run ();
}
