/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mix-test.h"

#include "dsp-test.h"
#include "tutti-pool.h"

/* When notes sound and when they stop. */

#define SECOND INT64_C (48000)

/* 120 BPM, 16ths of 6000 frames; a tone of 2 s; the steps are up to the test. */
typedef struct
{
  TuttiScore      *score;
  TuttiScoreTrack *track;
  TuttiScoreClip  *clip;
} Song;

static TuttiScoreTrack *
add_track (Song *song, uint64_t id)
{
  g_autofree float *tone = g_new (float, 96000);
  TuttiScoreTrack *track = tutti_score_track_new (id);
  TuttiScoreSound *sound;

  for (int i = 0; i < 96000; i++)
    tone[i] = i % 40 < 20 ? 0.2f : -0.2f;
  sound = tutti_score_sound_new (tutti_sample_new (tone, 1, 96000));
  tutti_score_track_set_sound (track, sound);
  tutti_score_sound_unref (sound);
  tutti_score_add_track (song->score, track);
  return track;
}

static Song
song_new (void)
{
  Song song = { tutti_score_new () };

  song.score->transport.segments[0].playing = true;
  song.track = add_track (&song, 1);
  song.clip = tutti_score_clip_new (64, 240);
  tutti_score_track_set_current (song.track, song.clip, 0);
  return song;
}

/* Plays one second and gives it; frees the song. */
static float *
play (Song *song, TuttiMixStats *stats)
{
  TuttiMix *mix = tutti_mix_new (NULL);
  float *out = g_new0 (float, 2 * SECOND);

  g_assert_true (tutti_mix_push_score (mix, song->score));
  render (mix, 0, SECOND, 1000, out);
  if (stats != NULL)
    tutti_mix_get_stats (mix, stats);
  tutti_mix_free (mix);
  return out;
}

static void
assert_sounds (const float *out, int64_t from, int64_t to)
{
  g_assert_cmpfloat (loudest (out + 2 * from, to - from), >, 0.02f);
}

static void
assert_silent (const float *out, int64_t from, int64_t to)
{
  g_assert_cmpfloat (loudest (out + 2 * from, to - from), <, 0.001f);
}

static void
test_gate (void)
{
  Song song = song_new ();
  g_autofree float *out = NULL;

  song.track->mode = TUTTI_SOUND_GATE;
  song.clip->steps[1].velocity = 127;
  song.clip->steps[1].length = 2;
  song.clip->steps[3].velocity = 127;
  song.clip->steps[3].tie = true;
  out = play (&song, NULL);
  assert_silent (out, 0, 5900);
  /* Two steps and a tied third; then 10 ms of release. */
  assert_sounds (out, 23000, 23990);
  assert_silent (out, 24000 + 500, SECOND);
}

static void
test_stop_releases_gates (void)
{
  Song song = song_new ();
  g_autofree float *out = NULL;

  song.track->mode = TUTTI_SOUND_GATE;
  song.clip->steps[0].velocity = 127;
  song.clip->steps[0].length = 60;
  song.score->transport.n_segments = 2;
  song.score->transport.segments[1] = (TuttiScoreSegment) { 10000, 400, 12000, false };
  out = play (&song, NULL);
  assert_sounds (out, 9000, 9990);
  assert_silent (out, 10000 + 500, SECOND);
}

static void
test_choke (void)
{
  Song song = song_new ();
  TuttiScoreTrack *other = add_track (&song, 2);
  TuttiScoreClip *clip = tutti_score_clip_new (64, 240);
  g_autofree float *out = NULL;

  song.track->choke_group = other->choke_group = 1;
  song.clip->steps[0].velocity = 127;
  clip->steps[2].velocity = 127;
  tutti_score_track_set_current (other, clip, 0);
  other->params[TUTTI_SCORE_PARAM_GAIN] = TUTTI_LEVEL_OFF;
  out = play (&song, NULL);
  assert_sounds (out, 11000, 11990);
  assert_silent (out, 12000 + TUTTI_VOICE_FADE, SECOND);
}

