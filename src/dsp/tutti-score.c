/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-score.h"

#include "tutti-drum.h"
#include "tutti-synth.h"
#include "tutti-zones.h"
#include <stdlib.h>
#include <string.h>

static void
ref (int *refs)
{
  __atomic_add_fetch (refs, 1, __ATOMIC_RELAXED);
}

static bool
unref (int *refs)
{
  return __atomic_sub_fetch (refs, 1, __ATOMIC_ACQ_REL) == 0;
}

/* ---- clips ---- */

static size_t
clip_size (unsigned length)
{
  return sizeof (TuttiScoreClip) + length * sizeof (TuttiScoreStep);
}

TuttiScoreClip *
tutti_score_clip_new (uint8_t length, int32_t step_ticks)
{
  TuttiScoreClip *clip = calloc (1, clip_size (length));

  if (clip == NULL)
    return NULL;
  clip->refs = 1;
  clip->length = length;
  clip->step_ticks = step_ticks;
  for (unsigned i = 0; i < length; i++)
    {
      clip->steps[i].length = 1;
      clip->steps[i].chance = 100;
      clip->steps[i].ratchet = 1;
    }
  return clip;
}

TuttiScoreClip *
tutti_score_clip_new_notes (uint16_t n_notes, int32_t ticks)
{
  TuttiScoreClip *clip = tutti_score_clip_new (0, TUTTI_SCORE_NOTE_STEP);

  if (clip == NULL)
    return NULL;
  clip->note_ticks = ticks;
  clip->n_notes = n_notes;
  clip->notes = calloc (n_notes > 0 ? n_notes : 1, sizeof *clip->notes);
  if (clip->notes != NULL)
    return clip;
  free (clip);
  return NULL;
}

void
tutti_score_clip_seal (TuttiScoreClip *clip)
{
  clip->any_locks = false;
  for (unsigned i = 0; i < clip->length; i++)
    clip->any_locks |= clip->steps[i].n_locks > 0;
}

TuttiScoreClip *
tutti_score_clip_ref (TuttiScoreClip *clip)
{
  if (clip != NULL)
    ref (&clip->refs);
  return clip;
}

void
tutti_score_clip_unref (TuttiScoreClip *clip)
{
  if (clip == NULL || !unref (&clip->refs))
    return;
  free (clip->notes);
  free (clip);
}

/* ---- sounds ---- */

TuttiScoreSound *
tutti_score_sound_new (TuttiSample *sample)
{
  TuttiScoreSound *sound = malloc (sizeof *sound);

  if (sound != NULL)
    *sound = (TuttiScoreSound) { 1, sample };
  return sound;
}

TuttiScoreSound *
tutti_score_sound_new_preset (TuttiInstrument instrument, unsigned model, unsigned root_note, const int16_t *patch)
{
  TuttiScoreSound *sound = tutti_score_sound_new (NULL);

  if (sound == NULL)
    return NULL;
  tutti_synth_init ();
  sound->instrument = (uint8_t) instrument;
  sound->model = (uint8_t) model;
  sound->root_note = (uint8_t) root_note;
  memcpy (sound->patch, patch, sizeof sound->patch);
  return sound;
}

TuttiScoreSound *
tutti_score_sound_ref (TuttiScoreSound *sound)
{
  if (sound != NULL)
    ref (&sound->refs);
  return sound;
}

void
tutti_score_sound_unref (TuttiScoreSound *sound)
{
  if (sound == NULL || !unref (&sound->refs))
    return;
  tutti_sample_free (sound->sample);
  free (sound);
}

/* ---- zones ---- */

static TuttiScoreTurns *
turns_ref (TuttiScoreTurns *turns)
{
  if (turns != NULL)
    ref (&turns->refs);
  return turns;
}

static void
turns_unref (TuttiScoreTurns *turns)
{
  if (turns != NULL && unref (&turns->refs))
    free (turns);
}

bool
tutti_score_track_add_zone (TuttiScoreTrack *track, const TuttiScoreZone *zone)
{
  if (track->n_zones == TUTTI_SCORE_ZONES_MAX)
    return false;
  tutti_score_sound_ref (zone->sound);
  track->zones[track->n_zones++] = *zone;
  return true;
}

