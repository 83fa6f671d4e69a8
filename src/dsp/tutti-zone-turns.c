/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-zones.h"

#include "tutti-sequencer-notes.h"
#include "tutti-sequencer.h"
#include <stdlib.h>

/* The zones for step or note @i of @clip, and how many hits it is. */
static uint32_t
zones_of (const TuttiScoreTrack *track, const TuttiScoreClip *clip, unsigned i, unsigned *hits)
{
  bool notes = clip->note_ticks > 0;
  int pitch = notes ? clip->notes[i].pitch : clip->steps[i].pitch;
  int velocity = notes ? clip->notes[i].velocity : clip->steps[i].velocity;

  *hits = notes ? clip->notes[i].tick < clip->note_ticks : tutti_sequencer_strikes (clip, i);
  return tutti_zones_holding (track, track->root_note + tutti_hit_pitch (pitch + track->transpose), velocity);
}

/* Hits with the same zones so far. There are few kinds in a clip, mostly one a key. */
typedef struct
{
  uint32_t mask;
  unsigned n;
} Kind;

static Kind *
find_kind (Kind *kinds, unsigned *n_kinds, uint32_t mask)
{
  for (unsigned i = 0; i < *n_kinds; i++)
    if (kinds[i].mask == mask)
      return &kinds[i];
  kinds[*n_kinds] = (Kind) { mask, 0 };
  return &kinds[(*n_kinds)++];
}

TuttiScoreTurns *
tutti_zones_count_turns (const TuttiScoreTrack *track, const TuttiScoreClip *clip)
{
  unsigned n = clip->note_ticks > 0 ? clip->n_notes : clip->length, n_kinds = 0, hits;
  TuttiScoreTurns *turns = calloc (1, sizeof *turns + n * sizeof turns->of[0]);
  Kind *kinds = calloc (n + 1, sizeof *kinds);

  if (turns == NULL || kinds == NULL)
    {
      free (turns);
      free (kinds);
      return NULL;
    }
  turns->refs = 1;
  turns->n = n;
  for (unsigned i = 0; i < n; i++)
    {
      Kind *kind = find_kind (kinds, &n_kinds, zones_of (track, clip, i, &hits));

      turns->of[i].before = (uint16_t) kind->n;
      kind->n += hits;
    }
  for (unsigned i = 0; i < n; i++)
    turns->of[i].a_round = (uint16_t) find_kind (kinds, &n_kinds, zones_of (track, clip, i, &hits))->n;
  free (kinds);
  return turns;
}