static void
test_mute (void)
{
  Song song = song_new ();
  g_autofree float *out = NULL;

  song.clip->steps[0].velocity = 127;
  song.track->audible = false;
  out = play (&song, NULL);
  g_assert_cmpfloat (loudest (out, SECOND), ==, 0.0f);
}

static void
test_panic (void)
{
  Song song = song_new ();
  TuttiMix *mix = tutti_mix_new (NULL);
  TuttiScore *panic;
  g_autofree float *out = g_new0 (float, 2 * SECOND);

  song.clip->steps[0].velocity = 127;
  panic = tutti_score_copy (song.score);
  panic->valid_from = panic->known_from = 20000;
  panic->panic = 1;
  g_assert_true (tutti_mix_push_score (mix, song.score));
  g_assert_true (tutti_mix_push_score (mix, panic));
  render (mix, 0, SECOND, 0, out);
  assert_sounds (out, 19000, 19990);
  assert_silent (out, 20000 + TUTTI_VOICE_FADE, SECOND);
  tutti_mix_free (mix);
}

/* 300 voices are asked for; none of the oldest is cut with a click, and no more than the limit go on. */
static void
test_too_many (void)
{
  Song song = song_new ();
  TuttiMixStats stats;
  g_autofree float *out = NULL;

  song.track->params[TUTTI_SCORE_PARAM_GAIN] = -3600;
  for (uint64_t id = 2; id <= 20; id++)
    {
      TuttiScoreTrack *track = add_track (&song, id);

      track->params[TUTTI_SCORE_PARAM_GAIN] = -3600;
      tutti_score_track_set_current (track, tutti_score_clip_ref (song.clip), 0);
    }
  for (int i = 0; i < 8; i++)
    {
      song.clip->steps[i].velocity = 127;
      song.clip->steps[i].ratchet = 2;
    }
  out = play (&song, &stats);
  g_assert_cmpuint (stats.voices, ==, TUTTI_POOL_SOUNDING);
  g_assert_cmpfloat (loudest (out, SECOND), <, 1.0f);
}

static TuttiVoiceStart
random_start (const TuttiSample *sample, int16_t params[TUTTI_SCORE_N_PARAMS])
{
  params[TUTTI_SCORE_PARAM_START] = (int16_t) g_test_rand_int_range (0, 500);
  params[TUTTI_SCORE_PARAM_END] = (int16_t) (g_test_rand_bit () ? 1000 : g_test_rand_int_range (500, 1000));
  params[TUTTI_SCORE_PARAM_ATTACK] = (int16_t) (g_test_rand_bit () ? 0 : g_test_rand_int_range (1, 20));
  params[TUTTI_SCORE_PARAM_DECAY] = (int16_t) g_test_rand_int_range (0, 20);
  params[TUTTI_SCORE_PARAM_SUSTAIN] = (int16_t) (g_test_rand_bit () ? 1000 : g_test_rand_int_range (0, 1000));
  params[TUTTI_SCORE_PARAM_RELEASE] = (int16_t) g_test_rand_int_range (0, 30);
  return (TuttiVoiceStart) { .sample = sample, .frame = g_test_rand_int_range (0, 200), .end_tick = INT64_MAX, .level = 0.5f,
                             .cents = 100 * g_test_rand_int_range (-24, 25), .cents_from = 100 * g_test_rand_int_range (-24, 25),
                             .glide = g_test_rand_int_range (0, 2000), .params = params };
}

/* Runs @voice until it ends and gives what it sounded like; the steady way, or never. */
static unsigned
live (TuttiVoice voice, bool steadily, int64_t release, int64_t cut, TuttiBlock *blocks, unsigned most)
{
  for (unsigned i = 0; i < most; i++)
    {
      int64_t frame = (int64_t) i * TUTTI_BLOCK;

      if (release >= frame && release < frame + TUTTI_BLOCK)
        tutti_voice_release (&voice, release);
      if (cut >= frame && cut < frame + TUTTI_BLOCK)
        tutti_voice_cut (&voice, cut);
      if (!steadily)
        voice.steady_from = INT64_MAX;
      if (tutti_voice_is_steady (&voice, frame))
        tutti_voice_run_steady (&voice, &blocks[i]);
      else if (frame + TUTTI_BLOCK > voice.start_frame && !tutti_voice_run (&voice, frame, &blocks[i], TUTTI_VOICE_LEFT))
        return i;
    }
  return most;
}

