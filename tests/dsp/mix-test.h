/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

#include "tutti-drum.h"
#include "tutti-mix.h"

/* Random scores for the laws of sequencer and mix. */

static inline int
pick (int min, int max)
{
  return g_test_rand_int_range (min, max + 1);
}

static inline bool
one_in (int n)
{
  return pick (1, n) == 1;
}

/* A burst of noise that falls to nothing. */
static inline TuttiScoreSound *
random_sound (uint32_t n_frames)
{
  g_autofree float *frames = g_new (float, n_frames);

  for (uint32_t i = 0; i < n_frames; i++)
    frames[i] = (float) g_test_rand_double_range (-0.3, 0.3) * (float) (n_frames - i) / (float) n_frames;
  return tutti_score_sound_new (tutti_sample_new (frames, 1, n_frames));
}

/* A patch with everything in it somewhere, short enough to be heard to its end. */
static inline TuttiScoreSound *
random_preset (void)
{
  gint16 patch[TUTTI_N_PATCH_PARAMS];

  for (int i = 0; i < TUTTI_N_PATCH_PARAMS; i++)
    patch[i] = one_in (3) ? (gint16) pick (tutti_patch_ranges[i].min, tutti_patch_ranges[i].max) : tutti_patch_ranges[i].initial;
  patch[TUTTI_PATCH_LEVEL] = (gint16) pick (-2400, -1200);
  patch[TUTTI_PATCH_RELEASE] = (gint16) pick (0, 1500);
  patch[TUTTI_PATCH_VOICES] = (gint16) pick (0, 2);
  return tutti_score_sound_new_preset (one_in (4) ? TUTTI_INSTRUMENT_DRUM : TUTTI_INSTRUMENT_SYNTH, (unsigned) pick (0, TUTTI_N_DRUMS - 1),
                                       (unsigned) pick (24, 84), patch);
}

static inline void
random_locks (TuttiScoreStep *step)
{
  for (unsigned i = 0; i < TUTTI_SCORE_N_PARAMS; i++)
    if (step->n_locks < TUTTI_SCORE_LOCKS_MAX && one_in (12))
      step->locks[step->n_locks++] =
        (TuttiScoreLock) { (uint16_t) i, (int16_t) pick (tutti_param_ranges[i].min, tutti_param_ranges[i].max) };
  if (step->n_locks < TUTTI_SCORE_LOCKS_MAX && one_in (4))
    {
      unsigned i = (unsigned) pick (0, TUTTI_N_PATCH_PARAMS - 1);

      step->locks[step->n_locks++] = (TuttiScoreLock) { (uint16_t) (TUTTI_SCORE_ADDRESS_PATCH + i),
                                                        (int16_t) pick (tutti_patch_ranges[i].min, tutti_patch_ranges[i].max) };
    }
  for (unsigned slot = 0; slot < 3; slot++)
    if (step->n_locks < TUTTI_SCORE_LOCKS_MAX && one_in (4))
      step->locks[step->n_locks++] =
        (TuttiScoreLock) { (uint16_t) (TUTTI_SCORE_ADDRESS_EFFECTS + TUTTI_SCORE_ADDRESS_VALUES * slot + (unsigned) pick (0, 5)),
                           (int16_t) (one_in (10) ? pick (-9000, 10000) : pick (0, 1000)) };
}

