/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Own edits: shown at once, sent when there is a way, waiting until the host has answered. */
#include "tutti-replica-private.h"

#include "tutti-rights.h"

#include <stdlib.h>
#include <string.h>

void
tutti_pending_free (gpointer data)
{
  TuttiPending *pending = data;

  tutti_op_free (pending->op);
  g_free (pending);
}

static TuttiStamp
provisional (const TuttiReplica *replica, TuttiNow now)
{
  return (TuttiStamp) { replica->seq, replica->welcome.me, now.frame + replica->lead };
}

/* Made anew rather than taken back and redone: copies share what is the same, and there is no inverse to get wrong. */
void
tutti_replica_rebuild_shown (TuttiReplica *replica, TuttiNow now)
{
  TuttiStamp stamp = provisional (replica, now);
  guint failing = 0;
  gboolean shows;

  tutti_jam_free (replica->shown);
  replica->shown = tutti_jam_copy (replica->confirmed);
  for (guint i = 0; i < replica->pending->len; i++)
    {
      const TuttiOp *op = ((TuttiPending *) replica->pending->pdata[i])->op;

      /* What its author may no longer do, the host is about to refuse. */
      shows = tutti_jam_may (replica->shown, stamp.by, op, NULL) && tutti_jam_apply (replica->shown, op, &stamp, NULL, NULL);
      failing += !shows;
    }
  if (failing != replica->failing)
    {
      replica->failing = failing;
      tutti_replica_tell_all_changed (replica);
    }
}

TuttiPending *
tutti_replica_find_pending (TuttiReplica *replica, gint64 number, guint *index)
{
  for (guint i = 0; i < replica->pending->len; i++)
    if (((TuttiPending *) replica->pending->pdata[i])->number == number)
      {
        *index = i;
        return replica->pending->pdata[i];
      }
  return NULL;
}

TuttiOp *
tutti_replica_take_pending (TuttiReplica *replica, guint index)
{
  TuttiOp *op = g_steal_pointer (&((TuttiPending *) replica->pending->pdata[index])->op);

  g_ptr_array_remove_index (replica->pending, index);
  return op;
}

void
tutti_replica_refused (TuttiReplica *replica, guint index, TuttiModelError code, const char *reason, TuttiNow now)
{
  gint64 number = ((TuttiPending *) replica->pending->pdata[index])->number;
  g_autoptr(TuttiOp) op = tutti_replica_take_pending (replica, index);
  g_autoptr(GError) why = g_error_new_literal (TUTTI_MODEL_ERROR, code, reason);

  tutti_undo_refused (replica->undo, number);
  if (replica->confirmed != NULL)
    tutti_replica_rebuild_shown (replica, now);
  tutti_replica_tell_changed (replica, tutti_op_target (op), replica->welcome.me);
  replica->hooks.refused (replica->hooks.user, op, why);
}

/* As many as the host takes: what was made offline may be more than it lets pass at once, and the rest goes out with the ticks. */
void
tutti_replica_flush (TuttiReplica *replica, TuttiNow now)
{
  for (guint i = 0; i < replica->pending->len; i++)
    {
      TuttiPending *pending = replica->pending->pdata[i];

      if (pending->sent)
        continue;
      if (!tutti_bucket_take (&replica->pace, 1, now.us))
        return;
      tutti_replica_say (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_EDIT, .number = pending->number, .base = pending->base,
                                      .op = pending->op });
      pending->sent = TRUE;
    }
}

/* Edits that the host dealt with before the connection broke: of those that did not come along as operations, the ones inside a
 * document happened long ago (what was refused lately the host said again); without a document they did not happen. */
void
tutti_replica_drop_dealt_with (TuttiReplica *replica, TuttiNow now)
{
  while (replica->pending->len > 0 &&
         ((TuttiPending *) replica->pending->pdata[0])->number <= replica->welcome.number)
    if (replica->welcome.document)
      g_ptr_array_remove_index (replica->pending, 0);
    else
      tutti_replica_refused (replica, 0, TUTTI_MODEL_ERROR_INVALID, "it was refused while the connection was lost", now);
}

