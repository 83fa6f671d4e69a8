/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-engine.h"

#include <string.h>

#include "tutti-engine-private.h"

void
tutti_engine_reset (TuttiEngine *engine, int64_t frame)
{
  memset (engine, 0, offsetof (TuttiEngine, slots));
  engine->next_frame = engine->began = frame;
  engine->exact_from = INT64_MAX;
  engine->gate_tick = INT64_MAX;
  /* What began before us is unknown, unless nothing did. */
  engine->voices_exact_from = frame <= 0 ? INT64_MIN : frame + TUTTI_VOICE_LIFE;
  engine->fx[0].on = engine->fx[1].on = false;
  tutti_clicks_reset (&engine->clicks);
  tutti_pool_reset (&engine->pool);
  engine->pool.compute_from = INT64_MAX;
}

void
tutti_engine_advance (TuttiEngine *engine, const TuttiTimeline *timeline)
{
  tutti_engine_play (engine, timeline);
  for (unsigned i = 0; i < engine->n_slots; i++)
    if (!tutti_pool_slot_empty (&engine->pool, engine->order[i]))
      tutti_pool_run (&engine->pool, engine->order[i], engine->next_frame, NULL);
  tutti_engine_retire_slots (engine);
  engine->next_frame += TUTTI_BLOCK;
}

static void
open_fx (TuttiEngine *engine, unsigned which)
{
  tutti_fx_reset (&engine->fx[which], engine->next_frame);
  for (unsigned i = 0; i < engine->n_slots; i++)
    {
      engine->slots[engine->order[i]].aimed[which] = false;
      tutti_fx_reset_strip (&engine->fx[which], engine->order[i]);
    }
}

void
tutti_engine_open (TuttiEngine *engine)
{
  engine->sounding = true;
  engine->active = 0;
  open_fx (engine, 0);
  engine->fx[1].on = false;
  tutti_fingerprint_reset (&engine->print);
  engine->still = 0;
  for (unsigned i = 0; i < engine->n_slots; i++)
    tutti_engine_reset_print (&engine->slots[engine->order[i]]);
  if (engine->next_frame <= 0)
    engine->exact_from = INT64_MIN;
}

/* ---- refresh ---- */

static void
begin_refresh (TuttiEngine *engine)
{
  int64_t phase = tutti_floor_mod (engine->next_frame, TUTTI_REFRESH);

  if (phase == TUTTI_REFRESH - TUTTI_REFRESH_WARM)
    open_fx (engine, !engine->active);
  /* Prints of tracks are those of the new one from here on; the mix cross-fades. */
  else if (phase == 0 && engine->fx[!engine->active].on)
    engine->active = !engine->active;
}

/* 1 … TUTTI_REFRESH_FADE while the new one is coming in; 0 otherwise. */
static unsigned
refresh_fade (const TuttiEngine *engine)
{
  int64_t phase = tutti_floor_mod (engine->next_frame, TUTTI_REFRESH);

  if (phase >= TUTTI_REFRESH_FADE * TUTTI_BLOCK || !engine->fx[!engine->active].on)
    return 0;
  return 1 + (unsigned) (phase / TUTTI_BLOCK);
}

static void
end_refresh (TuttiEngine *engine, unsigned fade)
{
  if (fade != TUTTI_REFRESH_FADE)
    return;
  engine->fx[!engine->active].on = false;
  if (engine->exact_from == INT64_MAX && engine->fx[engine->active].start_frame >= engine->voices_exact_from)
    engine->exact_from = engine->next_frame;
}

/* ---- prints ---- */

/* The bits of the largest magnitude: as integers they are in the same order, and a maximum of integers runs in lanes. */
TUTTI_CLONES static uint32_t
peak_bits (const float *frames)
{
  uint32_t most = 0;

  for (int i = 0; i < TUTTI_BLOCK; i++)
    {
      uint32_t bits;

      memcpy (&bits, &frames[i], sizeof bits);
      bits &= 0x7fffffff;
      most = bits > most ? bits : most;
    }
  return most;
}

typedef struct
{
  uint32_t side[2];            /* bits of a float */
} Peaks;

static Peaks
peaks_of (const TuttiBlock *block)
{
  return (Peaks) { { peak_bits (block->left), peak_bits (block->right) } };
}

static bool
silent (Peaks peaks)
{
  return (peaks.side[0] | peaks.side[1]) == 0;
}

