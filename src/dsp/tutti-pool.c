/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-pool.h"

#include <string.h>

void
tutti_pool_reset (TuttiPool *pool)
{
  memset (pool, 0, offsetof (TuttiPool, voices));
}

/* ---- places ---- */

static void
forget (TuttiPool *pool, unsigned index)
{
  pool->used[index / 64] &= ~(UINT64_C (1) << (index % 64));
  pool->n_used--;
}

static void
unlink_voice (TuttiPool *pool, unsigned index)
{
  unsigned slot = pool->voices[index].slot;
  uint16_t before = 0;

  for (uint16_t at = pool->first[slot]; at != index + 1; at = pool->voices[at - 1].next)
    before = at;
  if (before == 0)
    pool->first[slot] = pool->voices[index].next;
  else
    pool->voices[before - 1].next = pool->voices[index].next;
  if (pool->last[slot] == index + 1)
    pool->last[slot] = before;
  forget (pool, index);
}

static unsigned
free_place (const TuttiPool *pool)
{
  for (unsigned i = 0; i < TUTTI_POOL_SIZE / 64; i++)
    if (pool->used[i] != ~UINT64_C (0))
      return i * 64 + (unsigned) __builtin_ctzll (~pool->used[i]);
  return TUTTI_POOL_SIZE;
}

static TuttiPoolVoice *
oldest (TuttiPool *pool, bool cut, unsigned *count)
{
  TuttiPoolVoice *found = NULL;

  *count = 0;
  TUTTI_POOL_FOREACH (pool, one, {
    if (one->voice.cut != cut)
      continue;
    ++*count;
    if (found == NULL || one->serial < found->serial)
      found = one;
  })
  return found;
}

static unsigned
make_room (TuttiPool *pool, int64_t frame)
{
  TuttiPoolVoice *old;
  unsigned count;

  if (pool->n_used >= TUTTI_POOL_SOUNDING)
    {
      old = oldest (pool, false, &count);
      if (count >= TUTTI_POOL_SOUNDING)
        tutti_any_voice_cut (&old->voice, frame);
    }
  if (pool->n_used == TUTTI_POOL_SIZE)
    unlink_voice (pool, (unsigned) (oldest (pool, true, &count) - pool->voices));
  return free_place (pool);
}

void
tutti_pool_start (TuttiPool *pool, unsigned slot, unsigned choke_group, const TuttiVoiceStart *start)
{
  TuttiAnyVoice voice;
  unsigned index;

  if (!tutti_any_voice_start (&voice, start))
    return;
  index = make_room (pool, start->frame);
  pool->voices[index] = (TuttiPoolVoice) { voice, pool->next_serial++, 0, (uint8_t) slot, (uint8_t) choke_group };
  pool->used[index / 64] |= UINT64_C (1) << (index % 64);
  pool->n_used++;
  pool->fancy[slot] = !tutti_any_voice_is_plain (&voice) || (pool->first[slot] != 0 && pool->fancy[slot]);
  if (pool->last[slot] != 0)
    pool->voices[pool->last[slot] - 1].next = (uint16_t) (index + 1);
  else
    pool->first[slot] = (uint16_t) (index + 1);
  pool->last[slot] = (uint16_t) (index + 1);
}

bool
tutti_pool_slide (TuttiPool *pool, unsigned slot, const TuttiVoiceStart *start)
{
  return pool->last[slot] != 0 && tutti_any_voice_slide (&pool->voices[pool->last[slot] - 1].voice, start);
}

int64_t
tutti_pool_oldest_memory (const TuttiPool *pool)
{
  int64_t oldest = INT64_MAX;

  TUTTI_POOL_FOREACH (pool, one, {
    if (tutti_any_voice_remembers (&one->voice) && one->voice.start_frame < oldest)
      oldest = one->voice.start_frame;
  })
  return oldest;
}

void
tutti_pool_turn (TuttiPool *pool, unsigned slot, const int16_t *before, const int16_t *after)
{
  for (uint16_t at = pool->first[slot]; at != 0; at = pool->voices[at - 1].next)
    tutti_any_voice_turn (&pool->voices[at - 1].voice, before, after);
}

/* ---- ending ---- */

void
tutti_pool_choke (TuttiPool *pool, unsigned choke_group, int64_t frame)
{
  TUTTI_POOL_FOREACH (pool, one, {
    if (one->choke_group == choke_group)
      tutti_any_voice_cut (&one->voice, frame);
  })
}

void
tutti_pool_cut_slot (TuttiPool *pool, unsigned slot, int64_t frame)
{
  for (uint16_t at = pool->first[slot]; at != 0; at = pool->voices[at - 1].next)
    tutti_any_voice_cut (&pool->voices[at - 1].voice, frame);
}

void
tutti_pool_cut_all (TuttiPool *pool, int64_t frame)
{
  TUTTI_POOL_FOREACH (pool, one, tutti_any_voice_cut (&one->voice, frame))
}

void
tutti_pool_drop_slot (TuttiPool *pool, unsigned slot)
{
  for (uint16_t at = pool->first[slot]; at != 0; at = pool->voices[at - 1].next)
    forget (pool, at - 1u);
  pool->first[slot] = pool->last[slot] = 0;
}

/* ---- sounding ---- */

static TuttiVoiceSides
needed_sides (const TuttiPool *pool, unsigned slot)
{
  if (!pool->fancy[slot])
    return TUTTI_VOICE_LEFT;
  for (uint16_t at = pool->first[slot]; at != 0; at = pool->voices[at - 1].next)
    if (!tutti_any_voice_mono (&pool->voices[at - 1].voice))
      return TUTTI_VOICE_BOTH;
  return TUTTI_VOICE_LEFT;
}

static bool
run_voice (const TuttiPool *pool, TuttiAnyVoice *voice, int64_t frame, TuttiBlock *bus, TuttiVoiceSides sides, bool plain)
{
  if (!plain || !tutti_voice_is_steady (&voice->sampler, frame))
    return tutti_any_voice_run (voice, frame, &pool->time, bus, sides, voice->start_frame >= pool->compute_from);
  tutti_voice_run_steady (&voice->sampler, bus);
  return true;
}

static void
run_voices (TuttiPool *pool, unsigned slot, int64_t frame, TuttiBlock *bus, TuttiVoiceSides sides)
{
  uint16_t *link = &pool->first[slot];
  uint16_t before = 0;
  bool plain = sides == TUTTI_VOICE_LEFT && !pool->fancy[slot];

  while (*link != 0)
    {
      uint16_t at = *link;
      TuttiPoolVoice *one = &pool->voices[at - 1];

      if (run_voice (pool, &one->voice, frame, bus, sides, plain))
        {
          before = at;
          link = &one->next;
          continue;
        }
      *link = one->next;
      forget (pool, at - 1u);
    }
  pool->last[slot] = before;
}

bool
tutti_pool_run (TuttiPool *pool, unsigned slot, int64_t frame, TuttiBlock *bus)
{
  TuttiVoiceSides sides = bus != NULL ? needed_sides (pool, slot) : TUTTI_VOICE_UNHEARD;

  if (sides == TUTTI_VOICE_LEFT)
    memset (bus->left, 0, sizeof bus->left);
  else if (sides == TUTTI_VOICE_BOTH)
    memset (bus, 0, sizeof *bus);
  run_voices (pool, slot, frame, bus, sides);
  return sides == TUTTI_VOICE_LEFT;
}
