/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-prints.h"

#include <string.h>

void
tutti_prints_init (TuttiPrints *prints)
{
  atomic_store (&prints->last, INT64_MIN);
}

void
tutti_prints_write (TuttiPrints *prints, const TuttiPrint *print)
{
  TuttiPrintCell *cell = &prints->cells[(uint64_t) print->second % TUTTI_PRINTS_KEPT];
  uint32_t sequence = atomic_load_explicit (&cell->sequence, memory_order_relaxed);
  uint64_t words[TUTTI_PRINT_WORDS] = { 0 };

  memcpy (words, print, sizeof *print);
  atomic_store_explicit (&cell->sequence, sequence + 1, memory_order_relaxed);
  atomic_thread_fence (memory_order_release);
  for (unsigned w = 0; w < TUTTI_PRINT_WORDS; w++)
    atomic_store_explicit (&cell->words[w], words[w], memory_order_relaxed);
  atomic_store_explicit (&cell->sequence, sequence + 2, memory_order_release);
  if (print->second > atomic_load_explicit (&prints->last, memory_order_relaxed))
    atomic_store_explicit (&prints->last, print->second, memory_order_release);
}

bool
tutti_prints_read (const TuttiPrints *prints, int64_t second, TuttiPrint *out)
{
  const TuttiPrintCell *cell = &prints->cells[(uint64_t) second % TUTTI_PRINTS_KEPT];
  uint64_t words[TUTTI_PRINT_WORDS];
  uint32_t before, after;

  do
    {
      before = atomic_load_explicit (&cell->sequence, memory_order_acquire);
      for (unsigned w = 0; w < TUTTI_PRINT_WORDS; w++)
        words[w] = atomic_load_explicit (&cell->words[w], memory_order_relaxed);
      atomic_thread_fence (memory_order_acquire);
      after = atomic_load_explicit (&cell->sequence, memory_order_relaxed);
    }
  while (before != after || (before & 1) != 0);
  memcpy (out, words, sizeof *out);
  return before != 0 && out->second == second;
}
