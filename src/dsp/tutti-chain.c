/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-chain.h"

#include <string.h>

#include "tutti-lanes.h"

#define UNITS TUTTI_CHAIN_UNITS

void
tutti_chain_reset (TuttiChain *chain)
{
  /* A unit is reset when it is chosen. */
  memset (chain, 0, offsetof (TuttiChain, units));
}

void
tutti_chain_copy (TuttiChain *to, const TuttiChain *from)
{
  memcpy (to, from, offsetof (TuttiChain, units));
  for (unsigned i = 0; i < from->n; i++)
    to->units[from->order[i]] = from->units[from->order[i]];
  for (unsigned i = 0; from->dip != 0 && i < from->n_wanted; i++)
    to->units[from->wanted[i]] = from->units[from->wanted[i]];
}

static bool
contains (const uint8_t *list, unsigned n, unsigned unit)
{
  for (unsigned i = 0; i < n; i++)
    if (list[i] == unit)
      return true;
  return false;
}

/* The unit of the effect called @id that @taken has not; UNITS when there is none. */
static unsigned
find_unit (const TuttiChain *chain, uint64_t id, const uint8_t *taken, unsigned n_taken)
{
  for (unsigned i = 0; i < chain->n; i++)
    {
      unsigned unit = chain->order[i];

      if (chain->units[unit].want.id == id && chain->units[unit].want.kind != TUTTI_SCORE_EFFECT_NONE && !contains (taken, n_taken, unit))
        return unit;
    }
  return UNITS;
}

/* One that waits for the new order already, or one that nobody has; else one that still fades, and lets the new one wait that long. */
static unsigned
free_unit (TuttiChain *chain, uint64_t id, const uint8_t *taken, unsigned n_taken, const bool *kept)
{
  for (unsigned i = 0; chain->dip != 0 && i < chain->n_wanted; i++)
    if (chain->units[chain->wanted[i]].want.id == id && !contains (taken, n_taken, chain->wanted[i]))
      return chain->wanted[i];
  for (unsigned unit = 0; unit < UNITS; unit++)
    if (!contains (chain->order, chain->n, unit) && !contains (taken, n_taken, unit))
      {
        tutti_effect_reset (&chain->units[unit]);
        return unit;
      }
  for (unsigned unit = 0; unit < UNITS; unit++)
    if (!kept[unit] && !contains (taken, n_taken, unit))
      return unit;
  return 0;
}

/* Units for all that is wanted, in its order. */
static void
choose_units (TuttiChain *chain, const TuttiScoreEffect *effects, unsigned n, uint8_t *units)
{
  bool kept[UNITS] = { false };
  uint8_t found[TUTTI_SCORE_EFFECTS_MAX];

  for (unsigned i = 0; i < n; i++)
    {
      found[i] = (uint8_t) find_unit (chain, effects[i].id, found, i);
      if (found[i] < UNITS)
        kept[found[i]] = true;
    }
  memcpy (units, found, n);
  for (unsigned i = 0; i < n; i++)
    if (found[i] == UNITS)
      units[i] = (uint8_t) free_unit (chain, effects[i].id, units, n, kept);
}

/* Whether those that stay follow each other as before. */
static bool
same_order (const TuttiChain *chain, const uint8_t *units, unsigned n)
{
  unsigned from = 0;

  for (unsigned i = 0; i < n; i++)
    {
      if (!contains (chain->order, chain->n, units[i]))
        continue;
      while (from < chain->n && chain->order[from] != units[i])
        from++;
      if (from == chain->n)
        return false;
    }
  return true;
}

/* What goes keeps its place before the next that stays. */
static unsigned
merge (const TuttiChain *chain, const uint8_t *units, unsigned n, uint8_t *merged)
{
  unsigned n_merged = 0, from = 0;

  for (unsigned i = 0; i < n; i++)
    {
      while (contains (chain->order + from, chain->n - from, units[i]) && chain->order[from] != units[i])
        merged[n_merged++] = chain->order[from++];
      from += from < chain->n && chain->order[from] == units[i];
      merged[n_merged++] = units[i];
    }
  while (from < chain->n)
    merged[n_merged++] = chain->order[from++];
  return n_merged;
}

static void
put_order (TuttiChain *chain, const uint8_t *order, unsigned n)
{
  memcpy (chain->order, order, n);
  chain->n = (uint8_t) n;
}

