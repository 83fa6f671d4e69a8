/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the host says happened, in its order: it becomes part of what is certain. */
#include "tutti-replica-private.h"

static void
ask_for_snapshot (TuttiReplica *replica)
{
  if (replica->repairing)
    return;
  replica->repairing = TRUE;
  replica->repairs++;
  tutti_replica_say (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_NEED });
}

/* What @record says happened becomes part of what is certain. */
static gboolean
confirm (TuttiReplica *replica, const TuttiRecord *record, TuttiNow now, GError **error)
{
  const TuttiStamp *stamp = &record->stamp;

  if (stamp->seq != replica->seq + 1)
    return tutti_replica_fail (error, "the host left something out");
  replica->seq = stamp->seq;
  replica->last_at = stamp->at;
  tutti_tail_add (replica->tail, record);
  /* A copy that cannot follow has come apart from the host's: it is replaced as after a wrong hash. */
  if (!tutti_jam_apply (replica->confirmed, record->op, stamp, NULL, NULL))
    ask_for_snapshot (replica);
  else
    replica->hooks.confirmed (replica->hooks.user, replica->confirmed, record->op, stamp);
  if (stamp->by != replica->welcome.me && stamp->seq > replica->seen)
    tutti_undo_foreign (replica->undo, record->op, stamp->by);
  replica->seen = MAX (replica->seen, stamp->seq);
  /* While catching up nothing shows before all of it is here. */
  if (!replica->live)
    return TRUE;
  tutti_replica_rebuild_shown (replica, now);
  tutti_replica_tell_changed (replica, tutti_op_target (record->op), stamp->by);
  return TRUE;
}

static const TuttiOp *
recall (const TuttiReplica *replica, gint64 seq)
{
  const TuttiRecord *record = tutti_tail_get (replica->tail, seq);

  return record != NULL ? record->op : NULL;
}

/* The own edit at @index, waiting until now, happened as @message says. */
static gboolean
confirm_own (TuttiReplica *replica, guint index, const TuttiMessage *message, TuttiNow now, GError **error)
{
  gint64 made_us = ((TuttiPending *) replica->pending->pdata[index])->made_us;
  g_autoptr(TuttiOp) op = tutti_replica_take_pending (replica, index);
  TuttiRecord record = { message->stamp, op, replica->coming, replica->welcome.creator, message->number,
                         message->earlier };

  replica->latencies[replica->n_latencies++ % TUTTI_REPLICA_LATENCIES] = now.us - made_us;
  if (!confirm (replica, &record, now, error))
    return FALSE;
  const TuttiRecord *with = message->with != 0 ? tutti_tail_get (replica->tail, message->with) : NULL;

  if (message->with != 0)
    replica->hooks.crossed (replica->hooks.user, op, with != NULL ? with->op : NULL, with != NULL ? with->stamp.by : 0, TRUE);
  return TRUE;
}

gboolean
tutti_replica_on_answer (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now, GError **error)
{
  guint index;

  /* Somebody told the host of it while it was on the way once more: then it was heard of already. */
  if (tutti_replica_find_pending (replica, message->number, &index) == NULL)
    return message->stamp.seq <= replica->seq || tutti_replica_fail (error, "the host answers what was not asked");
  return confirm_own (replica, index, message, now, error);
}

gboolean
tutti_replica_on_stamped (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now, GError **error)
{
  TuttiRecord record = { message->stamp, message->op, replica->coming, message->creator, message->number, message->earlier };
  guint index;

  if (message->creator == replica->welcome.creator && message->creator != 0 &&
      tutti_replica_find_pending (replica, message->number, &index) != NULL)
    return confirm_own (replica, index, message, now, error);
  return confirm (replica, &record, now, error);
}

void
tutti_replica_on_no (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  guint index;

  if (tutti_replica_find_pending (replica, message->number, &index) != NULL)
    tutti_replica_refused (replica, index, message->code, message->reason, now);
}

void
tutti_replica_on_over (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  const TuttiOp *mine = recall (replica, message->stamp.seq);

  if (mine != NULL)
    replica->hooks.crossed (replica->hooks.user, mine, recall (replica, message->with), message->stamp.by, FALSE);
}

void
tutti_replica_on_hash (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  if (message->stamp.seq == replica->seq && tutti_jam_hash (replica->confirmed) != message->hash)
    ask_for_snapshot (replica);
}
