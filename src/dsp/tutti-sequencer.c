/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sequencer.h"

#include "tutti-math.h"
#include "tutti-sequencer-notes.h"

#include <stddef.h>

/* One coming-round of one step. */
typedef struct
{
  const TuttiScoreTrack *track;
  const TuttiScoreClip  *clip;
  const TuttiScoreTurns *turns;
  int64_t                nominal;   /* tick on the straight grid */
  int64_t                tick;      /* with swing and micro-timing */
  int64_t                cycle;
  bool                   first_round; /* nothing of this clip has sounded before its step 0 */
  unsigned               index;
} Occurrence;

/* Walks over the occurrences of a track's steps whose nominal tick lies in a range. */
typedef struct
{
  const TuttiScore      *score;
  const TuttiScoreTrack *track;
  unsigned               launch;    /* 0 the current clip, 1 the queued one, 2 done */
  int64_t                next;      /* nominal ticks still to look at: [next, end) */
  int64_t                first;
  int64_t                end;
} Walk;

static const TuttiScoreLaunch *
walk_launch (const Walk *walk)
{
  return walk->launch == 0 ? &walk->track->current : &walk->track->queued;
}

/* Cuts the wanted range to where the launch plays and the transport lets steps sound. */
static void
walk_enter (Walk *walk, int64_t *end)
{
  const TuttiScoreLaunch *launch = walk_launch (walk);
  int64_t start = walk->score->transport.start_tick;

  walk->next = walk->first > launch->from_tick ? walk->first : launch->from_tick;
  if (walk->next < start)
    walk->next = start;
  *end = walk->end;
  if (walk->launch == 0 && walk->track->has_queued && walk->track->queued.from_tick < *end)
    *end = walk->track->queued.from_tick;
}

static int64_t
swing_ticks (const TuttiScore *score, const TuttiScoreTrack *track, int32_t step_ticks, int64_t position)
{
  int swing = track->swing >= 0 ? track->swing : score->swing;
  bool triplet = 3840 % step_ticks == 0 && (3840 / step_ticks) % 3 == 0;

  /* A triplet has no off-beat that could come late. */
  if (triplet || (tutti_floor_div (position, step_ticks) & 1) == 0)
    return 0;
  return (int64_t) step_ticks * swing / 2000;
}

static void
occurrence_init (Occurrence *self, const Walk *walk, const TuttiLoopPass *pass, int64_t nominal)
{
  const TuttiScoreTransport *transport = &walk->score->transport;
  const TuttiScoreLaunch *launch = walk_launch (walk);
  const TuttiScoreClip *clip = launch->clip;
  int64_t passes = pass->pass - tutti_transport_pass (transport, launch->from_tick);
  int64_t loop = transport->loop_end - transport->loop_start;
  int64_t count = (nominal - launch->from_tick - (passes != 0 ? passes * loop : 0)) / clip->step_ticks;
  int64_t clip_ticks = (int64_t) clip->length * clip->step_ticks;

  self->track = walk->track;
  self->clip = clip;
  self->turns = launch->turns;
  self->nominal = nominal;
  self->index = (unsigned) tutti_floor_mod (count, clip->length);
  self->cycle = tutti_floor_div (count, clip->length) + (passes != 0 ? passes * ((loop + clip_ticks - 1) / clip_ticks) : 0);
  self->first_round = passes == 0 && count < clip->length;
  self->tick = nominal + clip->steps[self->index].micro +
               swing_ticks (walk->score, walk->track, clip->step_ticks, nominal - pass->shift);
  /* A step pulled before the very start would never be reached. */
  if (self->tick < transport->start_tick)
    self->tick = transport->start_tick;
}

static bool
walk_next (Walk *walk, Occurrence *out)
{
  for (; walk->launch < 1u + walk->track->has_queued; walk->launch++, walk->next = INT64_MIN)
    {
      const TuttiScoreLaunch *launch = walk_launch (walk);
      int64_t end, next = walk->next;

      if (launch->clip == NULL || launch->clip->note_ticks > 0)
        continue;
      walk_enter (walk, &end);
      if (next > walk->next)
        walk->next = next;
      while (walk->next < end)
        {
          TuttiLoopPass pass = tutti_transport_next_pass (&walk->score->transport, walk->next, end);
          int64_t origin = tutti_transport_wrap (&walk->score->transport, launch->from_tick) + pass.shift;
          int64_t late = tutti_floor_mod (pass.first - origin, launch->clip->step_ticks);
          int64_t nominal = late == 0 ? pass.first : pass.first - late + launch->clip->step_ticks;

          walk->next = nominal < pass.end ? nominal + 1 : pass.end;
          if (nominal >= pass.end)
            continue;
          occurrence_init (out, walk, &pass, nominal);
          return true;
        }
    }
  return false;
}

static Walk
walk_init (const TuttiScore *score, const TuttiScoreTrack *track, int64_t first, int64_t end)
{
  return (Walk) { score, track, 0, INT64_MIN, first, end };
}

