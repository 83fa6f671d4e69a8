/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-local.h"

#include <string.h>

#include "tutti-math.h"
#include "tutti-strip.h"
#include "tutti-zones.h"

void
tutti_local_init (TuttiLocal *local)
{
  memset (local, 0, sizeof *local);
  local->taken = TUTTI_BLOCK;
  tutti_ring_init (&local->ring, local->ring_memory, sizeof (TuttiLocalNote), TUTTI_LOCAL_RING);
}

static const TuttiScoreTrack *
find_track (const TuttiScore *score, uint64_t id)
{
  for (unsigned i = 0; score != NULL && i < score->n_tracks; i++)
    if (score->tracks[i]->id == id)
      return score->tracks[i];
  return NULL;
}

static TuttiLocalVoice *
free_voice (TuttiLocal *local)
{
  TuttiLocalVoice *oldest = &local->voices[0];

  for (unsigned i = 0; i < TUTTI_LOCAL_VOICES; i++)
    {
      if (!local->voices[i].used)
        return &local->voices[i];
      if (local->voices[i].voice.start_frame < oldest->voice.start_frame)
        oldest = &local->voices[i];
    }
  return oldest;
}

/* Who tries a sound out need not release it. */
#define TRIED_FRAMES (TUTTI_RATE * 6 / 10)

static const TuttiLfoTime still = { 0, 0, 12000 };

static void
fit_synth (TuttiVoiceStart *start, const TuttiScoreSound *sound, const TuttiScoreTrack *own)
{
  start->instrument = sound->instrument;
  start->model = sound->model;
  start->root_cents = 100 * sound->root_note;
  start->seed = (uint32_t) start->frame * 0x9e3779b9u;
  start->patch = own != NULL ? own->patch : sound->patch;
  start->time = still;
  start->end_tick = 0;
}

/* As its track plays it; a sound that is only tried out, plainly. */
static void
fit_sampler (TuttiVoiceStart *start, const TuttiScoreTrack *own, const TuttiScoreZone *zone)
{
  if (own == NULL)
    return;
  start->patch = own->patch;
  start->root_cents = 100 * own->root_note;
  if (zone != NULL)
    tutti_zones_fit (start, own, zone);
  start->shaped = start->pan != 0 || tutti_sampler_shapes (own->patch);
  start->cents += 1200 * own->patch[TUTTI_PATCH_OCTAVE];
  start->cents_from = start->cents;
  start->level *= tutti_strip_level (own->patch[TUTTI_PATCH_LEVEL]);
  start->seed = (uint32_t) start->frame * 0x9e3779b9u;
  start->time = still;
  if (own->patch[TUTTI_PATCH_LOOP] != TUTTI_SAMPLER_ONCE)
    start->end_tick = 0;
}

static void
begin_note (TuttiLocal *local, const TuttiScore *score, const TuttiLocalNote *note)
{
  const TuttiScoreTrack *track = find_track (score, note->track_id);
  const TuttiScoreSound *sound = note->sound != NULL ? note->sound : track != NULL ? track->sound : NULL;
  const TuttiScoreTrack *own = track != NULL && track->sound == sound ? track : NULL;
  const TuttiScoreZone *zone = own == NULL || own->n_zones == 0 || note->velocity == 0 ? NULL :
    tutti_zones_pick (own, own->root_note + note->pitch, note->velocity, 0);
  TuttiLocalVoice *one = free_voice (local);
  int16_t params[TUTTI_SCORE_N_PARAMS];
  TuttiVoiceStart start = { .frame = local->next_frame, .params = params };

  if (own != NULL && own->n_zones > 0)
    sound = zone != NULL ? zone->sound : NULL;
  if (sound == NULL)
    return;
  for (unsigned i = 0; i < TUTTI_SCORE_N_PARAMS; i++)
    params[i] = track != NULL ? track->params[i] : tutti_param_ranges[i].initial;
  start.sample = sound->sample;
  /* end_tick only tells that the note is held until it is released. */
  start.end_tick = track != NULL && track->mode == TUTTI_SOUND_GATE ? 0 : INT64_MAX;
  start.level = (float) (note->velocity * note->velocity) * (1.0f / 16129.0f);
  start.cents = start.cents_from = note->pitch * 100 + params[TUTTI_SCORE_PARAM_TUNE];
  if (sound->instrument != TUTTI_INSTRUMENT_SAMPLER)
    fit_synth (&start, sound, own);
  else
    fit_sampler (&start, own, zone);
  if (!tutti_any_voice_start (&one->voice, &start))
    return;
  if (sound->instrument != TUTTI_INSTRUMENT_SAMPLER || (start.shaped && one->voice.shaper.loop.on))
    tutti_any_voice_release (&one->voice, local->next_frame + TRIED_FRAMES);
  one->used = true;
  one->track_id = note->track_id;
  one->pitch = note->pitch;
  tutti_pan (params[TUTTI_SCORE_PARAM_PAN], &one->left, &one->right);
  one->left *= 1.41421356f * tutti_strip_level (params[TUTTI_SCORE_PARAM_GAIN]);
  one->right *= 1.41421356f * tutti_strip_level (params[TUTTI_SCORE_PARAM_GAIN]);
}

static void
take_note (TuttiLocal *local, const TuttiScore *score, const TuttiLocalNote *note)
{
  if (!note->stop && note->velocity > 0)
    {
      begin_note (local, score, note);
      return;
    }
  for (unsigned i = 0; i < TUTTI_LOCAL_VOICES; i++)
    {
      TuttiLocalVoice *one = &local->voices[i];

      if (one->used && note->stop)
        tutti_any_voice_cut (&one->voice, local->next_frame);
      else if (one->used && one->track_id == note->track_id && one->pitch == note->pitch && one->voice.end_tick != INT64_MAX)
        tutti_any_voice_release (&one->voice, local->next_frame);
    }
}

static void
run_block (TuttiLocal *local, const TuttiScore *score)
{
  TuttiLocalNote note;

  while (tutti_ring_pop (&local->ring, &note))
    take_note (local, score, &note);
  local->sounding = false;
  memset (&local->block, 0, sizeof local->block);
  for (unsigned i = 0; i < TUTTI_LOCAL_VOICES; i++)
    {
      TuttiLocalVoice *one = &local->voices[i];
      TuttiBlock alone;

      if (!one->used)
        continue;
      memset (&alone, 0, sizeof alone);
      one->used = tutti_any_voice_run (&one->voice, local->next_frame, &still, &alone, TUTTI_VOICE_BOTH, true);
      for (unsigned f = 0; f < TUTTI_BLOCK; f++)
        {
          local->block.left[f] += alone.left[f] * one->left;
          local->block.right[f] += alone.right[f] * one->right;
        }
      local->sounding = true;
    }
  local->next_frame += TUTTI_BLOCK;
}

bool
tutti_local_render (TuttiLocal *local, const TuttiScore *score, uint32_t n_frames, float *stereo)
{
  bool any = false;

  for (uint32_t i = 0; i < n_frames; i++)
    {
      if (local->taken == TUTTI_BLOCK)
        {
          run_block (local, score);
          local->taken = 0;
        }
      any |= local->sounding;
      stereo[2 * i] = local->block.left[local->taken];
      stereo[2 * i + 1] = local->block.right[local->taken++];
    }
  return any;
}
