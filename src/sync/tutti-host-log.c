/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-host-log.h"

struct _TuttiHostLog
{
  TuttiJam *past;                  /* owned */
  gint64    past_seq, past_epoch;
  GArray   *records;               /* of TuttiRecord, without gaps */
  gint64    oldest;                /* seq of the first record */
};

TuttiHostLog *
tutti_host_log_new (const TuttiJam *jam, gint64 seq, gint64 epoch)
{
  TuttiHostLog *log = g_new0 (TuttiHostLog, 1);

  log->past = tutti_jam_copy (jam);
  log->past_seq = seq;
  log->past_epoch = epoch;
  log->oldest = seq + 1;
  log->records = g_array_new (FALSE, FALSE, sizeof (TuttiRecord));
  g_array_set_clear_func (log->records, tutti_record_clear);
  return log;
}

void
tutti_host_log_free (TuttiHostLog *log)
{
  tutti_jam_free (log->past);
  g_array_unref (log->records);
  g_free (log);
}

gint64
tutti_host_log_get_seq (TuttiHostLog *log)
{
  return log->oldest + log->records->len - 1;
}

gint64
tutti_host_log_get_oldest (TuttiHostLog *log)
{
  return log->oldest;
}

void
tutti_host_log_add (TuttiHostLog *log, TuttiRecord record)
{
  if (log->records->len == 0)
    log->oldest = record.stamp.seq;
  g_return_if_fail (record.stamp.seq == log->oldest + log->records->len);
  g_array_append_val (log->records, record);
}

const TuttiRecord *
tutti_host_log_get (TuttiHostLog *log, gint64 seq)
{
  if (seq < log->oldest || seq > tutti_host_log_get_seq (log))
    return NULL;
  return &g_array_index (log->records, TuttiRecord, seq - log->oldest);
}

const TuttiRecord *
tutti_host_log_find (TuttiHostLog *log, guint32 creator, gint64 number)
{
  for (guint i = log->records->len; i-- > 0; )
    {
      const TuttiRecord *record = &g_array_index (log->records, TuttiRecord, i);

      if (record->creator == creator && record->number == number)
        return record;
    }
  return NULL;
}

static void
fold_one (TuttiHostLog *log)
{
  const TuttiRecord *record = tutti_host_log_get (log, log->past_seq + 1);

  /* It was applied before, in the same order, to the same document. */
  if (!tutti_jam_apply (log->past, record->op, &record->stamp, NULL, NULL))
    g_critical ("An operation that was stamped does not apply again");
  log->past_seq++;
  log->past_epoch = record->epoch;
}

/* Forgets what neither newcomers nor those who come back need. */
static void
trim (TuttiHostLog *log)
{
  gint64 spare = MIN (log->past_seq - log->oldest + 1, (gint64) log->records->len - TUTTI_HOST_TAIL_MIN);

  /* In batches: removing from the front moves all the rest. */
  if (spare < TUTTI_HOST_TAIL_MIN / 4)
    return;
  g_array_remove_range (log->records, 0, (guint) spare);
  log->oldest += spare;
}

void
tutti_host_log_fold (TuttiHostLog *log, gint64 frame)
{
  const TuttiRecord *next;

  while ((next = tutti_host_log_get (log, log->past_seq + 1)) != NULL &&
         (next->stamp.at < frame - TUTTI_HOST_PAST_FRAMES || log->records->len > TUTTI_HOST_TAIL_MAX))
    {
      fold_one (log);
      if (log->records->len > TUTTI_HOST_TAIL_MAX && log->past_seq - log->oldest > TUTTI_HOST_TAIL_MIN)
        trim (log);
    }
  trim (log);
}

const TuttiJam *
tutti_host_log_get_past (TuttiHostLog *log, gint64 *seq)
{
  *seq = log->past_seq;
  return log->past;
}

gint64
tutti_host_log_get_past_epoch (TuttiHostLog *log)
{
  return log->past_epoch;
}

gint64
tutti_host_log_get_epoch (TuttiHostLog *log)
{
  const TuttiRecord *last = tutti_host_log_get (log, tutti_host_log_get_seq (log));

  return last != NULL ? last->epoch : log->past_epoch;
}

static void
add_end (GArray *ends, gint64 epoch, gint64 last)
{
  TuttiEpochEnd end = { epoch, last };

  if (ends->len > 0 && g_array_index (ends, TuttiEpochEnd, ends->len - 1).epoch == epoch)
    g_array_index (ends, TuttiEpochEnd, ends->len - 1).last = last;
  else
    g_array_append_val (ends, end);
}

GArray *
tutti_host_log_get_ends (TuttiHostLog *log)
{
  GArray *ends = g_array_new (FALSE, FALSE, sizeof (TuttiEpochEnd));

  for (guint i = 0; i < log->records->len; i++)
    {
      const TuttiRecord *record = &g_array_index (log->records, TuttiRecord, i);

      add_end (ends, record->epoch, record->stamp.seq);
    }
  return ends;
}
