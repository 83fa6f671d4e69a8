/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens in a block: notes end and begin, locks come and go. */
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
        tutti_engine_take_over (engine, entry, frame);
      if (engine->score != NULL)
        play_range (engine, frame, to);
    }
  set_time (engine);
  if (engine->score != NULL)
    follow_locks (engine);
}