/* What goes comes last: it is down when this order begins. */
static void
want_order (TuttiChain *chain, const uint8_t *units, unsigned n)
{
  uint8_t wanted[UNITS];

  memcpy (wanted, units, n);
  for (unsigned i = 0; i < chain->n; i++)
    if (!contains (wanted, n, chain->order[i]))
      wanted[n++] = chain->order[i];
  memcpy (chain->wanted, wanted, n);
  chain->n_wanted = (uint8_t) n;
}

static void
aim_units (TuttiChain *chain, const TuttiScoreEffect *effects, unsigned n, const uint8_t *units)
{
  static const TuttiScoreEffect none;

  for (unsigned i = 0; i < n; i++)
    tutti_effect_aim (&chain->units[units[i]], &effects[i]);
  for (unsigned i = 0; i < chain->n; i++)
    if (!contains (units, n, chain->order[i]))
      tutti_effect_aim (&chain->units[chain->order[i]], &none);
  chain->busy = 0;
  for (unsigned unit = 0; unit < UNITS; unit++)
    if ((contains (units, n, unit) || contains (chain->order, chain->n, unit)) && !tutti_effect_idle (&chain->units[unit]))
      chain->busy |= (uint16_t) (1u << unit);
}

void
tutti_chain_aim (TuttiChain *chain, const TuttiScoreEffect *effects, unsigned n, bool at_once)
{
  uint8_t units[UNITS], merged[UNITS];

  if (n == 0 && chain->n == 0)
    return;
  choose_units (chain, effects, n, units);
  aim_units (chain, effects, n, units);
  if (chain->dip == 0 && same_order (chain, units, n))
    {
      put_order (chain, merged, merge (chain, units, n, merged));
      return;
    }
  want_order (chain, units, n);
  if (at_once)
    {
      put_order (chain, chain->wanted, chain->n_wanted);
      chain->dip = 0;
    }
  else if (chain->dip == 0)
    chain->dip = 2;
  else if (chain->dip == 1)
    put_order (chain, chain->wanted, chain->n_wanted);
}

bool
tutti_chain_silent (const TuttiChain *chain, const TuttiCells *cells)
{
  if (chain->dip != 0)
    return false;
  for (unsigned busy = chain->busy; busy != 0; busy &= busy - 1)
    if (!tutti_effect_silent (&chain->units[__builtin_ctz (busy)], cells))
      return false;
  return true;
}

TUTTI_CLONES static void
ramp (float *x, bool rising)
{
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    x[i] *= rising ? tutti_share (i) : tutti_share (TUTTI_BLOCK - i);
}

static void
dip (TuttiChain *chain, TuttiBlock *block)
{
  ramp (block->left, chain->dip == 1);
  ramp (block->right, chain->dip == 1);
  if (chain->dip == 2)
    put_order (chain, chain->wanted, chain->n_wanted);
  chain->dip--;
}

/* Those that have gone make room. */
static void
tidy (TuttiChain *chain)
{
  unsigned n = 0;

  for (unsigned i = 0; i < chain->n; i++)
    if (chain->units[chain->order[i]].want.kind != TUTTI_SCORE_EFFECT_NONE || chain->units[chain->order[i]].wet != 0)
      chain->order[n++] = chain->order[i];
  chain->n = (uint8_t) n;
}

TuttiFilter *
tutti_chain_go_on (TuttiChain *chain, TuttiChainPlace *place, TuttiBlock *block, const TuttiEffectContext *context)
{
  while (place->at < chain->n)
    {
      unsigned number = chain->order[place->at++], bit = 1u << number;
      TuttiEffect *unit = &chain->units[number];
      TuttiFilter *filter;

      if ((chain->busy & bit) == 0)
        continue;
      filter = tutti_effect_plain_filter (unit);
      if (filter != NULL)
        return filter;
      tutti_effect_run (unit, block, context);
      if (!tutti_effect_idle (unit))
        continue;
      chain->busy &= (uint16_t) ~bit;
      place->gone = true;
    }
  return NULL;
}

void
tutti_chain_end (TuttiChain *chain, const TuttiChainPlace *place, TuttiBlock *block)
{
  if (chain->dip != 0)
    dip (chain, block);
  if (place->gone && chain->dip == 0)
    tidy (chain);
}

void
tutti_chain_run (TuttiChain *chain, TuttiBlock *block, const TuttiEffectContext *context)
{
  TuttiChainPlace place = { 0, false };
  TuttiFilter *filter;

  while ((filter = tutti_chain_go_on (chain, &place, block, context)) != NULL)
    tutti_filter_apply (filter, block, 0, TUTTI_BLOCK);
  tutti_chain_end (chain, &place, block);
}
