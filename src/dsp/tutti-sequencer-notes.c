/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sequencer-notes.h"

#define STEP TUTTI_SCORE_NOTE_STEP

/* What is asked, and where the answer grows. */
typedef struct
{
  const TuttiScore      *score;
  const TuttiScoreTrack *track;
  int64_t                first, end;  /* the ticks that are asked for */
  TuttiHit              *hits;
  unsigned               n_hits;
  int64_t               *quiet_until;
} Ask;

/* One coming-round of a clip: where its beginning lies, unwrapped, and how far the loop has shifted the song there. */
typedef struct
{
  const TuttiScoreClip *clip;
  const TuttiScoreTurns *turns;
  int64_t               begin;
  int64_t               shift;
  int64_t               cycle;
} Round;

/* Notes have neither locks nor chance; the hit's step says so. */
static const TuttiScoreStep plain_step = { .velocity = 127, .length = 1, .chance = 100, .ratchet = 1 };

/* Where swing puts song position @at: never before it, and at most half a step later. */
static int64_t
swung (const Ask *ask, int64_t at)
{
  int swing = ask->track->swing >= 0 ? ask->track->swing : ask->score->swing;
  int64_t late = (int64_t) STEP * swing / 2000, within = tutti_floor_mod (at, 2 * STEP);

  if (within <= STEP)
    return at - within + within * (STEP + late) / STEP;
  return at - within + STEP + late + (within - STEP) * (STEP - late) / STEP;
}

/* The first note of @clip at or after @tick; n_notes when there is none. */
static unsigned
first_note (const TuttiScoreClip *clip, int64_t tick)
{
  unsigned low = 0, high = clip->n_notes;

  while (low < high)
    {
      unsigned middle = (low + high) / 2;

      if (clip->notes[middle].tick < tick)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
add_hit (Ask *ask, const Round *round, unsigned index, int64_t tick, int64_t end_tick)
{
  const TuttiScoreNote *note = &round->clip->notes[index];
  int8_t pitch = tutti_hit_pitch (note->pitch + ask->track->transpose);

  if (ask->n_hits == TUTTI_HITS_MAX)
    return;
  *tutti_hits_open (ask->hits, ask->n_hits++, tick) = (TuttiHit) {
    .tick = tick,
    .end_tick = end_tick > tick ? end_tick : tick + 1,
    .cycle = round->cycle,
    .velocity = note->velocity,
    .turn = round->turns != NULL ? round->cycle * round->turns->of[index].a_round + round->turns->of[index].before : 0,
    .step = &plain_step,
    .pitch = pitch,
    .slide_from = pitch,
    .level = tutti_hit_level (note->velocity),
  };
}

/* The notes of a round whose places on the straight grid lie in unwrapped [@from, @to). False when what follows is of no interest:
 * none sounds before its place. */
static bool
look_at_round (Ask *ask, const Round *round, int64_t from, int64_t to)
{
  const TuttiScoreClip *clip = round->clip;

  for (unsigned i = first_note (clip, from - round->begin); i < clip->n_notes; i++)
    {
      const TuttiScoreNote *note = &clip->notes[i];
      int64_t straight = round->begin + note->tick, tick;

      if (straight >= to || note->tick >= clip->note_ticks)
        return true;
      if (straight >= *ask->quiet_until)
        return false;
      tick = swung (ask, straight - round->shift) + round->shift;
      if (tick >= ask->end && tick < *ask->quiet_until)
        *ask->quiet_until = tick;
      else if (tick >= ask->first && tick < ask->end)
        add_hit (ask, round, i, tick, swung (ask, straight + note->length - round->shift) + round->shift);
    }
  return true;
}

/* The rounds of @launch that touch [@from, @to), pass by pass of the loop. */
static void
look_at_launch (Ask *ask, const TuttiScoreLaunch *launch, int64_t from, int64_t to)
{
  const TuttiScoreTransport *transport = &ask->score->transport;

  while (from < to)
    {
      TuttiLoopPass pass = tutti_transport_next_pass (transport, from, to);
      int64_t origin = tutti_transport_wrap (transport, launch->from_tick) + pass.shift;

      for (int64_t at = pass.first; at < pass.end; )
        {
          int64_t count = tutti_floor_div (at - origin, launch->clip->note_ticks);
          Round round = { launch->clip, launch->turns, origin + count * launch->clip->note_ticks, pass.shift, count };
          int64_t next = round.begin + launch->clip->note_ticks;

          if (next > pass.end)
            next = pass.end;
          if (!look_at_round (ask, &round, at, next))
            return;
          at = next;
        }
      from = pass.end;
    }
}

unsigned
tutti_sequencer_add_notes (const TuttiScore *score, const TuttiScoreTrack *track, int64_t first, int64_t end, TuttiHit *hits,
                           unsigned n_hits, int64_t *quiet_until)
{
  Ask ask = { score, track, first, end, hits, n_hits, quiet_until };
  const TuttiScoreLaunch *launches[] = { &track->current, &track->queued };

  for (unsigned i = 0; i < 1u + track->has_queued; i++)
    {
      int64_t from = first - STEP / 2, to = *quiet_until;

      if (launches[i]->clip == NULL || launches[i]->clip->note_ticks == 0)
        continue;
      if (from < launches[i]->from_tick)
        from = launches[i]->from_tick;
      if (from < score->transport.start_tick)
        from = score->transport.start_tick;
      if (i == 0 && track->has_queued && track->queued.from_tick < to)
        to = track->queued.from_tick;
      look_at_launch (&ask, launches[i], from, to);
    }
  return ask.n_hits;
}
