/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-engine-private.h"

#include "tutti-strip.h"
#include "tutti-zones.h"
#include <string.h>

#define PENDING_MAX 256

typedef struct
{
  TuttiHit hit;
  int64_t  frame;
  uint8_t  slot;
} Pending;

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

/* ---- a score takes over ---- */

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

static void
take_over (TuttiEngine *engine, const TuttiTimelineEntry *entry, int64_t frame)
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

/* ---- notes end ---- */

/* Gated notes that end before tick @end; all of them when @segment is NULL, at @frame. */
static void
release_gates (TuttiEngine *engine, const TuttiScoreSegment *segment, int64_t end, int64_t frame)
{
  int64_t next = INT64_MAX;

  TUTTI_POOL_FOREACH (&engine->pool, one, {
    int64_t at = frame;

    if (!tutti_any_voice_held (&one->voice))
      continue;
    if (segment != NULL && one->voice.end_tick >= end)
      {
        next = one->voice.end_tick < next ? one->voice.end_tick : next;
        continue;
      }
    if (segment != NULL && tutti_segment_frame (segment, one->voice.end_tick) > at)
      at = tutti_segment_frame (segment, one->voice.end_tick);
    tutti_any_voice_release (&one->voice, at);
  })
  engine->gate_tick = next;
}

/* ---- notes begin ---- */

static unsigned
insert (Pending *pending, unsigned n, const TuttiHit *hit, int64_t frame, uint8_t slot)
{
  unsigned at = n;

  if (n == PENDING_MAX)
    return n;
  for (; at > 0 && pending[at - 1].frame > frame; at--)
    pending[at] = pending[at - 1];
  pending[at] = (Pending) { *hit, frame, slot };
  return n + 1;
}

static unsigned
ask (TuttiEngine *engine, uint8_t index, const TuttiTickSpan *span, Pending *pending, unsigned n)
{
  TuttiSlot *slot = &engine->slots[index];
  TuttiHit hits[TUTTI_HITS_MAX];
  unsigned n_hits;

  n_hits = tutti_sequencer_hits (engine->score, slot->track, span->first, span->end, hits, &slot->quiet_until);
  slot->quiet_from = span->end;
  for (unsigned i = 0; i < n_hits; i++)
    n = insert (pending, n, &hits[i], tutti_segment_frame (span->segment, hits[i].tick), index);
  return n;
}

/* The numbers of the instrument with the locks of the hit; @room: for them. */
static const int16_t *
locked_patch (const TuttiScoreTrack *track, const TuttiHit *hit, int16_t *room)
{
  bool any = false;

  for (unsigned i = 0; i < hit->step->n_locks; i++)
    {
      const TuttiScoreLock *lock = &hit->step->locks[i];

      if (lock->address < TUTTI_SCORE_ADDRESS_PATCH || lock->address >= TUTTI_SCORE_ADDRESS_PATCH + TUTTI_N_PATCH_PARAMS)
        continue;
      if (!any)
        memcpy (room, track->patch, sizeof track->patch);
      any = true;
      room[lock->address - TUTTI_SCORE_ADDRESS_PATCH] = lock->value;
    }
  return any ? room : track->patch;
}

/* What a synthesiser needs to know beside that. */
static void
fit_synth (TuttiVoiceStart *start, const TuttiScoreTrack *track, const TuttiHit *hit)
{
  start->instrument = track->sound->instrument;
  start->model = track->sound->model;
  start->accent = hit->step->accent;
  start->slide = hit->step->slide && hit->ratchet == 0;
  start->root_cents = 100 * track->sound->root_note;
  if (start->instrument == TUTTI_INSTRUMENT_SYNTH)
    {
      start->end_tick = hit->end_tick;
      start->glide = start->patch[TUTTI_PATCH_GLIDE] * (TUTTI_RATE / 1000);
    }
}

/* What a sample does. */
static void
fit_sampler (TuttiVoiceStart *start, const TuttiScoreTrack *track, const TuttiScoreZone *zone, const TuttiHit *hit)
{
  const int16_t *p = start->patch;

  start->root_cents = 100 * track->root_note;
  if (zone != NULL)
    tutti_zones_fit (start, track, zone);
  start->shaped = start->pan != 0 || tutti_sampler_shapes (p);
  start->cents += 1200 * p[TUTTI_PATCH_OCTAVE];
  start->cents_from += 1200 * p[TUTTI_PATCH_OCTAVE];
  if (p[TUTTI_PATCH_VELOCITY] < 1000)
    start->level = 1.0f + (float) p[TUTTI_PATCH_VELOCITY] * 0.001f * (start->level - 1.0f);
  if (p[TUTTI_PATCH_LEVEL] != 0)
    start->level *= tutti_strip_level (p[TUTTI_PATCH_LEVEL]);
  if (p[TUTTI_PATCH_LOOP] != TUTTI_SAMPLER_ONCE)
    start->end_tick = hit->end_tick;
}

