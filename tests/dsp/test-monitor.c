/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The personal monitor mix: what it adds, and that nothing of everybody's changes by it. */
#include "mix-test.h"

#include "tutti-monitor.h"

#include <math.h>

#define SECONDS 3
#define N (SECONDS * TUTTI_RATE)

static TuttiMix *
mix_of (TuttiScore *score)
{
  TuttiMix *mix = tutti_mix_new (NULL);

  g_assert_true (tutti_mix_push_score (mix, score));
  return mix;
}

static float *
rendered (TuttiMix *mix)
{
  float *out = g_new (float, 2 * N);

  render (mix, 0, N, 700, out);
  return out;
}

static void
assert_same_prints (TuttiMix *one, TuttiMix *other)
{
  for (int64_t second = 0; second < SECONDS - 1; second++)
    {
      TuttiPrint a, b;

      g_assert_true (tutti_mix_get_print (one, second, &a));
      g_assert_true (tutti_mix_get_print (other, second, &b));
      g_assert_cmpuint (a.hash, ==, b.hash);
      g_assert_cmpmem (a.tracks, a.n_tracks * sizeof a.tracks[0], b.tracks, b.n_tracks * sizeof b.tracks[0]);
    }
}

/* Whatever anybody hears for themselves, everybody's prints and meters are those of all; and once it is taken back, so are the
 * bits. */
static void
test_prints_stay (void)
{
  for (int round = 0; round < 12; round++)
    {
      TuttiScore *score = random_score ((unsigned) pick (1, 6));
      TuttiMix *plain = mix_of (tutti_score_copy (score)), *mine = mix_of (score);

      for (unsigned i = 0; i < score->n_tracks; i++)
        g_assert_true (tutti_mix_set_monitor_gain (mine, score->tracks[i]->id, pick (TUTTI_LEVEL_OFF, TUTTI_MONITOR_GAIN_MAX)));
      g_autofree float *one = rendered (plain), *other = rendered (mine);

      g_assert_cmpfloat (loudest (other, N), <=, 1.0f);
      assert_same_prints (plain, mine);
      g_assert_cmpfloat (tutti_mix_read_master_peak (plain, 0), ==, tutti_mix_read_master_peak (mine, 0));
      for (unsigned i = 0; i < score->n_tracks; i++)
        g_assert_true (tutti_mix_set_monitor_gain (mine, score->tracks[i]->id, 0));
      /* Let it settle: a gain has gone after a few milliseconds of sound, the guard after two seconds. */
      render (plain, N, 2 * N, 700, one);
      render (mine, N, 2 * N, 700, other);
      render (plain, 2 * N, 3 * N, 700, one);
      render (mine, 2 * N, 3 * N, 700, other);
      assert_same (one, other, N, 2 * N);
      tutti_mix_free (plain);
      tutti_mix_free (mine);
    }
}

/* One tone that never stops, at this pitch. */
static TuttiScoreTrack *
tone_track (uint64_t id, float turn, float level)
{
  g_autofree float *frames = g_new (float, 4 * TUTTI_RATE);
  TuttiScoreTrack *track = tutti_score_track_new (id);
  TuttiScoreClip *clip = tutti_score_clip_new (128, 240);

  for (uint32_t i = 0; i < 4 * TUTTI_RATE; i++)
    frames[i] = level * sinf ((float) i * turn);
  TuttiScoreSound *sound = tutti_score_sound_new (tutti_sample_new (frames, 1, 4 * TUTTI_RATE));

  clip->steps[0].velocity = 127;
  tutti_score_clip_seal (clip);
  tutti_score_track_set_sound (track, sound);
  tutti_score_sound_unref (sound);
  tutti_score_track_set_current (track, clip, 0);
  return track;
}

static TuttiScore *
tones (bool first, bool second, float level)
{
  TuttiScore *score = tutti_score_new ();

  score->transport.segments[0].playing = true;
  if (first)
    tutti_score_add_track (score, tone_track (1, 0.031f, level));
  if (second)
    tutti_score_add_track (score, tone_track (2, 0.057f, level));
  return score;
}

static float *
last_second (TuttiScore *score, uint64_t track, int gain)
{
  TuttiMix *mix = mix_of (score);
  float *out = g_new (float, 2 * N);

  g_assert_true (tutti_mix_set_monitor_gain (mix, track, gain));
  render (mix, 0, N, 512, out);
  memmove (out, out + 2 * (N - TUTTI_RATE), 2 * TUTTI_RATE * sizeof *out);
  tutti_mix_free (mix);
  return out;
}

static double
difference (const float *one, const float *other, double scale)
{
  double most = 0;

  for (int i = 0; i < 2 * TUTTI_RATE; i++)
    most = MAX (most, fabs (one[i] * scale - other[i]));
  return most;
}

/* Sample for sample: a track turned off in my ears leaves exactly the others, and one turned up is that much louder. */
static void
test_adds_the_track_itself (void)
{
  g_autofree float *second = last_second (tones (false, true, 0.2f), 99, 600);
  g_autofree float *without = last_second (tones (true, true, 0.2f), 1, TUTTI_LEVEL_OFF);
  g_autofree float *louder = last_second (tones (false, true, 0.2f), 2, 602);

  g_assert_cmpfloat (loudest (second, TUTTI_RATE), >, 0.1f);
  g_assert_cmpfloat (difference (second, without, 1.0), <, 1e-5);
  g_assert_cmpfloat (difference (second, louder, pow (10.0, 6.02 / 20)), <, 1e-5);
}

