/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix-test.h"

#include "tutti-engine.h"
#include "tutti-loudness.h"

#include <math.h>

/* The laws of the mix: what it renders depends on scores and frames alone. */

#define SECOND INT64_C (48000)

static float *
buffer (int64_t n_frames)
{
  return g_new0 (float, 2 * (gsize) n_frames);
}

static void
push (TuttiMix *mix, const TuttiScore *score)
{
  g_assert_true (tutti_mix_push_score (mix, tutti_score_copy (score)));
}

static void
test_split (void)
{
  const int64_t n = 3 * SECOND;
  float heard = 0.0f;

  for (int round = 0; round < 6; round++)
    {
      TuttiScore *first = random_score ((unsigned) pick (1, 8));
      TuttiScore *second = random_edit (first, pick (1000, 40000));
      TuttiScore *third = random_edit (second, second->valid_from + pick (0, 50000));
      g_autofree float *whole = buffer (n), *split = buffer (n);

      for (int way = 0; way < 2; way++)
        {
          TuttiMix *mix = tutti_mix_new (NULL);

          push (mix, first);
          push (mix, second);
          push (mix, third);
          render (mix, 0, n, way == 0 ? 0 : 500, way == 0 ? whole : split);
          tutti_mix_free (mix);
        }
      assert_same (whole, split, n, 0);
      heard = fmaxf (heard, loudest (whole, n));
      tutti_score_free (first);
      tutti_score_free (second);
      tutti_score_free (third);
    }
  /* One random song may be all but silent; six of them are not. */
  g_assert_cmpfloat (heard, >, 0.001f);
}

static void
test_order (void)
{
  const int64_t n = 2 * SECOND;
  TuttiScore *score = random_score (9), *other = tutti_score_copy (score);
  g_autofree float *one = buffer (n), *two = buffer (n);
  TuttiMix *mix = tutti_mix_new (NULL);

  for (unsigned i = 8; i > 0; i--)
    {
      unsigned j = (unsigned) pick (0, (int) i);
      TuttiScoreTrack *track = other->tracks[i];

      other->tracks[i] = other->tracks[j];
      other->tracks[j] = track;
    }
  push (mix, score);
  render (mix, 0, n, 0, one);
  tutti_mix_free (mix);
  mix = tutti_mix_new (NULL);
  push (mix, other);
  render (mix, 0, n, 0, two);
  tutti_mix_free (mix);
  assert_same (one, two, n, 0);
  tutti_score_free (score);
  tutti_score_free (other);
}

/* Edits at increasing frames, each on top of the one before. */
static GPtrArray *
random_story (unsigned n_tracks, int n_edits, int64_t until)
{
  GPtrArray *story = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_score_free);
  int64_t frame = 0;

  g_ptr_array_add (story, random_score (n_tracks));
  for (int i = 0; i < n_edits; i++)
    {
      frame += pick (1, (int) (until / n_edits));
      g_ptr_array_add (story, random_edit (g_ptr_array_index (story, story->len - 1), frame));
    }
  return story;
}

static bool
any_synth (const TuttiScore *score)
{
  for (unsigned i = 0; i < score->n_tracks; i++)
    if (score->tracks[i]->sound->instrument != TUTTI_INSTRUMENT_SAMPLER)
      return true;
  return false;
}

