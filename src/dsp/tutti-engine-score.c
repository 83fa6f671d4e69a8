/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A score takes over: its tracks get their slots, and what is not known of the time before it is bounded. */
#include "tutti-engine-private.h"

#include "tutti-strip.h"

#include <string.h>

/* ---- slots ---- */

static void
remove_slot (TuttiEngine *engine, unsigned place)
{
  unsigned index = engine->order[place];

  tutti_pool_drop_slot (&engine->pool, index);
  engine->used[index] = false;
  engine->n_slots--;
  memmove (&engine->order[place], &engine->order[place + 1], engine->n_slots - place);
}

void
tutti_engine_retire_slots (TuttiEngine *engine)
{
  for (unsigned place = engine->n_slots; place-- > 0;)
    {
      TuttiSlot *slot = &engine->slots[engine->order[place]];

      if (slot->track == NULL && ++slot->gone > TUTTI_STRIP_FADE_BLOCKS)
        remove_slot (engine, place);
    }
}

/* Where a slot with @id is or would be in the order. */
static unsigned
find_place (const TuttiEngine *engine, uint64_t id)
{
  unsigned low = 0, high = engine->n_slots;

  while (low < high)
    {
      unsigned middle = (low + high) / 2;

      if (engine->slots[engine->order[middle]].id < id)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Only when more tracks went at once than there is room for; they have been fading. */
static void
evict (TuttiEngine *engine)
{
  for (unsigned place = 0; place < engine->n_slots; place++)
    if (engine->slots[engine->order[place]].track == NULL)
      {
        remove_slot (engine, place);
        return;
      }
}

static TuttiSlot *
add_slot (TuttiEngine *engine, uint64_t id)
{
  unsigned index = 0, place;

  if (engine->n_slots == TUTTI_FX_STRIPS)
    evict (engine);
  while (engine->used[index])
    index++;
  place = find_place (engine, id);
  memmove (&engine->order[place + 1], &engine->order[place], engine->n_slots - place);
  engine->order[place] = (uint8_t) index;
  engine->n_slots++;
  engine->used[index] = true;
  memset (&engine->slots[index], 0, sizeof engine->slots[index]);
  engine->slots[index].id = id;
  tutti_engine_reset_print (&engine->slots[index]);
  for (unsigned which = 0; which < 2; which++)
    if (engine->fx[which].on)
      tutti_fx_reset_strip (&engine->fx[which], index);
  return &engine->slots[index];
}

static bool
has_locks (const TuttiScoreTrack *track)
{
  return (track->current.clip != NULL && track->current.clip->any_locks) ||
         (track->has_queued && track->queued.clip != NULL && track->queued.clip->any_locks);
}

static void
assign (TuttiEngine *engine, const TuttiScoreTrack *track)
{
  unsigned place = find_place (engine, track->id);
  TuttiSlot *slot;

  if (place < engine->n_slots && engine->slots[engine->order[place]].id == track->id)
    slot = &engine->slots[engine->order[place]];
  else
    slot = add_slot (engine, track->id);
  if (slot->track != NULL || !tutti_pool_slot_empty (&engine->pool, (unsigned) (slot - engine->slots)))
    tutti_pool_turn (&engine->pool, (unsigned) (slot - engine->slots), slot->patch, track->patch);
  memcpy (slot->patch, track->patch, sizeof slot->patch);
  slot->track = track;
  slot->gone = 0;
  slot->quiet_from = slot->quiet_until = INT64_MIN;
  slot->locks = (TuttiLocks) { 0, NULL, has_locks (track) ? INT64_MIN : INT64_MAX };
  slot->locks_from = INT64_MIN;
  memcpy (slot->params, track->params, sizeof slot->params);
  memcpy (slot->effects, track->effects, track->n_effects * sizeof *track->effects);
  slot->aimed[0] = slot->aimed[1] = false;
}

/* ---- how long a voice can live ---- */

/* The longest note of a clip in frames; ties may join all of its steps. */
static int64_t
longest_note (const TuttiScoreClip *clip, int32_t tempo_cbpm)
{
  int64_t longest = 1;
  bool ties = false;

  for (unsigned i = 0; clip != NULL && i < clip->n_notes; i++)
    longest = clip->notes[i].length / clip->step_ticks + 1 > longest ? clip->notes[i].length / clip->step_ticks + 1 : longest;
  for (unsigned i = 0; clip != NULL && i < clip->length; i++)
    {
      longest = clip->steps[i].length > longest ? clip->steps[i].length : longest;
      ties |= clip->steps[i].tie;
    }
  return clip == NULL ? 0 : (longest + (ties ? clip->length : 0)) * clip->step_ticks * 300000 / tempo_cbpm;
}

/* How long a voice of @sample can live, two octaves down; one that loops, as long as its note @held and its release. */
static int64_t
life_of_sample (const TuttiScoreTrack *track, const TuttiSample *sample, int64_t held)
{
  int64_t life = (int64_t) sample->n_frames << (2 - (track->patch[TUTTI_PATCH_OCTAVE] < 0 ? track->patch[TUTTI_PATCH_OCTAVE] : 0));

  held += track->params[TUTTI_SCORE_PARAM_RELEASE] * (TUTTI_RATE / 1000);
  if (track->patch[TUTTI_PATCH_LOOP] == TUTTI_SAMPLER_ONCE)
    return life;
  return life + held;
}

/* However low the keys of a zone reach. */
static int64_t
life_of_zones (const TuttiScoreTrack *track, int64_t held)
{
  int64_t longest = 0;

  for (unsigned i = 0; i < track->n_zones; i++)
    {
      const TuttiScoreZone *zone = &track->zones[i];
      int below = zone->root > zone->key_low ? (zone->root - zone->key_low) / 12 : 0;
      int64_t life = zone->sound != NULL ? life_of_sample (track, zone->sound->sample, held) << (below > 2 ? below - 1 : 0) : 0;

      longest = life > longest ? life : longest;
    }
  return longest;
}

/* How long a voice of the track can live: a sample; a synthesiser's note with its release, and what slides from note to note; a
 * drum's decays. */
static int64_t
life_of (const TuttiScoreTrack *track, int32_t tempo_cbpm)
{
  int64_t one = longest_note (track->current.clip, tempo_cbpm);
  int64_t other = track->has_queued ? longest_note (track->queued.clip, tempo_cbpm) : 0;

  if (track->n_zones > 0)
    return life_of_zones (track, one > other ? one : other);
  if (track->sound == NULL)
    return 0;
  if (track->sound->instrument == TUTTI_INSTRUMENT_DRUM)
    return 9 * TUTTI_RATE;
  if (track->sound->instrument == TUTTI_INSTRUMENT_SYNTH)
    return (one > other ? one : other) + track->patch[TUTTI_PATCH_RELEASE] * (TUTTI_RATE / 1000) + 11 * TUTTI_RATE;
  return life_of_sample (track, track->sound->sample, one > other ? one : other);
}

/* How long a sound of the score can last, for what is not known about the time before; a minute at most. */
static int64_t
longest_life (const TuttiScore *score)
{
  int32_t tempo = score->transport.segments[score->transport.n_segments - 1].tempo_cbpm;
  int64_t life = TUTTI_RATE;

  for (unsigned i = 0; i < score->n_tracks; i++)
    if (life_of (score->tracks[i], tempo) > life)
      life = life_of (score->tracks[i], tempo);
  return life < TUTTI_VOICE_LIFE ? life : TUTTI_VOICE_LIFE;
}

static void
note_guess (TuttiEngine *engine, const TuttiScore *score, int64_t frame)
{
  int64_t known = score->known_from;

  if (!engine->any_score && score->valid_from > known)
    known = score->valid_from;
  if (known <= 0 || (engine->any_score && known <= frame))
    return;
  engine->exact_from = INT64_MAX;
  if (engine->voices_exact_from < known + longest_life (score))
    engine->voices_exact_from = known + longest_life (score);
}

/* ---- side-chains ---- */

/* Lists the slots whose voices @effects are steered by; true when there are any. */
static bool
find_keys (TuttiEngine *engine, const TuttiScoreEffect *effects, unsigned n)
{
  bool any = false;

  for (unsigned i = 0; i < n; i++)
    {
      unsigned place = find_place (engine, effects[i].key), known = 0;

      if (effects[i].key == 0 || place == engine->n_slots || engine->slots[engine->order[place]].id != effects[i].key)
        continue;
      any = true;
      while (known < engine->n_keys && engine->keys[known] != engine->order[place])
        known++;
      if (known == engine->n_keys && known < TUTTI_KEYS_MAX)
        engine->keys[engine->n_keys++] = engine->order[place];
    }
  return any;
}

static void
find_all_keys (TuttiEngine *engine, const TuttiScore *score)
{
  engine->n_keys = 0;
  find_keys (engine, score->master_effects, score->n_master_effects);
  for (unsigned i = 0; i < engine->n_slots; i++)
    {
      TuttiSlot *slot = &engine->slots[engine->order[i]];

      slot->keyed = slot->track != NULL && find_keys (engine, slot->track->effects, slot->track->n_effects);
    }
}

/* ---- the change ---- */

void
tutti_engine_take_over (TuttiEngine *engine, const TuttiTimelineEntry *entry, int64_t frame)
{
  const TuttiScore *score = entry->score;

  note_guess (engine, score, frame);
  if (engine->any_score && engine->panic != score->panic)
    tutti_pool_cut_all (&engine->pool, frame);
  for (unsigned i = 0; i < engine->n_slots; i++)
    {
      TuttiSlot *slot = &engine->slots[engine->order[i]];

      slot->track = NULL;
      slot->aimed[0] = slot->aimed[1] = false;
      slot->locks = (TuttiLocks) { 0, NULL, INT64_MAX };
    }
  for (unsigned i = 0; i < score->n_tracks; i++)
    assign (engine, score->tracks[i]);
  find_all_keys (engine, score);
  engine->any_score = true;
  engine->panic = score->panic;
  engine->score = score;
  engine->score_serial = entry->serial;
}

void
tutti_engine_unsettle (TuttiEngine *engine)
{
  engine->score = NULL;
  engine->score_serial = 0;
}