/* The longer step of the two clips: no step strays further than 2.5 of it forward and less than 1 backward. */
static int32_t
longest_step (const TuttiScoreTrack *track)
{
  int32_t ticks = 0;

  if (track->current.clip != NULL)
    ticks = track->current.clip->step_ticks;
  if (track->has_queued && track->queued.clip != NULL && track->queued.clip->step_ticks > ticks)
    ticks = track->queued.clip->step_ticks;
  return ticks;
}

/* ---- what a step does ---- */

static bool
happens (const TuttiScore *score, const Occurrence *self)
{
  const TuttiScoreStep *step = &self->clip->steps[self->index];
  uint64_t draw;

  if (step->every_of > 1 && tutti_floor_mod (self->cycle, step->every_of) != step->every_n - 1)
    return false;
  if (step->chance >= 100)
    return true;
  draw = tutti_scramble (score->seed + UINT64_C (0x9e3779b97f4a7c15) * (self->index + 1));
  draw = tutti_scramble (draw ^ self->track->id);
  draw = tutti_scramble (draw + (uint64_t) self->cycle);
  return (draw >> 32) * 100 >> 32 < step->chance;
}

static unsigned
length_of (const TuttiScoreStep *step)
{
  return step->length > 0 ? step->length : 1;
}

/* The step behind the last one over which the note of step @head sounds. Ties do not reach over the end of the clip, so that a
 * clip of ties alone still has a first note. */
static unsigned
note_end (const TuttiScoreClip *clip, unsigned head)
{
  unsigned end = head + length_of (&clip->steps[head]);

  for (unsigned i = head + 1; i <= end && i < clip->length; i++)
    if (clip->steps[i].velocity > 0 && clip->steps[i].tie && i + length_of (&clip->steps[i]) > end)
      end = i + length_of (&clip->steps[i]);
    else if (clip->steps[i].velocity > 0 && !clip->steps[i].tie)
      break;
  return end;
}

/* Whether the tied step at @index belongs to a note that began before it. */
static bool
is_held (const TuttiScoreClip *clip, unsigned index)
{
  unsigned end = 0;
  bool held = false;

  if (!clip->steps[index].tie)
    return false;
  for (unsigned i = 0; i <= index; i++)
    if (clip->steps[i].velocity > 0)
      {
        unsigned here = i + length_of (&clip->steps[i]);

        held = clip->steps[i].tie && i > 0 && i <= end;
        end = held && end > here ? end : here;
      }
  return held;
}

static bool
sounds (const TuttiScore *score, const Occurrence *self)
{
  return self->clip->steps[self->index].velocity > 0 && happens (score, self) && !is_held (self->clip, self->index);
}

/* The pitch of the note before, or of this one when there is none. */
static int
previous_pitch (const Occurrence *self)
{
  const TuttiScoreClip *clip = self->clip;

  for (unsigned back = 1; back < clip->length; back++)
    {
      unsigned i = (self->index + clip->length - back) % clip->length;

      if (i > self->index && self->first_round)
        break;
      if (clip->steps[i].velocity > 0)
        return clip->steps[i].pitch;
    }
  return clip->steps[self->index].pitch;
}

static float
level_of (const TuttiScoreStep *step, unsigned ratchet, unsigned n_ratchets)
{
  float level = tutti_hit_level (step->velocity);

  if (step->accent)
    level *= 1.4125375f;       /* 3 dB */
  if (step->ratchet_shape == TUTTI_SCORE_RATCHET_RISING)
    level *= (float) (ratchet + 1) / (float) n_ratchets;
  else if (step->ratchet_shape == TUTTI_SCORE_RATCHET_FALLING)
    level *= (float) (n_ratchets - ratchet) / (float) n_ratchets;
  return level;
}

static unsigned
ratchets_of (const TuttiScoreStep *step)
{
  return step->ratchet > 0 ? step->ratchet : 1;
}

unsigned
tutti_sequencer_strikes (const TuttiScoreClip *clip, unsigned index)
{
  return clip->steps[index].velocity > 0 && !is_held (clip, index) ? ratchets_of (&clip->steps[index]) : 0;
}

static int64_t
ratchet_tick (const Occurrence *self, unsigned ratchet)
{
  return self->tick + (int64_t) ratchet * self->clip->step_ticks / ratchets_of (&self->clip->steps[self->index]);
}