/* A participant who comes later has everybody's bits after the next refresh, and knows when. */
static void
test_joiner (gconstpointer data)
{
  gboolean whole_past = GPOINTER_TO_INT (data);
  const int64_t settled = TUTTI_REFRESH + 4 * SECOND, end = settled + 3 * SECOND;
  int64_t join = pick ((int) (8 * SECOND), (int) (25 * SECOND));
  GPtrArray *story = random_story (6, 6, join + 2 * SECOND);
  TuttiMix *old = tutti_mix_new (NULL), *young = tutti_mix_new (NULL);
  g_autofree float *one = buffer (end), *two = buffer (end - join);
  TuttiPrint print, other;
  unsigned known = 0;

  for (unsigned i = 0; i < story->len; i++)
    {
      TuttiScore *score = g_ptr_array_index (story, i);

      push (old, score);
      if (score->valid_from <= join)
        known = i;
    }
  for (unsigned i = whole_past ? 0 : known; i < story->len; i++)
    push (young, g_ptr_array_index (story, i));
  render (old, 0, end, 4000, one);
  render (young, join, end, 4000, two);
  assert_same (one + 2 * (TUTTI_REFRESH + 256), two + 2 * (TUTTI_REFRESH + 256 - join), end - TUTTI_REFRESH - 256, TUTTI_REFRESH);
  for (int64_t second = (settled - SECOND) / SECOND; second < end / SECOND - 1; second++)
    {
      g_assert_true (tutti_mix_get_print (old, second, &print));
      g_assert_true (tutti_mix_get_print (young, second, &other));
      g_assert_cmpint (print.state, ==, TUTTI_PRINT_OK);
      /* A synthesiser's voices may have lived so long that who does not know the past has to wait for another refresh to be sure. */
      if (whole_past || !any_synth (g_ptr_array_index (story, known)))
        g_assert_cmpint (other.state, ==, TUTTI_PRINT_OK);
      g_assert_cmphex (print.hash, ==, other.hash);
      g_assert_cmpmem (print.tracks, print.n_tracks * sizeof print.tracks[0], other.tracks, other.n_tracks * sizeof print.tracks[0]);
      g_assert_cmphex (print.hash, !=, 0);
    }
  g_assert_true (tutti_mix_get_print (young, join / SECOND + 2, &other));
  g_assert_cmpint (other.state, ==, TUTTI_PRINT_SETTLING);
  tutti_mix_free (old);
  tutti_mix_free (young);
  g_ptr_array_unref (story);
}

/* An edit that comes late is corrected within 2 s, and then nothing tells that it was late. */
static void
test_late (void)
{
  for (int round = 0; round < 4; round++)
    {
      const int64_t end = 12 * SECOND;
      int64_t due = pick ((int) SECOND, (int) (4 * SECOND)), came = due + pick (100, (int) (3 * SECOND));
      TuttiScore *score = random_score (5), *edit = random_edit (score, due), *next = random_edit (edit, came + 5000);
      TuttiMix *good = tutti_mix_new (NULL), *late = tutti_mix_new (NULL);
      g_autofree float *one = buffer (end), *two = buffer (end);
      TuttiMixStats stats;
      TuttiPrint print, other;

      push (good, score);
      push (good, edit);
      push (good, next);
      render (good, 0, end, 700, one);
      push (late, score);
      render (late, 0, came, 700, two);
      push (late, edit);
      push (late, next);
      render (late, came, end, 700, two + 2 * came);
      assert_same (one, two, due - 128, 0);
      assert_same (one + 2 * (came + 2 * SECOND), two + 2 * (came + 2 * SECOND), end - came - 2 * SECOND, came + 2 * SECOND);
      tutti_mix_get_stats (late, &stats);
      g_assert_cmpint (stats.late_scores, ==, 1);
      g_assert_cmpint (stats.corrections, ==, 1);
      g_assert_cmpint (stats.too_late, ==, 0);
      for (int64_t second = 0; second < end / SECOND; second++)
        {
          bool touched = second >= due / SECOND && second <= came / SECOND;

          g_assert_true (tutti_mix_get_print (good, second, &print));
          g_assert_true (tutti_mix_get_print (late, second, &other));
          if (touched)
            g_assert_cmpint (other.state, ==, TUTTI_PRINT_LATE);
          else if (second > came / SECOND + 2)
            g_assert_cmpint (other.state, ==, TUTTI_PRINT_OK);
          g_assert_cmphex (print.hash, ==, other.hash);
        }
      tutti_mix_free (good);
      tutti_mix_free (late);
      tutti_score_free (score);
      tutti_score_free (edit);
      tutti_score_free (next);
    }
}