bool
tutti_score_track_seal_zones (TuttiScoreTrack *track)
{
  TuttiScoreLaunch *launches[] = { &track->current, &track->queued };
  bool all = true;

  for (unsigned i = 0; i < 2; i++)
    {
      turns_unref (launches[i]->turns);
      launches[i]->turns = NULL;
      if (track->n_zones == 0 || launches[i]->clip == NULL)
        continue;
      launches[i]->turns = tutti_zones_count_turns (track, launches[i]->clip);
      all &= launches[i]->turns != NULL;
    }
  return all;
}

/* ---- tracks ---- */

TuttiScoreTrack *
tutti_score_track_new (uint64_t id)
{
  TuttiScoreTrack *track = calloc (1, sizeof *track);

  if (track == NULL)
    return NULL;
  track->refs = 1;
  track->id = id;
  track->audible = true;
  track->swing = -1;
  track->root_note = 60;
  for (unsigned i = 0; i < TUTTI_SCORE_N_PARAMS; i++)
    track->params[i] = tutti_param_ranges[i].initial;
  tutti_patch_fill_sampler (track->patch);
  return track;
}

TuttiScoreTrack *
tutti_score_track_copy (const TuttiScoreTrack *track)
{
  TuttiScoreTrack *copy = malloc (sizeof *copy);

  if (copy == NULL)
    return NULL;
  *copy = *track;
  copy->refs = 1;
  tutti_score_clip_ref (copy->current.clip);
  tutti_score_clip_ref (copy->queued.clip);
  tutti_score_sound_ref (copy->sound);
  turns_ref (copy->current.turns);
  turns_ref (copy->queued.turns);
  for (unsigned i = 0; i < copy->n_zones; i++)
    tutti_score_sound_ref (copy->zones[i].sound);
  return copy;
}

TuttiScoreTrack *
tutti_score_track_ref (TuttiScoreTrack *track)
{
  ref (&track->refs);
  return track;
}

void
tutti_score_track_unref (TuttiScoreTrack *track)
{
  if (track == NULL || !unref (&track->refs))
    return;
  tutti_score_clip_unref (track->current.clip);
  tutti_score_clip_unref (track->queued.clip);
  tutti_score_sound_unref (track->sound);
  turns_unref (track->current.turns);
  turns_unref (track->queued.turns);
  for (unsigned i = 0; i < track->n_zones; i++)
    tutti_score_sound_unref (track->zones[i].sound);
  free (track);
}

void
tutti_score_track_set_sound (TuttiScoreTrack *track, TuttiScoreSound *sound)
{
  tutti_score_sound_ref (sound);
  tutti_score_sound_unref (track->sound);
  track->sound = sound;
  if (sound != NULL && sound->instrument != TUTTI_INSTRUMENT_SAMPLER)
    {
      memcpy (track->patch, sound->patch, sizeof track->patch);
      while (track->n_zones > 0)
        tutti_score_sound_unref (track->zones[--track->n_zones].sound);
    }
  else if (sound != NULL)
    tutti_patch_fill_sampler (track->patch);
}

void
tutti_score_track_set_current (TuttiScoreTrack *track, TuttiScoreClip *clip, int64_t from_tick)
{
  tutti_score_clip_unref (track->current.clip);
  turns_unref (track->current.turns);
  track->current = (TuttiScoreLaunch) { clip, from_tick };
}

void
tutti_score_track_set_queued (TuttiScoreTrack *track, TuttiScoreClip *clip, int64_t from_tick)
{
  tutti_score_clip_unref (track->queued.clip);
  turns_unref (track->queued.turns);
  track->queued = (TuttiScoreLaunch) { clip, from_tick };
  track->has_queued = true;
}

/* ---- scores ---- */

TuttiScore *
tutti_score_new (void)
{
  TuttiScore *score = calloc (1, sizeof *score);

  if (score == NULL)
    return NULL;
  score->transport.n_segments = 1;
  score->transport.segments[0].tempo_cbpm = 12000;
  score->transport.beats_per_bar = 4;
  score->transport.beat_unit = 4;
  score->delay = (TuttiScoreDelay) { 720, 400, 0 };
  score->reverb = (TuttiScoreReverb) { 500, 400, 0 };
  return score;
}