/* Ends what the new note takes the place of. */
static void
give_way (TuttiEngine *engine, const Pending *pending, const TuttiVoiceStart *start)
{
  const TuttiScoreTrack *track = engine->slots[pending->slot].track;
  bool alone = start->instrument != TUTTI_INSTRUMENT_DRUM && start->patch[TUTTI_PATCH_VOICES] != TUTTI_PATCH_POLY;

  if (track->choke_group != 0)
    tutti_pool_choke (&engine->pool, track->choke_group, pending->frame);
  if (alone || (track->choke_group == 0 && pending->hit.slide_ticks != 0))
    tutti_pool_cut_slot (&engine->pool, pending->slot, pending->frame);
}

static void
begin_note (TuttiEngine *engine, const Pending *pending, const TuttiScoreSegment *segment)
{
  const TuttiScoreTrack *track = engine->slots[pending->slot].track;
  const TuttiHit *hit = &pending->hit;
  const TuttiScoreZone *zone =
    track->n_zones > 0 ? tutti_zones_pick (track, track->root_note + hit->pitch, hit->velocity, hit->turn) : NULL;
  const TuttiScoreSound *sound = zone != NULL ? zone->sound : track->n_zones > 0 ? NULL : track->sound;
  int16_t params[TUTTI_SCORE_N_PARAMS], patch[TUTTI_N_PATCH_PARAMS];
  TuttiVoiceStart start = {
    .sample = sound != NULL ? sound->sample : NULL,
    .frame = pending->frame,
    .end_tick = track->mode == TUTTI_SOUND_GATE ? hit->end_tick : INT64_MAX,
    .level = hit->level,
    .glide = (int32_t) (hit->slide_ticks * INT64_C (300000) / segment->tempo_cbpm),
    .params = params,
    .patch = locked_patch (track, hit, patch),
    .seed = (uint32_t) pending->frame * 0x9e3779b9u ^ (uint32_t) track->id,
    .time = { segment->frame, segment->tick, segment->tempo_cbpm },
  };

  if (sound == NULL)
    return;
  memcpy (params, track->params, sizeof params);
  for (unsigned i = 0; i < hit->step->n_locks && hit->step->locks[i].address < TUTTI_SCORE_N_PARAMS; i++)
    params[hit->step->locks[i].address] = hit->step->locks[i].value;
  start.cents = hit->pitch * 100 + params[TUTTI_SCORE_PARAM_TUNE];
  start.cents_from = hit->slide_from * 100 + params[TUTTI_SCORE_PARAM_TUNE];
  if (sound->instrument != TUTTI_INSTRUMENT_SAMPLER)
    fit_synth (&start, track, hit);
  else
    fit_sampler (&start, track, zone, hit);
  if (start.end_tick < engine->gate_tick)
    engine->gate_tick = start.end_tick;
  if (tutti_pool_slide (&engine->pool, pending->slot, &start))
    return;
  give_way (engine, pending, &start);
  tutti_pool_start (&engine->pool, pending->slot, track->choke_group, &start);
}

static void
play_span (TuttiEngine *engine, const TuttiTickSpan *span, int64_t from)
{
  Pending pending[PENDING_MAX];
  unsigned n = 0;
  int64_t first = span->first, tick;
  bool accent;

  if (engine->gate_tick < span->end)
    release_gates (engine, span->segment, span->end, from);
  for (unsigned i = 0; i < engine->n_slots; i++)
    {
      const TuttiSlot *slot = &engine->slots[engine->order[i]];

      if (slot->track != NULL && (slot->track->sound != NULL || slot->track->n_zones > 0) &&
          (span->first < slot->quiet_from || span->end > slot->quiet_until))
        n = ask (engine, engine->order[i], span, pending, n);
    }
  for (unsigned i = 0; i < n; i++)
    begin_note (engine, &pending[i], span->segment);
  if (engine->gate_tick < span->end)
    release_gates (engine, span->segment, span->end, from);
  while (tutti_sequencer_next_click (engine->score, &first, span->end, &tick, &accent))
    tutti_clicks_add (&engine->clicks, tutti_segment_frame (span->segment, tick), accent);
}

