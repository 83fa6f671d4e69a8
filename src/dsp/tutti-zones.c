/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-zones.h"

#include "tutti-math.h"
#include "tutti-strip.h"
#include "tutti-transport.h"

uint32_t
tutti_zones_holding (const TuttiScoreTrack *track, int key, int velocity)
{
  uint32_t mask = 0;

  for (unsigned i = 0; i < track->n_zones; i++)
    {
      const TuttiScoreZone *zone = &track->zones[i];

      mask |= (uint32_t) (key >= zone->key_low && key <= zone->key_high && velocity >= zone->velocity_low &&
                          velocity <= zone->velocity_high) << i;
    }
  return mask;
}

const TuttiScoreZone *
tutti_zones_pick (const TuttiScoreTrack *track, int key, int velocity, int64_t turn)
{
  uint32_t mask = tutti_zones_holding (track, key, velocity);
  int64_t n = 0;

  if (mask == 0)
    return NULL;
  for (uint32_t left = mask; left != 0; left &= left - 1)
    n++;
  for (int64_t skip = tutti_floor_mod (turn, n); skip > 0; skip--)
    mask &= mask - 1;
  return &track->zones[__builtin_ctz (mask)];
}

void
tutti_zones_fit (TuttiVoiceStart *start, const TuttiScoreTrack *track, const TuttiScoreZone *zone)
{
  int32_t cents = 100 * (track->root_note - zone->root) + zone->tune;

  start->cents += cents;
  start->cents_from += cents;
  start->root_cents = 100 * zone->root;
  start->level *= tutti_strip_level (zone->gain);
  start->pan = zone->pan;
}