/* The same of a whole story, each part of which comes in time or up to 0.4 s late. */
static void
test_late_story (void)
{
  for (int round = 0; round < 2; round++)
    {
      const int64_t end = 14 * SECOND;
      GPtrArray *story = random_story (6, 10, 9 * SECOND);
      TuttiMix *good = tutti_mix_new (NULL), *late = tutti_mix_new (NULL);
      g_autofree float *one = buffer (end), *two = buffer (end);
      int64_t at = 0;
      TuttiPrint print, other;

      for (unsigned i = 0; i < story->len; i++)
        push (good, g_ptr_array_index (story, i));
      render (good, 0, end, 700, one);
      for (unsigned i = 0; i < story->len; i++)
        {
          TuttiScore *score = g_ptr_array_index (story, i);
          int64_t late_by = i > 0 && one_in (2) ? pick (1, 20000) : -2000, came = MAX (at, score->valid_from + late_by);

          if (i > 0)
            render (late, at, came, 700, two + 2 * at);
          at = i > 0 ? came : 0;
          push (late, score);
        }
      render (late, at, end, 700, two + 2 * at);
      for (int64_t second = 0; second < end / SECOND; second++)
        {
          g_assert_true (tutti_mix_get_print (good, second, &print));
          g_assert_true (tutti_mix_get_print (late, second, &other));
          g_assert_cmphex (print.hash, ==, other.hash);
          g_assert_cmpmem (print.tracks, print.n_tracks * sizeof print.tracks[0], other.tracks, other.n_tracks * sizeof other.tracks[0]);
        }
      tutti_mix_free (good);
      tutti_mix_free (late);
      g_ptr_array_unref (story);
    }
}

/* A long sound at step 0 and nothing else. */
static TuttiScore *
one_long_sound (void)
{
  TuttiScore *score = tutti_score_new ();
  TuttiScoreTrack *track = tutti_score_track_new (5);
  TuttiScoreClip *clip = tutti_score_clip_new (64, 240);
  TuttiScoreSound *sound = random_sound (96000);

  clip->steps[0].velocity = 127;
  clip->steps[0].pitch = 3;
  tutti_score_clip_seal (clip);
  tutti_score_track_set_current (track, clip, 0);
  tutti_score_track_set_sound (track, sound);
  tutti_score_sound_unref (sound);
  tutti_score_add_track (score, track);
  score->transport.segments[0].playing = true;
  return score;
}

static void
test_edit_does_not_cut (void)
{
  const int64_t n = SECOND;
  TuttiScore *score = one_long_sound (), *edit = tutti_score_copy (score);
  TuttiScoreTrack *track = tutti_score_track_copy (score->tracks[0]);
  TuttiScoreSound *sound = random_sound (500);
  TuttiScoreClip *clip = tutti_score_clip_new (3, 480);
  g_autofree float *one = buffer (n), *two = buffer (n);
  TuttiMix *mix = tutti_mix_new (NULL);

  /* Another sound, another clip, the sounding step gone. */
  tutti_score_track_set_sound (track, sound);
  tutti_score_sound_unref (sound);
  tutti_score_track_set_current (track, clip, 0);
  tutti_score_replace_track (edit, 0, track);
  edit->valid_from = edit->known_from = 7777;
  push (mix, score);
  render (mix, 0, n, 0, one);
  tutti_mix_free (mix);
  mix = tutti_mix_new (NULL);
  push (mix, score);
  push (mix, edit);
  tutti_score_free (score);
  tutti_score_free (edit);
  render (mix, 0, n / 2, 0, two);
  tutti_mix_collect (mix);
  render (mix, n / 2, n, 0, two + n);
  tutti_mix_free (mix);
  assert_same (one, two, n, 0);
  g_assert_cmpfloat (loudest (one + n, n / 2), >, 0.01f);
}