static gboolean
submit (TuttiReplica *replica, TuttiOp *op, TuttiUndoRole role, TuttiNow now, GError **error)
{
  TuttiStamp stamp = provisional (replica, now);
  g_autoptr(TuttiOp) owned = op;
  TuttiOp *inverse = NULL;

  if (replica->shown == NULL)
    return tutti_replica_fail (error, "the jam is not here yet");
  if (replica->pending->len >= TUTTI_PENDING_MAX)
    {
      g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_BUSY, "too many edits wait for the host");
      return FALSE;
    }
  if (!tutti_jam_may (replica->shown, stamp.by, op, error) ||
      !tutti_jam_apply (replica->shown, op, &stamp, &inverse, error))
    return FALSE;
  TuttiPending *pending = g_new0 (TuttiPending, 1);

  *pending = (TuttiPending) { replica->next_number++, replica->seq, g_steal_pointer (&owned), now.us, FALSE };
  g_ptr_array_add (replica->pending, pending);
  tutti_undo_done (replica->undo, pending->number, pending->op, inverse, role, now.us);
  if (replica->live)
    tutti_replica_flush (replica, now);
  tutti_replica_tell_changed (replica, tutti_op_target (pending->op), replica->welcome.me);
  tutti_replica_note_edit (replica, now);
  return TRUE;
}

gboolean
tutti_replica_submit (TuttiReplica *replica, TuttiOp *op, TuttiNow now, GError **error)
{
  return submit (replica, op, TUTTI_UNDO_NEW, now, error);
}

gboolean
tutti_replica_undo (TuttiReplica *replica, gboolean redo, TuttiNow now, GError **error)
{
  guint by;
  const TuttiOp *next = tutti_undo_peek (replica->undo, redo);

  /* A right may come back: what is not allowed now is kept. */
  if (next != NULL && replica->shown != NULL && !tutti_jam_may (replica->shown, replica->welcome.me, next, error))
    return FALSE;
  TuttiOp *op = tutti_undo_take (replica->undo, redo, &by);
  const TuttiPerson *person = replica->shown != NULL ? tutti_jam_person (replica->shown, by) : NULL;

  if (op != NULL)
    return submit (replica, op, redo ? TUTTI_UNDO_OF_REDO : TUTTI_UNDO_OF_UNDO, now, error);
  if (by != 0)
    g_set_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_EXISTS, "%s changed it since",
                 person != NULL ? person->name : "somebody");
  else
    g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_MISSING, redo ? "nothing to do again" : "nothing to undo");
  return FALSE;
}

const TuttiOp *
tutti_replica_peek_undo (TuttiReplica *replica, gboolean redo, guint *blocked_by)
{
  *blocked_by = tutti_undo_get_blocker (replica->undo, redo);
  return tutti_undo_peek (replica->undo, redo);
}

gboolean
tutti_replica_can_undo (TuttiReplica *replica, gboolean redo)
{
  return tutti_undo_can (replica->undo, redo);
}

guint
tutti_replica_get_pending (TuttiReplica *replica)
{
  return replica->pending->len;
}

void
tutti_replica_visit_pending (TuttiReplica *replica, gint64 until_us, TuttiOpVisit visit, gpointer user, gint64 *first, gint64 *last)
{
  *first = *last = 0;
  for (guint i = 0; i < replica->pending->len; i++)
    {
      const TuttiPending *pending = replica->pending->pdata[i];

      if (pending->made_us > until_us)
        return;
      *first = *first == 0 ? pending->number : *first;
      *last = pending->number;
      if (visit != NULL)
        visit (pending->op, user);
    }
}

static int
compare_int64 (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a, two = *(const gint64 *) b;

  return one < two ? -1 : one > two;
}

double
tutti_replica_get_latency_ms (TuttiReplica *replica)
{
  gint64 sorted[TUTTI_REPLICA_LATENCIES];
  guint n = MIN (replica->n_latencies, TUTTI_REPLICA_LATENCIES);

  if (n == 0)
    return 0.0;
  memcpy (sorted, replica->latencies, sizeof sorted);
  qsort (sorted, n, sizeof *sorted, compare_int64);
  return (double) sorted[n / 2] / 1000.0;
}