TuttiScore *
tutti_score_copy (const TuttiScore *score)
{
  TuttiScore *copy = malloc (sizeof *copy);

  if (copy == NULL)
    return NULL;
  *copy = *score;
  for (unsigned i = 0; i < copy->n_tracks; i++)
    tutti_score_track_ref (copy->tracks[i]);
  return copy;
}

void
tutti_score_free (TuttiScore *score)
{
  if (score == NULL)
    return;
  for (unsigned i = 0; i < score->n_tracks; i++)
    tutti_score_track_unref (score->tracks[i]);
  free (score);
}

bool
tutti_score_add_track (TuttiScore *score, TuttiScoreTrack *track)
{
  if (score->n_tracks == TUTTI_SCORE_TRACKS_MAX)
    return false;
  for (unsigned i = 0; i < score->n_tracks; i++)
    if (score->tracks[i]->id == track->id)
      return false;
  score->tracks[score->n_tracks++] = track;
  return true;
}

void
tutti_score_replace_track (TuttiScore *score, unsigned index, TuttiScoreTrack *track)
{
  tutti_score_track_unref (score->tracks[index]);
  score->tracks[index] = track;
}

/* ---- checking ---- */

static bool
within (int64_t value, int64_t min, int64_t max)
{
  return value >= min && value <= max;
}

static bool
param_valid (unsigned param, int value)
{
  return within (value, tutti_param_ranges[param].min, tutti_param_ranges[param].max);
}

static bool
lock_valid (const TuttiScoreLock *lock)
{
  if (lock->address < TUTTI_SCORE_N_PARAMS)
    return param_valid (lock->address, lock->value);
  if (within (lock->address, TUTTI_SCORE_ADDRESS_PATCH, TUTTI_SCORE_ADDRESS_PATCH + TUTTI_N_PATCH_PARAMS - 1))
    return within (lock->value, tutti_patch_ranges[lock->address - TUTTI_SCORE_ADDRESS_PATCH].min,
                   tutti_patch_ranges[lock->address - TUTTI_SCORE_ADDRESS_PATCH].max);
  return within (lock->address, TUTTI_SCORE_ADDRESS_EFFECTS, TUTTI_SCORE_ADDRESSES - 1);
}

static bool
step_valid (const TuttiScoreStep *step, int32_t step_ticks)
{
  bool valid = step->velocity <= 127 && within (step->pitch, -48, 48) && step->length <= TUTTI_SCORE_STEPS_MAX &&
               step->chance <= 100 && (step->every_of <= 1 || within (step->every_n, 1, step->every_of)) &&
               step->ratchet <= TUTTI_SCORE_RATCHET_MAX && step->ratchet_shape <= TUTTI_SCORE_RATCHET_FALLING &&
               within (step->micro, 1 - step_ticks, step_ticks - 1) && step->n_locks <= TUTTI_SCORE_LOCKS_MAX;

  for (unsigned i = 0; valid && i < step->n_locks; i++)
    valid = lock_valid (&step->locks[i]) && (i == 0 || step->locks[i - 1].address < step->locks[i].address);
  return valid;
}

static bool
notes_valid (const TuttiScoreClip *clip)
{
  bool valid = within (clip->note_ticks, 1, TUTTI_SCORE_CLIP_TICKS_MAX) && clip->n_notes <= TUTTI_SCORE_NOTES_MAX &&
               clip->length == 0 && clip->step_ticks == TUTTI_SCORE_NOTE_STEP;

  for (unsigned i = 0; valid && i < clip->n_notes; i++)
    valid = within (clip->notes[i].tick, i > 0 ? clip->notes[i - 1].tick : 0, TUTTI_SCORE_CLIP_TICKS_MAX) &&
            within (clip->notes[i].length, 1, TUTTI_SCORE_CLIP_TICKS_MAX) && within (clip->notes[i].velocity, 1, 127);
  return valid;
}