static void
test_removal_fades (void)
{
  const int64_t n = SECOND, gone = 20011;
  TuttiScore *score = one_long_sound (), *edit = tutti_score_new ();
  g_autofree float *out = buffer (n);
  TuttiMix *mix = tutti_mix_new (NULL);

  edit->transport = score->transport;
  edit->valid_from = edit->known_from = gone;
  push (mix, score);
  push (mix, edit);
  render (mix, 0, n, 300, out);
  g_assert_cmpfloat (loudest (out + 2 * (gone - 300), 200), >, 0.01f);
  /* What is left is the moving mean that the limiter takes out. */
  g_assert_cmpfloat (loudest (out + 2 * (gone + 240), n - gone - 240), <, 0.002f);
  tutti_mix_free (mix);
  tutti_score_free (score);
  tutti_score_free (edit);
}

/* No step from frame to frame may be larger than the sound's own. */
static void
test_fader_has_no_zipper (void)
{
  const int64_t n = SECOND;
  TuttiScore *score = one_long_sound ();
  TuttiScoreSound *sound;
  g_autofree float *steady = g_new (float, n), *out = buffer (n);
  TuttiMix *mix = tutti_mix_new (NULL);
  int64_t frame = 5000;

  for (int64_t i = 0; i < n; i++)
    steady[i] = 0.5f;
  sound = tutti_score_sound_new (tutti_sample_new (steady, 1, (uint32_t) n));
  tutti_score_track_set_sound (score->tracks[0], sound);
  tutti_score_sound_unref (sound);
  push (mix, score);
  for (int i = 0; i < 6; i++)
    {
      TuttiScore *edit = tutti_score_copy (score);
      TuttiScoreTrack *track = tutti_score_track_copy (score->tracks[0]);

      track->audible = i % 2 == 1;
      tutti_score_replace_track (edit, 0, track);
      edit->valid_from = edit->known_from = frame += 4000;
      g_assert_true (tutti_mix_push_score (mix, edit));
    }
  render (mix, 0, n, 0, out);
  /* Behind that the sound itself ends. */
  for (int64_t i = 2000; i < 39000; i++)
    g_assert_cmpfloat (ABS (out[2 * i] - out[2 * i - 2]), <, 0.004f);
  tutti_mix_free (mix);
  tutti_score_free (score);
}

static void
test_auditions_stay_local (void)
{
  const int64_t n = SECOND;
  TuttiScore *score = random_score (4);
  TuttiScoreSound *sound = random_sound (12000);
  TuttiMix *mix = tutti_mix_new (NULL), *quiet = tutti_mix_new (NULL);
  g_autofree float *one = buffer (n), *two = buffer (n), *local = buffer (n);

  /* What is tried out ends within the second; a synthesiser's note could ring longer. */
  tutti_score_track_set_sound (score->tracks[0], sound);
  push (mix, score);
  push (quiet, score);
  g_assert_false (tutti_mix_render_local (mix, 480, local));
  g_assert_cmpfloat (loudest (local, 480), ==, 0.0f);
  g_assert_true (tutti_mix_audition (mix, 0, sound, 0, 100));
  g_assert_true (tutti_mix_audition (mix, score->tracks[0]->id, NULL, 4, 100));
  for (int64_t at = 0; at < n; at += 480)
    {
      tutti_mix_render (mix, at, 480, one + 2 * at);
      tutti_mix_render_local (mix, 480, local + 2 * at);
    }
  render (quiet, 0, n, 0, two);
  assert_same (one, two, n, 0);
  g_assert_cmpfloat (loudest (local, n / 4), >, 0.01f);
  g_assert_false (tutti_mix_render_local (mix, 480, local));
  tutti_mix_free (mix);
  tutti_mix_free (quiet);
  tutti_score_sound_unref (sound);
  tutti_score_free (score);
}

