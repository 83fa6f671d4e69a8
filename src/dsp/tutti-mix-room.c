/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-mix-private.h"

#include <sys/mman.h>
#include <unistd.h>

/* A page that is touched for the first time costs the audio thread a fault, some thousand of them milliseconds: the first checkpoints
 * of a large score, and the first refresh. So the main thread has the system lay in what a score will need, before it is heard. Nothing
 * is written, so that the audio thread may work there meanwhile; where the system cannot do this, nothing is lost but the time. */

/* A virtual machine keeps page tables of its own, which learn of a page only when somebody looks at it: 8 microseconds each, as much as the
 * fault itself. What is read does not matter, so that another thread may be writing it. */
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
__attribute__ ((no_sanitize ("thread")))
#endif
#elif defined(__SANITIZE_THREAD__)
__attribute__ ((no_sanitize_thread))
#endif
static void
look_at (uintptr_t first, uintptr_t end, uintptr_t page)
{
  for (uintptr_t at = first; at < end; at += page)
    (void) *(const volatile char *) at;
}

static void
lay_in (void *at, size_t size)
{
#ifdef MADV_POPULATE_WRITE
  uintptr_t page = (uintptr_t) sysconf (_SC_PAGESIZE), first = (uintptr_t) at & ~(page - 1);

  if (madvise ((void *) first, (uintptr_t) at + size - first, MADV_POPULATE_WRITE) == 0)
    look_at (first, (uintptr_t) at + size, page);
#endif
}

static unsigned
count_big (const TuttiScoreEffect *effects, unsigned n, bool *delays)
{
  unsigned count = 0;

  for (unsigned i = 0; i < n; i++)
    {
      count += tutti_cells_wanted (effects[i].kind);
      *delays |= effects[i].kind == TUTTI_SCORE_EFFECT_DELAY;
    }
  return count;
}

/* Which of the cells is a delay's is not known beforehand: with any, each has room for one as far as echoes mostly reach, a second. */
static void
lay_in_cell (TuttiCell *cell, bool delays)
{
  lay_in (cell, offsetof (TuttiCell, reverb) + sizeof cell->reverb);
  for (int side = 0; delays && side < 2; side++)
    lay_in (cell->delay.line[side], TUTTI_RATE * sizeof (float));
}

static void
lay_in_engine (TuttiEngine *engine, const TuttiMixRoom *old, const TuttiMixRoom *room)
{
  if (old->strips == 0)
    lay_in (engine, offsetof (TuttiEngine, fx));
  for (unsigned which = 0; which < 2; which++)
    {
      TuttiFx *fx = &engine->fx[which];

      if (old->strips == 0)
        lay_in (fx, offsetof (TuttiFx, strips));
      if (room->strips > old->strips)
        lay_in (&fx->strips[old->strips], (room->strips - old->strips) * sizeof fx->strips[0]);
      for (unsigned i = room->delays && !old->delays ? 0 : old->cells; i < room->cells; i++)
        lay_in_cell (&fx->cells.cell[i], room->delays);
      if (room->sends && !old->sends)
        {
          lay_in (&fx->reverb, sizeof fx->reverb);
          lay_in (fx->delay.line[0], TUTTI_RATE * sizeof (float));
          lay_in (fx->delay.line[1], TUTTI_RATE * sizeof (float));
        }
    }
}

static TuttiMixRoom
needed (const TuttiScore *score, const TuttiMixRoom *old)
{
  TuttiMixRoom room = *old;
  unsigned cells = count_big (score->master_effects, score->n_master_effects, &room.delays);

  for (unsigned i = 0; i < score->n_tracks; i++)
    {
      const TuttiScoreTrack *track = score->tracks[i];

      cells += count_big (track->effects, track->n_effects, &room.delays);
      room.sends |= track->params[TUTTI_SCORE_PARAM_DELAY_SEND] > TUTTI_LEVEL_OFF ||
                    track->params[TUTTI_SCORE_PARAM_REVERB_SEND] > TUTTI_LEVEL_OFF;
    }
  cells = cells < TUTTI_SCORE_BIG_EFFECTS_MAX ? cells : TUTTI_SCORE_BIG_EFFECTS_MAX;
  room.strips = score->n_tracks > room.strips ? score->n_tracks : room.strips;
  room.cells = cells > room.cells ? cells : room.cells;
  return room;
}

void
tutti_mix_make_room (TuttiMix *mix, const TuttiScore *score)
{
  TuttiMixRoom room = needed (score, &mix->room);

  if (mix->options.offline || (room.strips == mix->room.strips && room.cells == mix->room.cells && room.delays == mix->room.delays &&
                               room.sends == mix->room.sends))
    return;
  for (unsigned i = 0; i < 2; i++)
    lay_in_engine (&mix->engines[i], &mix->room, &room);
  for (unsigned i = 0; i < TUTTI_MIX_CHECKPOINTS; i++)
    lay_in_engine (&mix->checkpoints[i], &mix->room, &room);
  mix->room = room;
}
