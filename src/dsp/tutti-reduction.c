/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-reduction.h"

#include <string.h>

#include "tutti-lanes.h"

#define WANTED_BLOCKS (2u * TUTTI_RATE / TUTTI_BLOCK)
/* 20 dB in 225 blocks, as a meter falls. */
#define RISE 1.0102863f
/* Less is shown as this: 80 dB. */
#define LEAST 1e-4f

static void
tell (TuttiReduction *place, float gain)
{
  uint32_t bits;

  memcpy (&bits, &gain, sizeof bits);
  atomic_store_explicit (&place->told, bits, memory_order_relaxed);
}

void
tutti_reductions_init (TuttiReductions *reductions)
{
  memset (reductions, 0, sizeof *reductions);
  for (unsigned i = 0; i < TUTTI_REDUCTIONS; i++)
    {
      reductions->places[i].shown = 1.0f;
      tell (&reductions->places[i], 1.0f);
    }
}

/* ---- who asks ---- */

/* That of the effect, else one that nobody asks for any more, which is taken; NULL when there is none. */
static TuttiReduction *
place_for (TuttiReductions *reductions, uint64_t track_id, uint64_t effect_id)
{
  TuttiReduction *open = NULL;

  for (unsigned i = 0; i < TUTTI_REDUCTIONS; i++)
    {
      TuttiReduction *place = &reductions->places[i];

      if (atomic_load_explicit (&place->effect_id, memory_order_relaxed) == effect_id)
        return place;
      if (open == NULL && atomic_load_explicit (&place->wanted, memory_order_relaxed) == 0)
        open = place;
    }
  if (open == NULL)
    return NULL;
  tell (open, 1.0f);
  atomic_store_explicit (&open->effect_id, effect_id, memory_order_relaxed);
  atomic_store_explicit (&open->track_id, track_id, memory_order_relaxed);
  return open;
}

float
tutti_reductions_ask (TuttiReductions *reductions, uint64_t track_id, uint64_t effect_id)
{
  TuttiReduction *place = place_for (reductions, track_id, effect_id);
  uint32_t bits;
  float gain;

  if (place == NULL)
    return 1.0f;
  /* What was told before anybody asked is old. */
  if (atomic_exchange_explicit (&place->wanted, WANTED_BLOCKS, memory_order_release) == 0)
    return 1.0f;
  bits = atomic_load_explicit (&place->told, memory_order_relaxed);
  memcpy (&gain, &bits, sizeof gain);
  return gain;
}

/* ---- the audio thread ---- */

static const TuttiChain *
chain_of (const TuttiEngine *engine, uint64_t track_id)
{
  const TuttiFx *fx = &engine->fx[engine->active];

  if (track_id == 0)
    return &fx->chain;
  for (unsigned i = 0; i < engine->n_slots; i++)
    if (engine->slots[engine->order[i]].id == track_id)
      return &fx->strips[engine->order[i]].chain;
  return NULL;
}

static const TuttiEffect *
find_effect (const TuttiChain *chain, uint64_t id)
{
  for (unsigned i = 0; chain != NULL && i < chain->n; i++)
    if (chain->units[chain->order[i]].want.id == id)
      return &chain->units[chain->order[i]];
  return NULL;
}

/* Of the last block in which it ran; what is at rest is not run. */
static float
gain_of (const TuttiEffect *effect, const TuttiCells *cells)
{
  if (effect == NULL || effect->wet == 0)
    return 1.0f;
  switch (effect->kind)
    {
    case TUTTI_SCORE_EFFECT_COMPRESSOR:
      return tutti_compressor_rests (&effect->compressor) ? 1.0f : tutti_compressor_least (&effect->compressor);
    case TUTTI_SCORE_EFFECT_GATE:
      return effect->gate.least;
    case TUTTI_SCORE_EFFECT_LIMITER:
      return effect->cell == TUTTI_CELL_NONE ? 1.0f : tutti_peak_limiter_least (&cells->cell[effect->cell].limiter);
    default:
      return 1.0f;
    }
}

static void
feed (TuttiReduction *place, const TuttiEngine *engine)
{
  uint64_t track = atomic_load_explicit (&place->track_id, memory_order_relaxed);
  uint64_t effect = atomic_load_explicit (&place->effect_id, memory_order_relaxed);
  float gain = gain_of (find_effect (chain_of (engine, track), effect), &engine->fx[engine->active].cells);
  float risen = place->shown * RISE;

  risen = risen < 1.0f ? risen : 1.0f;
  gain = gain < risen ? gain : risen;
  place->shown = gain > LEAST ? gain : LEAST;
  tell (place, place->shown);
}

void
tutti_reductions_feed (TuttiReductions *reductions, const TuttiEngine *engine)
{
  for (unsigned i = 0; i < TUTTI_REDUCTIONS; i++)
    {
      TuttiReduction *place = &reductions->places[i];
      uint32_t wanted = atomic_load_explicit (&place->wanted, memory_order_acquire);

      if (wanted == 0)
        continue;
      feed (place, engine);
      if (wanted == 1)
        place->shown = 1.0f;
      /* Whoever asked again meanwhile is not overwritten. */
      atomic_compare_exchange_strong_explicit (&place->wanted, &wanted, wanted - 1, memory_order_relaxed, memory_order_relaxed);
    }
}