/* Whole blocks of silence are counted instead of hashed, so that a track that sleeps costs nothing. */
static void
feed (TuttiFingerprint *print, uint32_t *still, const TuttiBlock *block)
{
  if (block == NULL)
    {
      ++*still;
      return;
    }
  if (*still > 0)
    {
      float gap[2] = { (float) *still, -1.0f };

      tutti_fingerprint_feed (print, &gap[0], &gap[1], 1);
      *still = 0;
    }
  tutti_fingerprint_feed (print, block->left, block->right, TUTTI_BLOCK);
}

void
tutti_engine_reset_print (TuttiSlot *slot)
{
  tutti_fingerprint_reset (&slot->print);
  slot->still = 0;
}

static uint64_t
finish_print (TuttiFingerprint *print, uint32_t *still)
{
  uint64_t hash = tutti_fingerprint_value (print);

  tutti_fingerprint_reset (print);
  *still = 0;
  return hash;
}

static void
finish_tracks (TuttiEngine *engine)
{
  TuttiPrint *all = &engine->track_prints;

  all->n_tracks = 0;
  for (unsigned i = 0; i < engine->n_slots; i++)
    {
      TuttiSlot *slot = &engine->slots[engine->order[i]];
      uint64_t hash = finish_print (&slot->print, &slot->still);

      if (slot->track != NULL && all->n_tracks < TUTTI_SCORE_TRACKS_MAX)
        all->tracks[all->n_tracks++] = (TuttiTrackPrint) { slot->id, hash };
    }
}

/* @out holds the frames before @frame. */
static void
print_mix (TuttiEngine *engine, int64_t frame, const TuttiBlock *out, TuttiEngineTap *tap)
{
  int64_t second = tutti_floor_div (frame, TUTTI_RATE) - 1;

  feed (&engine->print, &engine->still, silent (peaks_of (out)) ? NULL : out);
  if (tutti_floor_mod (frame, TUTTI_RATE) != 0)
    return;
  engine->track_prints.hash = finish_print (&engine->print, &engine->still);
  engine->track_prints.second = second;
  engine->track_prints.state = engine->exact_from <= second * TUTTI_RATE ? TUTTI_PRINT_OK : TUTTI_PRINT_SETTLING;
  /* The track's part began with the sound at the latest; half a second is no second. */
  if (tap->print == NULL || engine->fx[engine->active].start_frame > second * TUTTI_RATE)
    return;
  *tap->print = engine->track_prints;
  tap->print_ready = true;
}

/* ---- a block ---- */

/* What every course of effects of this block is given. */
typedef struct
{
  TuttiEffectTime time;
  TuttiKeys       keys;
  bool            key_sounds[TUTTI_KEYS_MAX];
  bool            any_key_sounds;
} Beside;

static TuttiEffectTime
time_of (const TuttiEngine *engine)
{
  TuttiEffectTime time = { engine->next_frame, engine->next_frame * 12000, 12000 };
  const TuttiScoreSegment *segment;

  if (engine->score == NULL)
    return time;
  segment = tutti_transport_segment (&engine->score->transport, engine->next_frame);
  time.tempo_cbpm = segment->tempo_cbpm;
  time.place = tutti_segment_place (segment, engine->next_frame);
  return time;
}

static void
fill_right (TuttiBlock *block)
{
  memcpy (block->right, block->left, sizeof block->right);
}

/* The voices that steer effects come first, whatever the order of their tracks. */
static void
run_keys (TuttiEngine *engine, Beside *beside)
{
  TuttiKeys *keys = &beside->keys;

  beside->any_key_sounds = false;
  for (keys->n = 0; keys->n < engine->n_keys; keys->n++)
    {
      unsigned index = engine->keys[keys->n];

      keys->id[keys->n] = engine->slots[index].id;
      beside->key_sounds[keys->n] = !tutti_pool_slot_empty (&engine->pool, index);
      beside->any_key_sounds |= beside->key_sounds[keys->n];
      if (tutti_pool_run (&engine->pool, index, engine->next_frame, &keys->block[keys->n]))
        fill_right (&keys->block[keys->n]);
    }
}

/* What the voices of a slot give, NULL when they are still to be run. */
static const TuttiBlock *
key_block (const TuttiEngine *engine, const Beside *beside, unsigned index, bool *sounds)
{
  for (unsigned i = 0; i < beside->keys.n; i++)
    if (engine->keys[i] == index)
      {
        *sounds = beside->key_sounds[i];
        return &beside->keys.block[i];
      }
  *sounds = !tutti_pool_slot_empty (&engine->pool, index);
  return NULL;
}