static bool
clip_valid (const TuttiScoreClip *clip)
{
  if (clip != NULL && clip->note_ticks != 0)
    return notes_valid (clip);
  bool valid = clip == NULL || (within (clip->length, 1, TUTTI_SCORE_STEPS_MAX) && within (clip->step_ticks, 20, 3840));

  for (unsigned i = 0; valid && clip != NULL && i < clip->length; i++)
    valid = step_valid (&clip->steps[i], clip->step_ticks);
  return valid;
}

static bool
sound_valid (const TuttiScoreSound *sound)
{
  return sound == NULL || (sound->instrument < TUTTI_N_INSTRUMENTS && sound->model < TUTTI_N_DRUMS && sound->root_note <= 127);
}

/* Zones are of samples. */
static bool
zone_valid (const TuttiScoreZone *zone)
{
  return zone->key_low <= zone->key_high && zone->key_high <= 127 && zone->velocity_low >= 1 &&
         zone->velocity_low <= zone->velocity_high && zone->velocity_high <= 127 && zone->root <= 127 && within (zone->tune, -1200, 1200) &&
         within (zone->gain, TUTTI_LEVEL_OFF, 600) && within (zone->pan, -1000, 1000) &&
         (zone->sound == NULL || (zone->sound->instrument == TUTTI_INSTRUMENT_SAMPLER && zone->sound->sample != NULL));
}

static bool
track_valid (const TuttiScoreTrack *track)
{
  bool valid = track->id != 0 && within (track->transpose, -48, 48) && within (track->swing, -1, 1000) &&
               track->mode <= TUTTI_SOUND_GATE && sound_valid (track->sound) && track->n_effects <= TUTTI_SCORE_EFFECTS_MAX &&
               track->root_note <= 127 && track->n_zones <= TUTTI_SCORE_ZONES_MAX &&
               (track->n_zones == 0 || track->sound == NULL || track->sound->instrument == TUTTI_INSTRUMENT_SAMPLER);

  for (unsigned i = 0; valid && i < track->n_zones; i++)
    valid = zone_valid (&track->zones[i]);
  for (unsigned i = 0; valid && i < TUTTI_SCORE_N_PARAMS; i++)
    valid = param_valid (i, track->params[i]);
  for (unsigned i = 0; valid && i < TUTTI_N_PATCH_PARAMS; i++)
    valid = within (track->patch[i], tutti_patch_ranges[i].min, tutti_patch_ranges[i].max);
  for (unsigned i = 0; valid && i < track->n_effects; i++)
    valid = track->effects[i].kind < TUTTI_SCORE_N_EFFECTS;
  return valid && clip_valid (track->current.clip) && (!track->has_queued || clip_valid (track->queued.clip));
}

static bool
transport_valid (const TuttiScoreTransport *transport)
{
  unsigned unit = transport->beat_unit;
  bool valid = within (transport->n_segments, 1, TUTTI_SCORE_SEGMENTS_MAX) &&
               within (transport->beats_per_bar, 1, 32) && within (unit, 1, 32) && (unit & (unit - 1)) == 0;

  for (unsigned i = 0; valid && i < transport->n_segments; i++)
    valid = within (transport->segments[i].tempo_cbpm, 100, 100000) &&
            (i == 0 || transport->segments[i].frame >= transport->segments[i - 1].frame);
  return valid;
}

bool
tutti_score_valid (const TuttiScore *score)
{
  bool valid = transport_valid (&score->transport) && within (score->swing, 0, 1000) &&
               within (score->master_gain, TUTTI_LEVEL_OFF, 600) && within (score->delay.ticks, 1, 7680) &&
               within (score->delay.feedback, 0, 900) && within (score->delay.level, TUTTI_LEVEL_OFF, 600) &&
               within (score->reverb.size, 0, 1000) && within (score->reverb.damping, 0, 1000) &&
               within (score->reverb.level, TUTTI_LEVEL_OFF, 600) && score->n_tracks <= TUTTI_SCORE_TRACKS_MAX &&
               score->n_master_effects <= TUTTI_SCORE_EFFECTS_MAX;

  for (unsigned i = 0; valid && i < score->n_master_effects; i++)
    valid = score->master_effects[i].kind < TUTTI_SCORE_N_EFFECTS;
  for (unsigned i = 0; valid && i < score->n_tracks; i++)
    valid = track_valid (score->tracks[i]);
  return valid;
}
