/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-any-voice.h"

/* The voices of a mix. Sums follow the order in which a slot's voices began, never the place in memory. Who is taken away when
 * there are too many is the oldest, because then whether a voice lives depends on younger ones alone, and a participant who came
 * later agrees. Plain memory. */

#define TUTTI_POOL_SLOTS 128
#define TUTTI_POOL_SOUNDING 256
/* Voices that fade out after they were taken away need room beside those that sound. */
#define TUTTI_POOL_SIZE 320

typedef struct
{
  TuttiAnyVoice voice;
  uint64_t      serial;        /* rising with the start */
  uint16_t      next;             /* index + 1 of the next voice of the slot; 0 none */
  uint8_t       slot;
  uint8_t       choke_group;
} TuttiPoolVoice;

typedef struct
{
  uint64_t       used[TUTTI_POOL_SIZE / 64];
  uint64_t       next_serial;
  uint16_t       n_used;
  uint16_t       first[TUTTI_POOL_SLOTS]; /* index + 1; 0 none */
  uint16_t       last[TUTTI_POOL_SLOTS];
  bool           fancy[TUTTI_POOL_SLOTS]; /* some voice of it is not tutti_any_voice_is_plain(); kept while there are voices */
  TuttiLfoTime   time;         /* in the block that is worked on */
  int64_t        compute_from; /* unheard voices that began earlier need not be computed */
  TuttiPoolVoice voices[TUTTI_POOL_SIZE];
} TuttiPool;

TUTTI_REALTIME void tutti_pool_reset (TuttiPool *pool);

/* Starts a voice in @slot. When too many sound, the oldest fades. */
TUTTI_REALTIME void tutti_pool_start (TuttiPool *pool, unsigned slot, unsigned choke_group, const TuttiVoiceStart *start);

/* Goes on with @slot's last voice if that is possible; false when a new one is needed. */
TUTTI_REALTIME bool tutti_pool_slide (TuttiPool *pool, unsigned slot, const TuttiVoiceStart *start);

/* The start of the oldest voice that can only be had by computing it from there; INT64_MAX when there is none. */
TUTTI_REALTIME int64_t tutti_pool_oldest_memory (const TuttiPool *pool);

/* The numbers of @slot's instrument went from @before to @after. */
TUTTI_REALTIME void tutti_pool_turn (TuttiPool *pool, unsigned slot, const int16_t *before, const int16_t *after);

/* Cuts at @frame: a group (> 0) in all slots, a slot, everything. */
TUTTI_REALTIME void tutti_pool_choke (TuttiPool *pool, unsigned choke_group, int64_t frame);
TUTTI_REALTIME void tutti_pool_cut_slot (TuttiPool *pool, unsigned slot, int64_t frame);
TUTTI_REALTIME void tutti_pool_cut_all (TuttiPool *pool, int64_t frame);

/* Forgets a slot's voices at once. */
TUTTI_REALTIME void tutti_pool_drop_slot (TuttiPool *pool, unsigned slot);

/* Fills @bus with the slot's block at @frame (NULL: only goes on); ended voices leave. True when the block is the same on both
 * sides: then only the left one was filled. */
TUTTI_REALTIME bool tutti_pool_run (TuttiPool *pool, unsigned slot, int64_t frame, TuttiBlock *bus);

static inline bool
tutti_pool_slot_empty (const TuttiPool *pool, unsigned slot)
{
  return pool->first[slot] == 0;
}

/* Calls @body with voice = each TuttiPoolVoice pointer in use. */
#define TUTTI_POOL_FOREACH(pool, voice_, body)                                                  \
  for (unsigned word_ = 0; word_ < TUTTI_POOL_SIZE / 64; word_++)                               \
    for (uint64_t left_ = (pool)->used[word_]; left_ != 0; left_ &= left_ - 1)                  \
      {                                                                                         \
        __typeof__ (&(pool)->voices[0]) voice_ = &(pool)->voices[word_ * 64 + (unsigned) __builtin_ctzll (left_)]; \
        body;                                                                                   \
      }