static bool
slot_sleeps (const TuttiEngine *engine, unsigned index, const Beside *beside)
{
  if (engine->slots[index].keyed && beside->any_key_sounds)
    return false;
  for (unsigned which = 0; which < 2; which++)
    if (engine->fx[which].on && !tutti_strip_silent (&engine->fx[which].strips[index], &engine->fx[which].cells))
      return false;
  return true;
}

static void
aim_strip (TuttiEngine *engine, unsigned index, unsigned which)
{
  TuttiSlot *slot = &engine->slots[index];
  TuttiStripAim aim = { slot->track, slot->params, slot->effects, slot->track != NULL && slot->track->audible };

  if (!slot->aimed[which])
    tutti_strip_aim (&engine->fx[which].strips[index], &aim);
  slot->aimed[which] = true;
}

static void
tell_meter (TuttiEngineTap *tap, unsigned index, Peaks peaks)
{
  static const TuttiBlock none;
  TuttiMeter *meter;

  if (tap->meters == NULL)
    return;
  meter = &tap->meters[index];
  /* That of a track that sleeps goes on falling until it shows nothing. */
  if (silent (peaks) && meter->shown[0] == 0.0f && meter->shown[1] == 0.0f)
    return;
  memcpy (meter->peak, peaks.side, sizeof meter->peak);
  /* The peak is told already; this ends the meter's block. */
  tutti_meter_feed (meter, &none, TUTTI_BLOCK, TUTTI_BLOCK);
}

/* Tracks that sound in this block, some at a time. */
typedef struct
{
  unsigned   n;
  uint8_t    slot[TUTTI_STRIPS_TOGETHER];
  bool       mono[TUTTI_STRIPS_TOGETHER]; /* only the left side is filled */
  TuttiBlock block[TUTTI_STRIPS_TOGETHER];
} Group;

static void
run_effects (Group *group, TuttiFx *fx, TuttiStrip *const *strips, const Beside *beside)
{
  TuttiEffectContext contexts[TUTTI_STRIPS_TOGETHER];

  for (unsigned i = 0; i < group->n; i++)
    {
      contexts[i] = tutti_fx_context (fx, &beside->time, &beside->keys, group->slot[i]);
      if (group->mono[i])
        fill_right (&group->block[i]);
      group->mono[i] = false;
    }
  tutti_strips_run (strips, group->block, contexts, group->n);
}

static void
run_strips (Group *group, TuttiFx *fx, const Beside *beside, TuttiStripBuses *buses)
{
  TuttiStrip *strips[TUTTI_STRIPS_TOGETHER];
  bool bare = true;

  for (unsigned i = 0; i < group->n; i++)
    {
      strips[i] = &fx->strips[group->slot[i]];
      bare &= tutti_strip_is_bare (strips[i]);
    }
  if (!bare)
    run_effects (group, fx, strips, beside);
  for (unsigned i = 0; i < group->n; i++)
    tutti_strip_send (strips[i], &group->block[i], group->mono[i], buses);
}

static void
run_group (TuttiEngine *engine, Group *group, const Beside *beside, TuttiStripBuses buses[2], TuttiEngineTap *tap)
{
  unsigned active = engine->active;

  if (engine->fx[!active].on)
    {
      Group copy = *group;

      run_strips (&copy, &engine->fx[!active], beside, &buses[!active]);
    }
  run_strips (group, &engine->fx[active], beside, &buses[active]);
  for (unsigned i = 0; i < group->n; i++)
    {
      TuttiSlot *slot = &engine->slots[group->slot[i]];
      Peaks peaks = { { 0, 0 } };

      if (tap->prints || tap->meters != NULL || tap->monitor != NULL)
        peaks = peaks_of (&group->block[i]);
      if (tap->prints)
        feed (&slot->print, &slot->still, silent (peaks) ? NULL : &group->block[i]);
      tell_meter (tap, group->slot[i], peaks);
      if (tap->monitor != NULL && !silent (peaks))
        tutti_monitor_add (tap->monitor, slot->id, &group->block[i]);
    }
  group->n = 0;
}

