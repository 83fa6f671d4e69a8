/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-ring.h"

#include <string.h>

bool
tutti_ring_init (TuttiRing *ring, void *slots, uint32_t message_size, uint32_t capacity)
{
  bool fits = capacity > 0 && (capacity & (capacity - 1)) == 0;

  ring->slots = slots;
  ring->message_size = message_size;
  ring->mask = fits ? capacity - 1 : UINT32_MAX;
  atomic_init (&ring->head, 0);
  atomic_init (&ring->tail, 0);
  return fits;
}

/* UINT32_MAX as mask means no room at all: init was refused. */
static uint32_t
room (const TuttiRing *ring)
{
  return ring->mask + 1;
}

bool
tutti_ring_push (TuttiRing *ring, const void *message)
{
  uint32_t head = atomic_load_explicit (&ring->head, memory_order_relaxed);

  /* Acquire: the reader has really copied what lay in the slot. */
  if (head - atomic_load_explicit (&ring->tail, memory_order_acquire) >= room (ring))
    return false;
  memcpy (ring->slots + (size_t) (head & ring->mask) * ring->message_size, message, ring->message_size);
  atomic_store_explicit (&ring->head, head + 1, memory_order_release);
  return true;
}

bool
tutti_ring_pop (TuttiRing *ring, void *message)
{
  uint32_t tail = atomic_load_explicit (&ring->tail, memory_order_relaxed);

  if (tail == atomic_load_explicit (&ring->head, memory_order_acquire))
    return false;
  memcpy (message, ring->slots + (size_t) (tail & ring->mask) * ring->message_size, ring->message_size);
  atomic_store_explicit (&ring->tail, tail + 1, memory_order_release);
  return true;
}

uint32_t
tutti_ring_length (const TuttiRing *ring)
{
  uint32_t tail = atomic_load_explicit (&ring->tail, memory_order_acquire);

  return atomic_load_explicit (&ring->head, memory_order_acquire) - tail;
}
