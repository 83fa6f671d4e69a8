/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "tutti-mix.h"

/* One fixed song with everything in it, whose fingerprints must come out of every compiler, optimisation and processor. Random
 * numbers are of our own making, so that they are the same everywhere. Run with an argument it prints what it got. */

#define SECONDS 4

static const uint64_t golden[SECONDS] = {
  UINT64_C (0x55278397547f3634), UINT64_C (0x4d058a32e787a9b7), UINT64_C (0x821a110c3d2a9544), UINT64_C (0xa099021dfedf2c63),
};

static const uint64_t golden_notes[SECONDS] = {
  UINT64_C (0xa66e4b443cfebb2d), UINT64_C (0x2be482c075f8e91e),
  UINT64_C (0x125307dd103ec03a), UINT64_C (0x329bdf39a62e58d0),
};

static unsigned seed = 20;

static int
pick (int min, int max)
{
  seed = seed * 1664525u + 1013904223u;
  return min + (int) ((seed >> 8) % (unsigned) (max - min + 1));
}

static TuttiScoreSound *
make_sound (uint32_t n_frames)
{
  float *frames = malloc (n_frames * sizeof *frames);
  TuttiSample *sample;

  for (uint32_t i = 0; i < n_frames; i++)
    frames[i] = (float) pick (-1000, 1000) * 0.0005f * (float) (n_frames - i) / (float) n_frames;
  sample = tutti_sample_new (frames, 1, n_frames);
  free (frames);
  return tutti_score_sound_new (sample);
}

static TuttiScoreClip *
make_clip (void)
{
  static const int resolutions[] = { 240, 120, 160, 480 };
  /* One draw a statement: C leaves the order within one open. */
  int length = pick (3, 20);
  TuttiScoreClip *clip = tutti_score_clip_new ((uint8_t) length, resolutions[pick (0, 3)]);

  for (unsigned i = 0; i < clip->length; i++)
    {
      TuttiScoreStep *step = &clip->steps[i];

      step->velocity = (uint8_t) pick (1, 127);
      step->velocity *= (uint8_t) pick (0, 1);
      step->pitch = (int8_t) pick (-14, 14);
      step->length = (uint8_t) pick (1, 3);
      step->slide = pick (0, 4) == 0;
      step->tie = pick (0, 4) == 0;
      step->ratchet = (uint8_t) (pick (0, 4) == 0 ? pick (1, 8) : 1);
      step->chance = (uint8_t) (pick (0, 2) == 0 ? 60 : 100);
      step->micro = (int16_t) pick (-30, 30);
      if (pick (0, 3) == 0)
        {
          step->n_locks = 2;
          step->locks[1] = (TuttiScoreLock) { TUTTI_SCORE_PARAM_CUTOFF, (int16_t) pick (300, 1000) };
          step->locks[0] = (TuttiScoreLock) { TUTTI_SCORE_PARAM_PAN, (int16_t) pick (-1000, 1000) };
        }
    }
  tutti_score_clip_seal (clip);
  return clip;
}

/* The other kinds, two a track. */
static const TuttiScoreEffect effects[12] = {
  { .kind = TUTTI_SCORE_EFFECT_EQ, .on = true, .params = { 600, -900, 400, 300, 233, 566, 90, 867 } },
  { .kind = TUTTI_SCORE_EFFECT_COMPRESSOR, .on = true, .key = 2, .params = { -3000, 400, 80, 90, 300, 900, 600 } },
  { .kind = TUTTI_SCORE_EFFECT_DRIVE, .on = true, .params = { 600, 700 } },
  { .kind = TUTTI_SCORE_EFFECT_LIMITER, .on = true, .params = { -600, 1200, 80 } },
  { .kind = TUTTI_SCORE_EFFECT_CHORUS, .on = true, .params = { 900, 300, 1400, 500, 500 } },
  { .kind = TUTTI_SCORE_EFFECT_FLANGER, .on = true, .params = { 700, 800, 250, 500, 250, 500 } },
  { .kind = TUTTI_SCORE_EFFECT_PHASER, .on = true, .params = { 800, 400, 530, 400, 250, 500 } },
  { .kind = TUTTI_SCORE_EFFECT_DELAY, .on = true, .params = { 360, 500, 250, 1000, 300 } },
  { .kind = TUTTI_SCORE_EFFECT_REVERB, .on = true, .params = { 1500, 400, 15, 500, 1200, 300 } },
  { .kind = TUTTI_SCORE_EFFECT_WIDTH, .on = true, .params = { 1700, -200 } },
  { .kind = TUTTI_SCORE_EFFECT_GATE, .on = true, .params = { -3000, 10, 40, 120, -9000 } },
  { .kind = TUTTI_SCORE_EFFECT_TREMOLO, .on = true, .params = { 240, 800, 300, 500 } },
};