static void
test_scores_come_back (void)
{
  TuttiScore *score = random_score (2);
  TuttiMix *mix = tutti_mix_new (NULL);
  float out[2 * 480];
  unsigned back = 0;

  for (int i = 0; i < 6000; i++)
    {
      TuttiScore *edit = tutti_score_copy (score);

      edit->valid_from = edit->known_from = i * 480;
      g_assert_true (tutti_mix_push_score (mix, edit));
      tutti_mix_render (mix, i * 480, 480, out);
      back += tutti_mix_collect (mix);
    }
  /* A minute and what a correction may need is kept at most. */
  g_assert_cmpuint (back, >, 6000 - 1100);
  tutti_mix_free (mix);
  tutti_score_free (score);
}

static void
test_clip_of_faults_is_refused (void)
{
  TuttiScore *score = tutti_score_new ();
  TuttiMix *mix = tutti_mix_new (NULL);

  score->transport.n_segments = 0;
  g_assert_false (tutti_mix_push_score (mix, score));
  score->transport.n_segments = 1;
  score->transport.segments[0].tempo_cbpm = 0;
  g_assert_false (tutti_mix_push_score (mix, score));
  score->transport.segments[0].tempo_cbpm = 12000;
  score->delay.feedback = 901;
  g_assert_false (tutti_mix_push_score (mix, score));
  score->delay.feedback = 900;
  g_assert_true (tutti_mix_push_score (mix, score));
  tutti_mix_free (mix);
}

/* Who asks how loud it is is told what a meter of the same sound says; the sound is the same, asked or not. */
static void
test_loudness (void)
{
  const int64_t n = 4 * SECOND;
  TuttiScore *score = random_score (8);
  g_autofree float *quiet = buffer (n), *asked = buffer (n);
  TuttiLoudness *meter = g_new (TuttiLoudness, 1);
  float lufs, peak;

  for (int way = 0; way < 2; way++)
    {
      TuttiMix *mix = tutti_mix_new (NULL);

      push (mix, score);
      for (int64_t at = 0; at < n; at += SECOND)
        {
          if (way == 1)
            tutti_mix_read_loudness (mix, &lufs, &peak);
          if (at == 0 && way == 1)
            g_assert_cmpfloat (lufs, ==, (float) TUTTI_LOUDNESS_SILENT);
          render (mix, at, at + SECOND, 0, (way == 0 ? quiet : asked) + 2 * at);
        }
      if (way == 1)
        tutti_mix_read_loudness (mix, &lufs, &peak);
      tutti_mix_free (mix);
    }
  assert_same (quiet, asked, n, 0);
  tutti_loudness_init (meter, TUTTI_RATE);
  for (int64_t i = 0; i < n; i++)
    tutti_loudness_run (meter, &asked[2 * i], &asked[2 * i + 1], 1);
  g_assert_cmpfloat_with_epsilon (lufs, tutti_loudness_short_term (meter), 1e-4);
  g_assert_cmpfloat_with_epsilon (peak, tutti_loudness_recent_peak (meter), 1e-4);
  g_free (meter);
  tutti_score_free (score);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/mix/split", test_split);
  g_test_add_func ("/mix/order", test_order);
  g_test_add_data_func ("/mix/joiner-with-past", GINT_TO_POINTER (TRUE), test_joiner);
  g_test_add_data_func ("/mix/joiner-from-now", GINT_TO_POINTER (FALSE), test_joiner);
  g_test_add_func ("/mix/late", test_late);
  g_test_add_func ("/mix/late-story", test_late_story);
  g_test_add_func ("/mix/edit-does-not-cut", test_edit_does_not_cut);
  g_test_add_func ("/mix/removal-fades", test_removal_fades);
  g_test_add_func ("/mix/no-zipper", test_fader_has_no_zipper);
  g_test_add_func ("/mix/auditions", test_auditions_stay_local);
  g_test_add_func ("/mix/scores-come-back", test_scores_come_back);
  g_test_add_func ("/mix/loudness", test_loudness);
  g_test_add_func ("/mix/faults", test_clip_of_faults_is_refused);
  return g_test_run ();
}