static inline TuttiScoreClip *
random_clip (bool draws)
{
  static const int resolutions[] = { 240, 240, 120, 160, 80, 480, 320 };
  TuttiScoreClip *clip = tutti_score_clip_new ((uint8_t) pick (1, 32), resolutions[pick (0, 6)]);

  for (unsigned i = 0; i < clip->length; i++)
    {
      TuttiScoreStep *step = &clip->steps[i];

      if (one_in (2))
        continue;
      step->velocity = (uint8_t) pick (1, 127);
      step->accent = one_in (5);
      step->pitch = (int8_t) pick (-12, 12);
      step->length = (uint8_t) pick (1, 4);
      step->tie = one_in (6);
      step->slide = one_in (6);
      step->ratchet = (uint8_t) (one_in (5) ? pick (1, 8) : 1);
      step->ratchet_shape = (uint8_t) pick (0, 2);
      if (one_in (3))
        step->micro = (int16_t) pick (1 - clip->step_ticks, clip->step_ticks - 1);
      if (draws && one_in (4))
        step->chance = (uint8_t) pick (0, 100);
      if (draws && one_in (5))
        {
          step->every_of = (uint8_t) pick (2, 4);
          step->every_n = (uint8_t) pick (1, step->every_of);
        }
      if (draws)
        random_locks (step);
    }
  tutti_score_clip_seal (clip);
  return clip;
}

/* Of any kind, mostly with numbers that mean something. */
static inline TuttiScoreEffect
random_effect (uint64_t id, uint8_t slot)
{
  TuttiScoreEffect effect = { .id = id, .kind = (uint8_t) pick (TUTTI_SCORE_EFFECT_FILTER, TUTTI_SCORE_N_EFFECTS - 1),
                              .on = !one_in (4), .slot = slot, .key = one_in (4) ? 1 : 0 };
  static const int16_t first_most[TUTTI_SCORE_N_EFFECTS] = {
    [TUTTI_SCORE_EFFECT_FILTER] = 2, [TUTTI_SCORE_EFFECT_CRUSH] = 16, [TUTTI_SCORE_EFFECT_DELAY] = 1000,
    [TUTTI_SCORE_EFFECT_REVERB] = 3000, [TUTTI_SCORE_EFFECT_CHORUS] = 4000, [TUTTI_SCORE_EFFECT_FLANGER] = 4000,
  };

  for (unsigned i = 0; i < TUTTI_SCORE_EFFECT_PARAMS; i++)
    effect.params[i] = (int16_t) (one_in (10) ? pick (-9000, 10000) : pick (0, 1000));
  if (first_most[effect.kind] > 0)
    effect.params[0] = (int16_t) pick (0, first_most[effect.kind]);
  if (effect.kind == TUTTI_SCORE_EFFECT_COMPRESSOR || effect.kind == TUTTI_SCORE_EFFECT_GATE)
    effect.params[0] = (int16_t) pick (-4000, -1000);
  return effect;
}

/* Chords among them, short and long notes, some over the end. */
static inline TuttiScoreClip *
random_notes_clip (void)
{
  TuttiScoreClip *clip = tutti_score_clip_new_notes ((uint16_t) pick (0, 24), pick (400, 5000));
  int32_t tick = 0;

  for (unsigned i = 0; i < clip->n_notes; i++)
    {
      tick += one_in (3) ? 0 : pick (1, 400);
      clip->notes[i] = (TuttiScoreNote) { tick, one_in (5) ? pick (1, 8000) : pick (1, 500), (int8_t) pick (-14, 14),
                                          (uint8_t) pick (1, 127) };
    }
  return clip;
}

static inline TuttiScoreClip *
random_part (void)
{
  return one_in (3) ? random_notes_clip () : random_clip (true);
}

/* Numbers of a sampler, most of them somewhere: loops, backwards, filters. */
static inline void
random_sampler (TuttiScoreTrack *track)
{
  for (int i = 0; i < TUTTI_N_PATCH_PARAMS; i++)
    if (one_in (3))
      track->patch[i] = (gint16) pick (tutti_patch_ranges[i].min, tutti_patch_ranges[i].max);
  track->patch[TUTTI_PATCH_LEVEL] = (gint16) pick (-1200, 0);
  track->patch[TUTTI_PATCH_OCTAVE] = (gint16) pick (-1, 1);
  track->patch[TUTTI_PATCH_HOLD] = (gint16) (one_in (3) ? pick (0, 300) : 0);
}

