/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-realtime.h"
#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* Messages of one size from one writing thread to one reading thread, without locks. A full ring is an answer, never a
 * wait. The memory is the caller's. */
typedef struct
{
  unsigned char *slots;         /* borrowed: capacity * message_size bytes, kept by who made the ring */
  uint32_t       message_size;
  uint32_t       mask;
  alignas (64) _Atomic uint32_t head;   /* messages ever written; writer's */
  alignas (64) _Atomic uint32_t tail;   /* messages ever read; reader's */
} TuttiRing;

/* capacity is a power of two. Returns false, leaving an empty ring that takes nothing, when it is not. */
bool tutti_ring_init (TuttiRing *ring, void *slots, uint32_t message_size, uint32_t capacity);
/* Copies message_size bytes in. False when full. Thread: the writer. */
TUTTI_REALTIME bool tutti_ring_push (TuttiRing *ring, const void *message);
/* Copies message_size bytes out. False when empty. Thread: the reader. */
TUTTI_REALTIME bool tutti_ring_pop (TuttiRing *ring, void *message);
/* Messages waiting, at least (for the reader) or at most (for the writer). */
TUTTI_REALTIME uint32_t tutti_ring_length (const TuttiRing *ring);