static TuttiScoreTrack *
make_track (uint64_t id)
{
  TuttiScoreTrack *track = tutti_score_track_new (id);
  TuttiScoreSound *sound = make_sound ((uint32_t) pick (2000, 20000));

  tutti_score_track_set_sound (track, sound);
  tutti_score_sound_unref (sound);
  track->mode = (uint8_t) pick (0, 1);
  track->choke_group = (uint8_t) (pick (0, 3) == 0);
  track->params[TUTTI_SCORE_PARAM_SUSTAIN] = (int16_t) pick (200, 1000);
  track->params[TUTTI_SCORE_PARAM_DECAY] = (int16_t) pick (0, 400);
  track->params[TUTTI_SCORE_PARAM_ATTACK] = (int16_t) pick (0, 20);
  track->params[TUTTI_SCORE_PARAM_CUTOFF] = (int16_t) pick (500, 1000);
  track->params[TUTTI_SCORE_PARAM_DRIVE] = (int16_t) (pick (0, 1) == 1 ? pick (0, 500) : 0);
  track->params[TUTTI_SCORE_PARAM_DELAY_SEND] = (int16_t) pick (-2000, -600);
  track->params[TUTTI_SCORE_PARAM_REVERB_SEND] = (int16_t) pick (-2000, -600);
  track->n_effects = 4;
  track->effects[0] = (TuttiScoreEffect) { .id = 100 * id, .kind = TUTTI_SCORE_EFFECT_CRUSH, .params = { 0, 4, 1000 } };
  track->effects[0].on = pick (0, 1) == 1;
  track->effects[0].params[0] = (int16_t) pick (6, 16);
  track->effects[1] = (TuttiScoreEffect) { .id = 100 * id + 1, .kind = TUTTI_SCORE_EFFECT_FILTER, .params = { 2, 0, 500 } };
  track->effects[1].on = pick (0, 1) == 1;
  track->effects[1].params[1] = (int16_t) pick (300, 900);
  track->effects[2] = effects[2 * (id - 1) % 12];
  track->effects[3] = effects[(2 * (id - 1) + 1) % 12];
  track->effects[2].id = 100 * id + 2;
  track->effects[3].id = 100 * id + 3;
  tutti_score_track_set_current (track, make_clip (), 0);
  return track;
}

/* The same tracks with notes in place of steps. */
static TuttiScoreClip *
make_notes (void)
{
  TuttiScoreClip *clip = tutti_score_clip_new_notes (40, 3840);
  int tick = 0;

  for (unsigned i = 0; i < clip->n_notes; i++)
    {
      int further = pick (0, 200);

      clip->notes[i].tick = tick += pick (0, 2) == 0 ? 0 : further;
      clip->notes[i].length = pick (20, 2000);
      clip->notes[i].pitch = (int8_t) pick (-14, 14);
      clip->notes[i].velocity = (uint8_t) pick (1, 127);
    }
  return clip;
}

/* Prints what came out of @mix, which it frees, beside what should, the tests numbered after @n; returns how many differ. */
static int
compare (TuttiMix *mix, const uint64_t *wanted, int n, bool print_them)
{
  static float out[2 * 4800];
  int wrong = 0;

  for (int64_t frame = 0; frame < (SECONDS + 1) * 48000; frame += 4800)
    tutti_mix_render (mix, frame, 4800, out);
  for (int64_t second = 0; second < SECONDS; second++)
    {
      TuttiPrint print = { .hash = 0 };
      bool same = tutti_mix_get_print (mix, second, &print) && print.hash == wanted[second];

      if (print_them)
        printf ("  UINT64_C (0x%016" PRIx64 "),\n", print.hash);
      printf ("%s %d - second %" PRId64 "\n", same ? "ok" : "not ok", n + 1 + (int) second, second);
      wrong += !same;
    }
  tutti_mix_free (mix);
  return wrong;
}

static TuttiScore *
make_score (void)
{
  TuttiScore *score = tutti_score_new ();

  score->transport.segments[0].playing = true;
  score->transport.segments[0].tempo_cbpm = 13371;
  score->swing = 300;
  for (uint64_t id = 1; id <= 8; id++)
    tutti_score_add_track (score, make_track (id));
  return score;
}

static TuttiMix *
song_of_steps (void)
{
  TuttiScore *score = make_score (), *edit;
  TuttiMix *mix = tutti_mix_new (NULL);

  score->n_master_effects = 2;
  score->master_effects[0] = effects[0];
  score->master_effects[1] = effects[3];
  score->master_effects[0].id = 1;
  score->master_effects[1].id = 2;
  edit = tutti_score_copy (score);
  edit->valid_from = edit->known_from = 70001;
  edit->master_gain = 500;
  edit->delay.ticks = 360;
  edit->master_effects[0] = score->master_effects[1];
  edit->master_effects[1] = score->master_effects[0];
  tutti_mix_push_score (mix, score);
  tutti_mix_push_score (mix, edit);
  return mix;
}

static TuttiMix *
song_of_notes (void)
{
  TuttiScore *score = make_score ();
  TuttiMix *mix = tutti_mix_new (NULL);

  for (unsigned i = 0; i < score->n_tracks; i++)
    {
      tutti_score_track_set_current (score->tracks[i], make_notes (), 0);
      score->tracks[i]->mode = TUTTI_SOUND_GATE;
    }
  tutti_mix_push_score (mix, score);
  return mix;
}

int
main (int argc, char **argv)
{
  int wrong;

  printf ("1..%d\n", 2 * SECONDS);
  wrong = compare (song_of_steps (), golden, 0, argc > 1);
  wrong += compare (song_of_notes (), golden_notes, SECONDS, argc > 1);
  return wrong > 0;
}