/* The short way of a voice to which nothing happens is the long way, bit for bit, and ends in the same block. */
static void
test_steady (void)
{
  enum { MOST = 400 };
  g_autofree float *noise = g_new (float, 12000);
  static TuttiBlock one[MOST], other[MOST];
  guint32 seed = (guint32) g_test_rand_int ();
  TuttiSample *sample;

  dsp_test_noise (&seed, noise, 12000, 0.8f);
  sample = tutti_sample_new (noise, 1, 12000);
  for (int round = 0; round < 500; round++)
    {
      int16_t params[TUTTI_SCORE_N_PARAMS] = { 0 };
      TuttiVoiceStart start = random_start (sample, params);
      int64_t release = g_test_rand_bit () ? g_test_rand_int_range (0, 8000) : -1, cut = g_test_rand_int_range (-8000, 16000);
      TuttiVoice voice;

      if (!tutti_voice_start (&voice, &start))
        continue;
      memset (one, 0, sizeof one);
      memset (other, 0, sizeof other);
      g_assert_cmpuint (live (voice, true, release, cut, one, MOST), ==, live (voice, false, release, cut, other, MOST));
      g_assert_cmpmem (one, sizeof one, other, sizeof other);
    }
  tutti_sample_free (sample);
}

/* What dies away and is cut in the middle of a block never gets louder again. */
static void
test_cut_while_falling (void)
{
  enum { MOST = 200 };
  g_autofree float *ones = g_new (float, 48000);
  int16_t params[TUTTI_SCORE_N_PARAMS] = { [TUTTI_SCORE_PARAM_END] = 1000, [TUTTI_SCORE_PARAM_SUSTAIN] = 1000,
                                           [TUTTI_SCORE_PARAM_RELEASE] = 200 };
  TuttiSample *sample;

  for (int i = 0; i < 48000; i++)
    ones[i] = 0.5f;
  sample = tutti_sample_new (ones, 1, 48000);
  for (int64_t cut = 3001; cut < 9000; cut += 97)
    {
      static TuttiBlock blocks[MOST];
      TuttiVoiceStart start = { .sample = sample, .end_tick = INT64_MAX, .level = 1.0f, .params = params };
      TuttiVoice voice;

      memset (blocks, 0, sizeof blocks);
      g_assert_true (tutti_voice_start (&voice, &start));
      g_assert_cmpuint (live (voice, true, 3000, cut, blocks, MOST), <, MOST);
      float before = 1.0f;

      for (int i = 3000; i < MOST * TUTTI_BLOCK; before = blocks[i / TUTTI_BLOCK].left[i % TUTTI_BLOCK], i++)
        g_assert_cmpfloat (blocks[i / TUTTI_BLOCK].left[i % TUTTI_BLOCK], <=, before + 1e-5f);
    }
  tutti_sample_free (sample);
}

/* Clicks sound before the first step, and the step sounds at the end of the count-in. */
static void
test_count_in (void)
{
  Song song = song_new ();
  g_autofree float *out = NULL;

  song.clip->steps[0].velocity = 127;
  song.score->transport.segments[0].tick = -960;
  out = play (&song, NULL);
  assert_sounds (out, 0, 500);
  assert_silent (out, 2000, 23990);
  assert_sounds (out, 24000, SECOND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/voices/gate", test_gate);
  g_test_add_func ("/voices/stop-releases-gates", test_stop_releases_gates);
  g_test_add_func ("/voices/choke", test_choke);
  g_test_add_func ("/voices/mute", test_mute);
  g_test_add_func ("/voices/panic", test_panic);
  g_test_add_func ("/voices/steady", test_steady);
  g_test_add_func ("/voices/cut-while-falling", test_cut_while_falling);
  g_test_add_func ("/voices/too-many", test_too_many);
  g_test_add_func ("/voices/count-in", test_count_in);
  return g_test_run ();
}
