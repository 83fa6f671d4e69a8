/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-cell.h"

#include <string.h>

#define TRIES 4

/* The highest bit of the turn says that the value was taken back; the count goes on so that no reader mistakes a torn copy. */
#define CLEARED 0x80000000u

static guint32
next_turn (guint32 turn)
{
  return (turn + 1) & ~CLEARED;
}

void
tutti_cell_write (TuttiCell *cell, gconstpointer value, gsize size)
{
  guint64 words[TUTTI_CELL_WORDS] = { 0 };
  guint32 turn = next_turn (atomic_load_explicit (&cell->turn, memory_order_relaxed));

  g_return_if_fail (size <= sizeof words);
  memcpy (words, value, size);
  atomic_store_explicit (&cell->turn, turn, memory_order_relaxed);
  /* Release on each word instead of a fence: who sees a new word also sees the odd turn before it. */
  for (guint i = 0; i < TUTTI_CELL_WORDS; i++)
    atomic_store_explicit (&cell->words[i], words[i], memory_order_release);
  turn = next_turn (turn);
  atomic_store_explicit (&cell->turn, turn == 0 ? 2 : turn, memory_order_release);
}

void
tutti_cell_clear (TuttiCell *cell)
{
  guint32 turn = atomic_load_explicit (&cell->turn, memory_order_relaxed);

  atomic_store_explicit (&cell->turn, turn | CLEARED, memory_order_release);
}

static gboolean
stated (guint32 turn)
{
  return turn != 0 && (turn & CLEARED) == 0;
}

gboolean
tutti_cell_is_set (TuttiCell *cell)
{
  return stated (atomic_load_explicit (&cell->turn, memory_order_acquire));
}

gboolean
tutti_cell_read (TuttiCell *cell, gpointer value, gsize size)
{
  guint64 words[TUTTI_CELL_WORDS];

  for (guint try = 0; try < TRIES; try++)
    {
      guint32 turn = atomic_load_explicit (&cell->turn, memory_order_acquire);

      if (!stated (turn))
        return FALSE;
      if (turn & 1)
        continue;
      for (guint i = 0; i < TUTTI_CELL_WORDS; i++)
        words[i] = atomic_load_explicit (&cell->words[i], memory_order_acquire);
      if (atomic_load_explicit (&cell->turn, memory_order_relaxed) == turn)
        {
          memcpy (value, words, size);
          return TRUE;
        }
    }
  return FALSE;
}