static void
pass_sleeping (TuttiEngine *engine, unsigned index, TuttiEngineTap *tap)
{
  if (tap->prints)
    feed (&engine->slots[index].print, &engine->slots[index].still, NULL);
  for (unsigned which = 0; which < 2; which++)
    if (engine->fx[which].on)
      tutti_strip_sleep (&engine->fx[which].strips[index]);
  tell_meter (tap, index, (Peaks) { { 0, 0 } });
}

static void
run_slots (TuttiEngine *engine, const Beside *beside, TuttiStripBuses buses[2], TuttiEngineTap *tap)
{
  Group group;

  group.n = 0;
  for (unsigned i = 0; i < engine->n_slots; i++)
    {
      unsigned index = engine->order[i];
      bool sounds;
      const TuttiBlock *ready = key_block (engine, beside, index, &sounds);

      for (unsigned which = 0; which < 2; which++)
        if (engine->fx[which].on)
          aim_strip (engine, index, which);
      if (!sounds && slot_sleeps (engine, index, beside))
        {
          pass_sleeping (engine, index, tap);
          continue;
        }
      if (ready != NULL)
        group.block[group.n] = *ready;
      group.mono[group.n] = ready == NULL && tutti_pool_run (&engine->pool, index, engine->next_frame, &group.block[group.n]);
      group.slot[group.n++] = (uint8_t) index;
      if (group.n == TUTTI_STRIPS_TOGETHER)
        run_group (engine, &group, beside, buses, tap);
    }
  if (group.n > 0)
    run_group (engine, &group, beside, buses, tap);
}

static void
cross_fade (TuttiBlock *to, const TuttiBlock *from, unsigned fade)
{
  const float step = 1.0f / (TUTTI_REFRESH_FADE * TUTTI_BLOCK);

  for (int i = 0; i < TUTTI_BLOCK; i++)
    {
      float new_share = (float) ((int) (fade - 1) * TUTTI_BLOCK + i) * step;

      to->left[i] = from->left[i] + (to->left[i] - from->left[i]) * new_share;
      to->right[i] = from->right[i] + (to->right[i] - from->right[i]) * new_share;
    }
}

void
tutti_engine_render (TuttiEngine *engine, const TuttiTimeline *timeline, TuttiEngineTap *tap, TuttiBlock *out)
{
  TuttiStripBuses buses[2];
  Beside beside;
  unsigned fade;

  begin_refresh (engine);
  tutti_engine_play (engine, timeline);
  beside.time = time_of (engine);
  run_keys (engine, &beside);
  for (unsigned which = 0; which < 2; which++)
    if (engine->fx[which].on)
      {
        memset (&buses[which].mix, 0, sizeof buses[which].mix);
        buses[which].delay_fed = buses[which].reverb_fed = false;
        if (engine->score != NULL)
          tutti_fx_aim (&engine->fx[which], engine->score, beside.time.tempo_cbpm);
      }
  run_slots (engine, &beside, buses, tap);
  for (unsigned which = 0; which < 2; which++)
    if (engine->fx[which].on)
      tutti_fx_finish (&engine->fx[which], &buses[which], &beside.time, &beside.keys);
  fade = refresh_fade (engine);
  if (fade > 0)
    cross_fade (&buses[engine->active].mix, &buses[!engine->active].mix, fade);
  *out = buses[engine->active].mix;
  if (tap->prints)
    print_mix (engine, engine->next_frame, out, tap);
  if (tap->clicks != NULL)
    tutti_clicks_run (&engine->clicks, tap->clicks, engine->next_frame - TUTTI_LIMITER_DELAY, out);
  tutti_engine_retire_slots (engine);
  engine->next_frame += TUTTI_BLOCK;
  end_refresh (engine, fade);
  if (tap->prints && tutti_floor_mod (engine->next_frame, TUTTI_RATE) == 0)
    finish_tracks (engine);
}

void
tutti_engine_copy (TuttiEngine *to, const TuttiEngine *from)
{
  memcpy (to, from, offsetof (TuttiEngine, slots));
  for (unsigned i = 0; i < from->n_slots; i++)
    to->slots[from->order[i]] = from->slots[from->order[i]];
  memcpy (&to->pool, &from->pool, offsetof (TuttiPool, voices));
  TUTTI_POOL_FOREACH (&from->pool, one, to->pool.voices[one - from->pool.voices] = *one)
  for (unsigned which = 0; which < 2; which++)
    tutti_fx_copy (&to->fx[which], &from->fx[which], from->used);
}