/* Zones over each other and beside. */
static inline void
random_zones (TuttiScoreTrack *track)
{
  for (int n = pick (1, 6); n > 0; n--)
    {
      TuttiScoreSound *sound = one_in (6) ? NULL : random_sound ((uint32_t) pick (200, 24000));
      int low = pick (40, 70), soft = pick (1, 127);
      TuttiScoreZone zone = { sound, (uint8_t) low, (uint8_t) pick (low, 127), (uint8_t) soft, (uint8_t) pick (soft, 127),
                              (uint8_t) pick (40, 80), (int16_t) pick (-1200, 1200), (int16_t) pick (-1200, 0),
                              (int16_t) (one_in (2) ? pick (-1000, 1000) : 0) };

      tutti_score_track_add_zone (track, &zone);
      tutti_score_sound_unref (sound);
    }
}

static inline TuttiScoreTrack *
random_track (uint64_t id)
{
  TuttiScoreTrack *track = tutti_score_track_new (id);
  TuttiScoreSound *sound = one_in (3) ? random_preset () : random_sound ((uint32_t) pick (200, 24000));

  tutti_score_track_set_sound (track, sound);
  tutti_score_sound_unref (sound);
  track->mode = one_in (3) ? TUTTI_SOUND_GATE : TUTTI_SOUND_ONE_SHOT;
  track->choke_group = one_in (4) ? (uint8_t) pick (1, 2) : 0;
  track->swing = (int16_t) (one_in (3) ? pick (0, 1000) : -1);
  track->transpose = (int8_t) pick (-3, 3);
  track->params[TUTTI_SCORE_PARAM_GAIN] = (int16_t) pick (-2000, -600);
  track->params[TUTTI_SCORE_PARAM_PAN] = (int16_t) pick (-1000, 1000);
  track->params[TUTTI_SCORE_PARAM_ATTACK] = (int16_t) (one_in (4) ? pick (0, 100) : 0);
  track->params[TUTTI_SCORE_PARAM_DECAY] = (int16_t) pick (0, 300);
  track->params[TUTTI_SCORE_PARAM_SUSTAIN] = (int16_t) (one_in (3) ? pick (0, 1000) : 1000);
  track->params[TUTTI_SCORE_PARAM_RELEASE] = (int16_t) pick (0, 300);
  if (one_in (2))
    track->params[TUTTI_SCORE_PARAM_CUTOFF] = (int16_t) pick (200, 1000);
  if (one_in (3))
    track->params[TUTTI_SCORE_PARAM_DELAY_SEND] = (int16_t) pick (-3000, 0);
  if (one_in (3))
    track->params[TUTTI_SCORE_PARAM_REVERB_SEND] = (int16_t) pick (-3000, 0);
  track->n_effects = (uint8_t) pick (0, 3);
  for (unsigned i = 0; i < track->n_effects; i++)
    track->effects[i] = random_effect (id * 100 + i, (uint8_t) i);
  tutti_score_track_set_current (track, random_part (), 0);
  if (track->sound->instrument == TUTTI_INSTRUMENT_SAMPLER && one_in (2))
    random_sampler (track);
  if (track->sound->instrument == TUTTI_INSTRUMENT_SAMPLER && one_in (3))
    random_zones (track);
  tutti_score_track_seal_zones (track);
  return track;
}

/* Plays from frame 0. */
static inline TuttiScore *
random_score (unsigned n_tracks)
{
  TuttiScore *score = tutti_score_new ();

  score->transport.segments[0].playing = true;
  score->transport.segments[0].tempo_cbpm = pick (6000, 20000);
  score->transport.metronome = one_in (2);
  score->seed = (uint32_t) g_test_rand_int ();
  score->swing = (int16_t) pick (0, 700);
  score->delay.feedback = (int16_t) pick (0, 900);
  score->reverb.size = (int16_t) pick (0, 1000);
  if (one_in (3))
    {
      score->transport.loop_on = true;
      score->transport.loop_start = pick (0, 2000);
      score->transport.loop_end = score->transport.loop_start + pick (1000, 8000);
    }
  for (unsigned i = 0; i < n_tracks; i++)
    tutti_score_add_track (score, random_track (1 + i * 7919u % 1000));
  return score;
}

