/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-tail.h"

struct _TuttiTail
{
  GArray *records;                 /* of TuttiRecord */
  gint64  before, before_epoch;    /* the operation before the first of them */
};

void
tutti_record_clear (gpointer record)
{
  g_clear_pointer (&((TuttiRecord *) record)->op, tutti_op_free);
}

TuttiTail *
tutti_tail_new (void)
{
  TuttiTail *tail = g_new0 (TuttiTail, 1);

  tail->records = g_array_new (FALSE, FALSE, sizeof (TuttiRecord));
  g_array_set_clear_func (tail->records, tutti_record_clear);
  return tail;
}

void
tutti_tail_free (TuttiTail *tail)
{
  g_array_unref (tail->records);
  g_free (tail);
}

void
tutti_tail_reset (TuttiTail *tail, gint64 seq, gint64 epoch)
{
  g_array_set_size (tail->records, 0);
  tail->before = seq;
  tail->before_epoch = epoch;
}

static const TuttiRecord *
nth (const TuttiTail *tail, guint i)
{
  return &g_array_index (tail->records, TuttiRecord, i);
}

/* In batches: removing from the front moves all the rest. */
static void
trim (TuttiTail *tail)
{
  guint spare = tail->records->len - TUTTI_TAIL_MIN;

  tail->before = nth (tail, spare - 1)->stamp.seq;
  tail->before_epoch = nth (tail, spare - 1)->epoch;
  g_array_remove_range (tail->records, 0, spare);
}

void
tutti_tail_add (TuttiTail *tail, const TuttiRecord *record)
{
  TuttiRecord copy = *record;

  copy.op = tutti_op_copy (record->op);
  g_array_append_val (tail->records, copy);
  if (tail->records->len >= 5 * TUTTI_TAIL_MIN / 4)
    trim (tail);
}

void
tutti_tail_add_before (TuttiTail *tail, const TuttiRecord *record)
{
  TuttiRecord copy = *record;

  if (record->stamp.seq != tail->before || tail->records->len >= TUTTI_TAIL_MIN)
    return;
  copy.op = tutti_op_copy (record->op);
  g_array_prepend_val (tail->records, copy);
  tail->before--;
  /* It is not known; nobody asks for it either. */
  tail->before_epoch = 0;
}

gint64
tutti_tail_get_seq (const TuttiTail *tail)
{
  return tail->before + tail->records->len;
}

gint64
tutti_tail_get_epoch (const TuttiTail *tail)
{
  return tail->records->len > 0 ? nth (tail, tail->records->len - 1)->epoch : tail->before_epoch;
}

gint64
tutti_tail_get_oldest (const TuttiTail *tail)
{
  return tail->before + 1;
}

const TuttiRecord *
tutti_tail_get (const TuttiTail *tail, gint64 seq)
{
  if (seq <= tail->before || seq > tutti_tail_get_seq (tail))
    return NULL;
  return nth (tail, (guint) (seq - tail->before - 1));
}

static gboolean
has (const GArray *ends, gint64 epoch, gint64 seq)
{
  for (guint i = 0; i < ends->len; i++)
    {
      const TuttiEpochEnd *end = &g_array_index (ends, TuttiEpochEnd, i);

      if (end->epoch == epoch)
        return seq <= end->last;
    }
  return FALSE;
}

gint64
tutti_tail_find_fork (const TuttiTail *tail, const GArray *ends)
{
  gint64 seq = tutti_tail_get_seq (tail);

  while (seq > tail->before && !has (ends, tutti_tail_get (tail, seq)->epoch, seq))
    seq--;
  return seq;
}