static void
play_range (TuttiEngine *engine, int64_t from, int64_t to)
{
  const TuttiScoreTransport *transport = &engine->score->transport;
  const TuttiScoreSegment *last = tutti_transport_segment (transport, to - 1);
  TuttiTickSpan span;
  int64_t at = from;

  while (tutti_transport_next_span (transport, &at, to, &span))
    {
      int64_t begin = tutti_segment_frame (span.segment, span.first);

      begin = begin > from ? begin : from;
      /* Somebody went to another place: what was held there ends. */
      if (span.first > engine->expected_tick + 1 || span.first < engine->expected_tick - 1)
        release_gates (engine, NULL, 0, begin);
      engine->expected_tick = span.end;
      play_span (engine, &span, begin);
    }
  if (!last->playing && engine->gate_tick != INT64_MAX)
    release_gates (engine, NULL, 0, last->frame > from ? last->frame : from);
}

/* ---- locks that last until the next step ---- */

static bool
lasts (unsigned param)
{
  return param < TUTTI_SCORE_PARAM_TUNE || param >= TUTTI_SCORE_PARAM_CUTOFF;
}

static void
lock_effect (const TuttiScoreLock *lock, TuttiScoreEffect *effects, unsigned n)
{
  unsigned value = lock->address - TUTTI_SCORE_ADDRESS_EFFECTS, index = value % TUTTI_SCORE_ADDRESS_VALUES;

  for (unsigned i = 0; i < n; i++)
    if (effects[i].slot == value / TUTTI_SCORE_ADDRESS_VALUES && index < TUTTI_SCORE_EFFECT_PARAMS)
      effects[i].params[index] = lock->value;
}

static void
apply_locks (TuttiSlot *slot)
{
  int16_t params[TUTTI_SCORE_N_PARAMS];
  TuttiScoreEffect effects[TUTTI_SCORE_EFFECTS_MAX];
  size_t effects_size = slot->track->n_effects * sizeof *effects;

  memcpy (params, slot->track->params, sizeof params);
  memcpy (effects, slot->track->effects, effects_size);
  for (unsigned i = 0; i < slot->locks.n; i++)
    {
      const TuttiScoreLock *lock = &slot->locks.locks[i];

      if (lock->address >= TUTTI_SCORE_ADDRESS_EFFECTS)
        lock_effect (lock, effects, slot->track->n_effects);
      else if (lock->address < TUTTI_SCORE_N_PARAMS && lasts (lock->address))
        params[lock->address] = lock->value;
    }
  if (memcmp (params, slot->params, sizeof params) == 0 && memcmp (effects, slot->effects, effects_size) == 0)
    return;
  memcpy (slot->params, params, sizeof params);
  memcpy (slot->effects, effects, effects_size);
  slot->aimed[0] = slot->aimed[1] = false;
}

/* As of the block's last frame, so that a lock is there when its hit begins. */
static void
follow_locks (TuttiEngine *engine)
{
  int64_t frame = engine->next_frame + TUTTI_BLOCK - 1;
  const TuttiScoreTransport *transport = &engine->score->transport;
  bool playing = tutti_transport_segment (transport, frame)->playing;
  int64_t tick = playing ? tutti_transport_tick (transport, frame) : INT64_MIN / 4;

  for (unsigned i = 0; i < engine->n_slots; i++)
    {
      TuttiSlot *slot = &engine->slots[engine->order[i]];

      if (slot->track == NULL || (tick < slot->locks.until && tick >= slot->locks_from))
        continue;
      slot->locks = tutti_sequencer_locks (engine->score, slot->track, tick);
      slot->locks_from = tick;
      apply_locks (slot);
    }
}

/* As it runs in most of the block. */
static void
set_time (TuttiEngine *engine)
{
  const TuttiScoreSegment *segment;

  engine->pool.time = (TuttiLfoTime) { 0, 0, 12000 };
  if (engine->score == NULL)
    return;
  segment = tutti_transport_segment (&engine->score->transport, engine->next_frame);
  engine->pool.time = (TuttiLfoTime) { segment->frame, segment->tick, segment->tempo_cbpm };
}

void
tutti_engine_play (TuttiEngine *engine, const TuttiTimeline *timeline)
{
  int64_t end = engine->next_frame + TUTTI_BLOCK;

  for (int64_t frame = engine->next_frame, to; frame < end; frame = to)
    {
      const TuttiTimelineEntry *entry = tutti_timeline_at (timeline, frame);

      to = tutti_timeline_next_change (timeline, frame, end);
      if (entry != NULL && entry->serial != engine->score_serial)
        take_over (engine, entry, frame);
      if (engine->score != NULL)
        play_range (engine, frame, to);
    }
  set_time (engine);
  if (engine->score != NULL)
    follow_locks (engine);
}