/* What somebody could do at @frame. */
static inline TuttiScore *
random_edit (const TuttiScore *before, int64_t frame)
{
  TuttiScore *score = tutti_score_copy (before);
  unsigned index = (unsigned) pick (0, score->n_tracks - 1);
  TuttiScoreTrack *track = tutti_score_track_copy (score->tracks[index]);
  TuttiScoreSegment base = before->transport.segments[before->transport.n_segments - 1], next = base;

  score->valid_from = score->known_from = frame;
  if (one_in (4))
    tutti_score_track_set_current (track, random_part (), track->current.from_tick);
  else if (one_in (4) && track->n_effects > 0)
    {
      TuttiScoreEffect *effect = &track->effects[pick (0, track->n_effects - 1)];

      if (one_in (3))
        effect->on = !effect->on;
      else
        effect->params[pick (0, 5)] = (int16_t) pick (0, 1000);
    }
  else if (one_in (6) && track->n_effects > 1)
    {
      TuttiScoreEffect first = track->effects[0];

      track->effects[0] = track->effects[1];
      track->effects[1] = first;
    }
  else if (one_in (6) && track->n_effects < 3)
    {
      track->effects[track->n_effects] = random_effect ((uint64_t) frame + 1000000, track->n_effects);
      track->n_effects++;
    }
  else if (one_in (3))
    track->params[TUTTI_SCORE_PARAM_GAIN] = (int16_t) pick (-3000, 0);
  else if (one_in (3))
    {
      int i = pick (0, TUTTI_N_PATCH_PARAMS - 1);

      track->patch[i] = (int16_t) pick (tutti_patch_ranges[i].min, tutti_patch_ranges[i].max);
    }
  else if (one_in (3))
    track->audible = !track->audible;
  else if (one_in (3))
    tutti_score_track_set_queued (track, one_in (3) ? NULL : random_part (), pick (0, 40000));
  else if (one_in (2))
    track->params[TUTTI_SCORE_PARAM_CUTOFF] = (int16_t) pick (200, 1000);
  else
    {
      /* Another tempo from the next tick but one. */
      int64_t tick = base.tick + MAX (frame - base.frame, 0) * base.tempo_cbpm / 300000 + 2;

      next.frame = base.frame + ((tick - base.tick) * 300000 + base.tempo_cbpm - 1) / base.tempo_cbpm;
      next.tick = tick;
      next.tempo_cbpm = pick (6000, 20000);
      score->transport.n_segments = 2;
      score->transport.segments[0] = base;
      score->transport.segments[1] = next;
    }
  tutti_score_track_seal_zones (track);
  tutti_score_replace_track (score, index, track);
  return score;
}

/* Renders [@from, @to) in pieces of up to @most frames (0: all at once). */
static inline void
render (TuttiMix *mix, int64_t from, int64_t to, int most, float *out)
{
  while (from < to)
    {
      int64_t n = most == 0 ? to - from : pick (1, most);

      n = n < to - from ? n : to - from;
      tutti_mix_render (mix, from, (uint32_t) n, out);
      from += n;
      out += 2 * n;
    }
}

static inline void
assert_same (const float *one, const float *other, int64_t n_frames, int64_t first_frame)
{
  for (int64_t i = 0; i < 2 * n_frames; i++)
    if (memcmp (&one[i], &other[i], sizeof one[i]) != 0)
      {
        g_test_message ("differs at frame %" G_GINT64_FORMAT ": %g and %g", first_frame + i / 2, one[i], other[i]);
        g_test_fail ();
        return;
      }
}

static inline float
loudest (const float *stereo, int64_t n_frames)
{
  float most = 0;

  for (int64_t i = 0; i < 2 * n_frames; i++)
    most = MAX (most, ABS (stereo[i]));
  return most;
}
