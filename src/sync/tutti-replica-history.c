/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was, asked of the host: as much as it answers, a document piece by piece. */
#include "tutti-replica-private.h"

#include <string.h>

void
tutti_replica_init_past (TuttiReplica *replica)
{
  replica->past.before = replica->past.seq = -1;
}

static void
forget_document (TuttiReplica *replica)
{
  replica->past.seq = -1;
  replica->past.wants_piece = FALSE;
  if (replica->past.document != NULL)
    g_string_free (g_steal_pointer (&replica->past.document), TRUE);
}

void
tutti_replica_clear_past (TuttiReplica *replica)
{
  replica->past.before = -1;
  forget_document (replica);
}

/* What is asked for goes out when the host takes it, else with the next tick. */
void
tutti_replica_ask_past (TuttiReplica *replica, TuttiNow now)
{
  TuttiPast *past = &replica->past;

  if (past->before >= 0 && tutti_bucket_take (&past->pace, 1, now.us))
    {
      tutti_replica_say (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_HISTORY, .stamp.seq = past->before, .count = past->n });
      past->before = -1;
    }
  if (past->wants_piece && tutti_bucket_take (&past->pace, 1, now.us))
    {
      past->wants_piece = FALSE;
      tutti_replica_say (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_MOMENT, .stamp.seq = past->seq,
                                                    .from = (gint64) past->document->len });
    }
}

static gboolean
can_ask (TuttiReplica *replica, GError **error)
{
  return replica->live || tutti_replica_fail (error, "the host is out of reach");
}

gboolean
tutti_replica_ask_history (TuttiReplica *replica, gint64 before, guint n, TuttiNow now, GError **error)
{
  if (!can_ask (replica, error))
    return FALSE;
  replica->past.before = CLAMP (before, 0, TUTTI_JSON_INT_MAX);
  replica->past.n = CLAMP (n, 1, TUTTI_HISTORY_MAX);
  tutti_replica_ask_past (replica, now);
  return TRUE;
}

gboolean
tutti_replica_ask_moment (TuttiReplica *replica, gint64 seq, TuttiNow now, GError **error)
{
  if (!can_ask (replica, error))
    return FALSE;
  forget_document (replica);
  replica->past.seq = CLAMP (seq, 0, TUTTI_JSON_INT_MAX);
  replica->past.document = g_string_new (NULL);
  replica->past.wants_piece = TRUE;
  tutti_replica_ask_past (replica, now);
  return TRUE;
}

/* Told of what nobody waits for (any more), nothing happens. */
static void
answer_moment (TuttiReplica *replica, gint64 seq, const TuttiJam *jam, const GError *why)
{
  forget_document (replica);
  if (replica->hooks.moment != NULL)
    replica->hooks.moment (replica->hooks.user, seq, jam, why);
}

static void
on_then (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  TuttiPast *past = &replica->past;
  g_autoptr(GError) error = NULL;

  if (past->document == NULL || message->stamp.seq != past->seq || message->from != (gint64) past->document->len ||
      message->text[0] == '\0')
    return;
  g_string_append (past->document, message->text);
  if ((gint64) past->document->len < message->total && past->document->len < TUTTI_DOCUMENT_BYTES_MAX)
    {
      past->wants_piece = TRUE;
      tutti_replica_ask_past (replica, now);
      return;
    }
  g_autoptr(TuttiJam) jam = tutti_jam_from_text (past->document->str, (gssize) past->document->len, &error);

  answer_moment (replica, message->stamp.seq, jam, error);
}

static void
on_unkept (TuttiReplica *replica, const TuttiMessage *message)
{
  g_autoptr(GError) why = g_error_new_literal (TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_MISSING, message->reason);

  if (message->stamp.seq == replica->past.seq)
    answer_moment (replica, message->stamp.seq, NULL, why);
}

void
tutti_replica_on_past (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  if (message->kind == TUTTI_MESSAGE_THEN)
    on_then (replica, message, now);
  else if (message->kind == TUTTI_MESSAGE_UNKEPT)
    on_unkept (replica, message);
  else if (replica->hooks.history != NULL)
    replica->hooks.history (replica->hooks.user, message);
}