static void
hit_init (TuttiHit *hit, const Occurrence *self, unsigned ratchet)
{
  const TuttiScoreStep *step = &self->clip->steps[self->index];
  unsigned n_ratchets = ratchets_of (step);
  unsigned n_steps = note_end (self->clip, self->index) - self->index;

  hit->step = step;
  hit->step_index = (uint8_t) self->index;
  hit->ratchet = (uint8_t) ratchet;
  hit->cycle = self->cycle;
  hit->tick = ratchet_tick (self, ratchet);
  hit->end_tick = ratchet + 1 < n_ratchets ? ratchet_tick (self, ratchet + 1)
                                           : self->nominal + (int64_t) n_steps * self->clip->step_ticks;
  if (hit->end_tick <= hit->tick)
    hit->end_tick = hit->tick + 1;
  hit->pitch = tutti_hit_pitch (step->pitch + self->track->transpose);
  hit->slide_from = hit->pitch;
  hit->slide_ticks = 0;
  if (step->slide && ratchet == 0)
    hit->slide_from = tutti_hit_pitch (previous_pitch (self) + self->track->transpose);
  if (hit->slide_from != hit->pitch)
    hit->slide_ticks = self->clip->step_ticks / 2;
  hit->velocity = step->velocity;
  hit->turn = 0;
  if (self->turns != NULL)
    hit->turn = self->cycle * self->turns->of[self->index].a_round + self->turns->of[self->index].before + ratchet;
  hit->level = level_of (step, ratchet, n_ratchets);
}

static unsigned
insert (TuttiHit *hits, unsigned n_hits, const Occurrence *self, unsigned ratchet)
{
  if (n_hits == TUTTI_HITS_MAX)
    return n_hits;
  hit_init (tutti_hits_open (hits, n_hits, ratchet_tick (self, ratchet)), self, ratchet);
  return n_hits + 1;
}

unsigned
tutti_sequencer_hits (const TuttiScore *score, const TuttiScoreTrack *track, int64_t first, int64_t end, TuttiHit *hits,
                      int64_t *quiet_until)
{
  int32_t step = longest_step (track);
  /* Looking some steps further than asked saves the caller from asking in vain. */
  int64_t horizon = end + 9 * (int64_t) step;
  Walk walk = walk_init (score, track, first - step * 5 / 2 - 1, horizon);
  Occurrence at;
  unsigned n_hits = 0;

  *quiet_until = step > 0 ? horizon - step : INT64_MAX;
  while (step > 0 && walk_next (&walk, &at))
    {
      if (at.nominal >= end + step && at.nominal - step >= *quiet_until)
        break;
      if (!sounds (score, &at))
        continue;
      for (unsigned i = 0; i < ratchets_of (&at.clip->steps[at.index]); i++)
        {
          int64_t tick = ratchet_tick (&at, i);

          if (tick >= first && tick < end)
            n_hits = insert (hits, n_hits, &at, i);
          else if (tick >= end && tick < *quiet_until)
            *quiet_until = tick;
        }
    }
  return tutti_sequencer_add_notes (score, track, first, end, hits, n_hits, quiet_until);
}

/* A step's locks hold until another step begins, and so many steps at most. Who looks at any tick in that time has to see the same,
 * however long ago somebody else looked: so all steps are seen that began within it, wherever they were meant to be. */
#define LOCKS_HOLD 3

TuttiLocks
tutti_sequencer_locks (const TuttiScore *score, const TuttiScoreTrack *track, int64_t tick)
{
  int32_t step = longest_step (track);
  int64_t hold = LOCKS_HOLD * (int64_t) step;
  Walk walk = walk_init (score, track, tick - hold - step * 5 / 2 - 1, tick + 4 * (int64_t) step);
  TuttiLocks locks = { 0, NULL, tick + 3 * (int64_t) step };
  Occurrence at, now = { NULL };

  while (walk_next (&walk, &at))
    if (at.tick <= tick && at.tick > tick - hold && (now.track == NULL || at.tick >= now.tick))
      now = at;
    else if (at.tick > tick && at.tick < locks.until)
      locks.until = at.tick;
  if (now.track != NULL && now.tick + hold < locks.until)
    locks.until = now.tick + hold;
  if (now.track != NULL && now.clip->steps[now.index].n_locks > 0 && happens (score, &now))
    {
      locks.n = now.clip->steps[now.index].n_locks;
      locks.locks = now.clip->steps[now.index].locks;
    }
  if (step == 0)
    locks.until = INT64_MAX;
  return locks;
}

bool
tutti_sequencer_next_click (const TuttiScore *score, int64_t *first, int64_t end, int64_t *tick, bool *accent)
{
  const TuttiScoreTransport *transport = &score->transport;
  int64_t beat = 3840 / transport->beat_unit;
  int64_t bar = beat * transport->beats_per_bar;

  if (!transport->metronome && transport->start_tick < end)
    end = transport->start_tick;
  while (*first < end)
    {
      TuttiLoopPass pass = tutti_transport_next_pass (transport, *first, end);
      int64_t late = tutti_floor_mod (pass.first - pass.shift, beat);
      int64_t at = late == 0 ? pass.first : pass.first - late + beat;

      *first = at < pass.end ? at + 1 : pass.end;
      if (at >= pass.end)
        continue;
      *tick = at;
      *accent = tutti_floor_mod (at - pass.shift, bar) == 0;
      return true;
    }
  return false;
}
