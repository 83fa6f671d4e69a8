/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-heirs.h"

#include <string.h>

/* An epoch is how often the jam changed hands, the turned rank and the number of who hosts. */
#define NUMBER_BITS 16
#define RANK_BITS 3

static gsize
place_of (const TuttiHeirs *heirs, guint number)
{
  gsize i = 0;

  while (i < heirs->n && heirs->heir[i].number != number)
    i++;
  return i;
}

static void
remove_at (TuttiHeirs *heirs, gsize i)
{
  memmove (&heirs->heir[i], &heirs->heir[i + 1], (heirs->n - i - 1) * sizeof *heirs->heir);
  heirs->n--;
}

static gboolean
is_given (const TuttiHeirs *heirs, guint rank)
{
  for (guint i = 0; i < heirs->n; i++)
    if (heirs->heir[i].rank == rank)
      return TRUE;
  return FALSE;
}

void
tutti_heirs_set (TuttiHeirs *heirs, const TuttiHeir *heir)
{
  gsize i = place_of (heirs, heir->number);

  if (i < heirs->n && (heir->port == 0 || heir->rank != heirs->heir[i].rank))
    remove_at (heirs, i);
  else if (i < heirs->n)
    {
      heirs->heir[i] = *heir;
      return;
    }
  if (heir->port == 0 || heirs->n == TUTTI_HEIRS_MAX || is_given (heirs, heir->rank))
    return;
  for (i = heirs->n; i > 0 && heirs->heir[i - 1].rank > heir->rank; i--)
    heirs->heir[i] = heirs->heir[i - 1];
  heirs->heir[i] = *heir;
  heirs->n++;
}

const TuttiHeir *
tutti_heirs_find (const TuttiHeirs *heirs, guint number)
{
  gsize i = place_of (heirs, number);

  return i < heirs->n ? &heirs->heir[i] : NULL;
}

guint
tutti_heirs_free_rank (const TuttiHeirs *heirs)
{
  for (guint rank = 1; rank <= TUTTI_HEIRS_MAX; rank++)
    if (!is_given (heirs, rank))
      return rank;
  return 0;
}

gint64
tutti_epoch_after (gint64 epoch, guint rank, guint number)
{
  gint64 count = (epoch >> (NUMBER_BITS + RANK_BITS)) + 1;
  gint64 turned = rank != 0 ? TUTTI_HEIRS_MAX + 1 - rank : 0;
  gint64 who = rank != 0 ? number : epoch & ((1 << NUMBER_BITS) - 1);

  return count << (NUMBER_BITS + RANK_BITS) | turned << NUMBER_BITS | who;
}