static void
test_never_too_loud (void)
{
  g_autofree float *both = last_second (tones (true, true, 0.9f), 1, TUTTI_MONITOR_GAIN_MAX);

  g_assert_cmpfloat (loudest (both, TUTTI_RATE), <=, 0.9661f);
  g_assert_cmpfloat (loudest (both, TUTTI_RATE), >, 0.5f);
}

/* A gain does not come with a jump. */
static void
test_no_zipper (void)
{
  TuttiMix *mix = mix_of (tones (true, false, 0.1f));
  g_autofree float *out = g_new (float, 2 * N);
  double most = 0;

  render (mix, 0, TUTTI_RATE, 512, out);
  g_assert_true (tutti_mix_set_monitor_gain (mix, 1, TUTTI_LEVEL_OFF));
  render (mix, TUTTI_RATE, N, 512, out + 2 * TUTTI_RATE);
  for (int i = TUTTI_RATE / 2; i < N - 1; i++)
    most = MAX (most, fabs (out[2 * i + 2] - out[2 * i]));
  /* The tone's own steepest step is 0.1 · 0.031. */
  g_assert_cmpfloat (most, <, 0.1 * 0.031 * 1.2);
  g_assert_cmpfloat (fabs (out[2 * N - 2]), <, 1e-4);
  tutti_mix_free (mix);
}

static void
test_too_many (void)
{
  TuttiMix *mix = mix_of (tones (true, true, 0.1f));
  g_autofree float *out = g_new (float, 2 * N);
  unsigned taken = 0;

  while (tutti_mix_set_monitor_gain (mix, 1000 + taken, -600))
    taken++;
  g_assert_cmpuint (taken, ==, TUTTI_MONITOR_TRACKS);
  g_assert_false (tutti_mix_set_monitor_gain (mix, 1, -600));
  /* Where one is as everybody hears it again there is room. */
  g_assert_true (tutti_mix_set_monitor_gain (mix, 1007, 0));
  g_assert_true (tutti_mix_set_monitor_gain (mix, 1, -600));
  render (mix, 0, N, 512, out);
  tutti_mix_free (mix);
}

/* With the sound off a knob may be turned for as long as one likes: the newest is what is heard when it comes on. */
static void
test_newest_counts (void)
{
  TuttiMix *turned = mix_of (tones (true, true, 0.1f)), *once = mix_of (tones (true, true, 0.1f));
  g_autofree float *one = g_new (float, 2 * N), *other = g_new (float, 2 * N);

  for (int i = 0; i < 5000; i++)
    for (uint64_t track = 1; track <= 2; track++)
      g_assert_true (tutti_mix_set_monitor_gain (turned, track, -i));
  g_assert_true (tutti_mix_set_monitor_gain (turned, 1, 0));
  g_assert_true (tutti_mix_set_monitor_gain (turned, 2, 500));
  g_assert_true (tutti_mix_set_monitor_gain (once, 2, 500));
  render (turned, 0, N, 512, one);
  render (once, 0, N, 512, other);
  g_assert_cmpmem (one, 2 * N * sizeof *one, other, 2 * N * sizeof *other);
  tutti_mix_free (turned);
  tutti_mix_free (once);
}

/* A place that goes to another track leaves the one it was of as everybody hears it. */
static void
test_place_goes_on (void)
{
  TuttiMix *mix = mix_of (tones (true, false, 0.1f)), *plain = mix_of (tones (true, false, 0.1f));
  g_autofree float *one = g_new (float, 2 * N), *other = g_new (float, 2 * N);

  g_assert_true (tutti_mix_set_monitor_gain (mix, 1, -600));
  render (mix, 0, N / 2, 512, one);
  g_assert_true (tutti_mix_set_monitor_gain (mix, 1, 0));
  g_assert_true (tutti_mix_set_monitor_gain (mix, 99, -600));
  render (mix, N / 2, N, 512, one + N);
  render (plain, 0, N / 2, 512, other);
  render (plain, N / 2, N, 512, other + N);
  /* After it has faded, to the bit. */
  g_assert_cmpmem (one + N + N / 2, N / 2 * sizeof *one, other + N + N / 2, N / 2 * sizeof *other);
  tutti_mix_free (mix);
  tutti_mix_free (plain);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/monitor/prints-stay", test_prints_stay);
  g_test_add_func ("/monitor/adds-the-track-itself", test_adds_the_track_itself);
  g_test_add_func ("/monitor/never-too-loud", test_never_too_loud);
  g_test_add_func ("/monitor/no-zipper", test_no_zipper);
  g_test_add_func ("/monitor/too-many", test_too_many);
  g_test_add_func ("/monitor/newest-counts", test_newest_counts);
  g_test_add_func ("/monitor/place-goes-on", test_place_goes_on);
  return g_test_run ();
}
