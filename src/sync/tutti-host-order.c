/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ordering: an edit is checked, applied, kept, stamped and told, in this order, or refused with the reason. */
#include "tutti-host-private.h"

#include "tutti-rights.h"

static void
remember_refusal (TuttiVisit *visit, gint64 number, TuttiModelError code)
{
  visit->refused[number % TUTTI_REFUSALS_KEPT] = (TuttiRefusal) { number, code };
}

void
tutti_host_refuse_again (TuttiHost *host, TuttiConnection *connection)
{
  const TuttiVisit *visit = tutti_host_visit (host, connection->creator);
  TuttiMessage message = { .kind = TUTTI_MESSAGE_NO, .reason = "it was refused while the connection was lost" };

  for (guint i = 0; i < TUTTI_REFUSALS_KEPT; i++)
    {
      message.number = visit->refused[i].number;
      message.code = visit->refused[i].code;
      if (message.number != 0)
        tutti_host_say (host, connection, &message);
    }
}

void
tutti_host_refuse (TuttiHost *host, TuttiConnection *connection, gint64 number, const GError *why)
{
  TuttiMessage message = { .kind = TUTTI_MESSAGE_NO, .number = number };
  TuttiVisit *visit = tutti_host_visit (host, connection->creator);

  message.code = why->domain == TUTTI_MODEL_ERROR ? (TuttiModelError) why->code : TUTTI_MODEL_ERROR_NOT_KEPT;
  tutti_message_set_reason (&message, why->message);
  remember_refusal (visit, number, message.code);
  visit->number = MAX (visit->number, number);
  host->figures.refused++;
  tutti_host_say (host, connection, &message);
}

static gboolean
not_allowed (GError **error, const char *why)
{
  g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_ALLOWED, why);
  return FALSE;
}

/* Ids are coined by their creator alone, else two could coin the same; or by the host for someone who asked it to. */
static gboolean
coins_own_ids (TuttiHost *host, const TuttiOp *op, guint32 creator)
{
  gboolean coins = g_str_equal (tutti_op_spec (op->kind)->args[0].name != NULL ? tutti_op_spec (op->kind)->args[0].name : "",
                                "id");

  return !coins || op->arg[0].id.creator == creator ||
         (op->arg[0].id.creator == host->coins.creator && op->arg[0].id.counter <= host->coins.counter);
}

static gboolean
may_coin (TuttiHost *host, const TuttiOp *op, guint32 creator, GError **error)
{
  if (op->kind == TUTTI_OP_GROUP)
    {
      for (guint i = 0; i < op->arg[0].ops->len; i++)
        if (!may_coin (host, op->arg[0].ops->pdata[i], creator, error))
          return FALSE;
      return TRUE;
    }
  return coins_own_ids (host, op, creator) || not_allowed (error, "that id is for someone else to give");
}

gboolean
tutti_host_keep (TuttiHost *host, const TuttiOp *op, TuttiRecord *record, GError **error)
{
  TuttiJam *next = tutti_jam_copy (host->jam);
  TuttiRecord copy = *record;

  copy.op = (TuttiOp *) op;
  g_autofree char *text = tutti_record_text (&copy);

  if (!tutti_jam_apply (next, op, &record->stamp, NULL, error) ||
      !host->hooks.append (host->hooks.user, record->epoch, &record->stamp, text, error))
    {
      tutti_jam_free (next);
      return FALSE;
    }
  tutti_jam_free (host->jam);
  host->jam = next;
  host->seq = record->stamp.seq;
  host->last_at = record->stamp.at;
  record->op = tutti_op_copy (op);
  tutti_host_log_add (host->log, *record);
  return TRUE;
}

gint64
tutti_host_next_at (TuttiHost *host, TuttiNow now)
{
  return MAX (MAX (host->last_at, now.frame + host->lead), host->not_before);
}

/* What anyone hears of it happened. */
gboolean
tutti_host_order (TuttiHost *host, const TuttiOp *op, TuttiRecord *record, TuttiNow now, GError **error)
{
  record->stamp.seq = host->seq + 1;
  record->stamp.at = tutti_host_next_at (host, now);
  record->epoch = host->settings.epoch;
  if (!tutti_host_keep (host, op, record, error))
    return FALSE;
  host->figures.stamped++;
  return TRUE;
}

TuttiConnection *
tutti_host_connection_of (TuttiHost *host, guint number)
{
  for (guint i = 0; i < host->seats->len; i++)
    {
      const TuttiSeat *seat = host->seats->pdata[i];

      if (seat->number == number && seat->connection != 0)
        return g_hash_table_lookup (host->connections, GUINT_TO_POINTER (seat->connection));
    }
  return NULL;
}

/* How far back it is looked for edits that crossed: what lies further back no copy can name any more. */
#define CROSSED_MAX 2000

/* Tells everyone whose operation after @base collides with @record that theirs was overridden; returns the newest such seq. Oldest
 * first: who is told of several keeps the last, and that must be what they had made of it in the end. */
static gint64
tell_overridden (TuttiHost *host, const TuttiRecord *record, gint64 base)
{
  gint64 newest = 0;
  gint64 first = MAX (MAX (base + 1, record->stamp.seq - CROSSED_MAX), tutti_host_log_get_oldest (host->log));

  for (gint64 seq = first; seq < record->stamp.seq; seq++)
    {
      const TuttiRecord *other = tutti_host_log_get (host->log, seq);

      if (other->stamp.by == record->stamp.by || !tutti_op_collides (other->op, record->op))
        continue;
      TuttiConnection *author = tutti_host_connection_of (host, other->stamp.by);

      newest = seq;
      if (author != NULL)
        tutti_host_say (host, author, &(TuttiMessage) { .kind = TUTTI_MESSAGE_OVER, .stamp = { .seq = seq, .by = record->stamp.by },
                                                        .with = record->stamp.seq });
    }
  return newest;
}

void
tutti_host_tell (TuttiHost *host, TuttiConnection *author, const TuttiRecord *record, gint64 base)
{
  TuttiMessage message = tutti_message_of_record (TUTTI_MESSAGE_STAMPED, record);

  tutti_host_say_all (host, author, &message);
  gint64 with = tell_overridden (host, record, base);

  if (author != NULL)
    tutti_host_say (host, author, &(TuttiMessage) { .kind = TUTTI_MESSAGE_ANSWER, .stamp = record->stamp,
                                                    .number = record->number, .with = with });
}

/* An edit that came before: it gets its answer again, and happens once. What is in the log no more is answered as refused. */
static void
answer_again (TuttiHost *host, TuttiConnection *connection, gint64 number)
{
  const TuttiRecord *record = tutti_host_log_find (host->log, connection->creator, number);
  g_autoptr(GError) refused = NULL;

  if (record != NULL)
    tutti_host_say (host, connection, &(TuttiMessage) { .kind = TUTTI_MESSAGE_ANSWER, .stamp = record->stamp, .number = number });
  else
    {
      not_allowed (&refused, "it was dealt with before");
      tutti_host_refuse (host, connection, number, refused);
    }
}

gboolean
tutti_host_decide (TuttiHost *host, TuttiBucket *allowance, const TuttiOp *op, TuttiRecord *record, TuttiNow now, GError **error)
{
  if (!tutti_bucket_take (allowance, 1, now.us))
    {
      g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_BUSY, "slow down a little: too many edits at once");
      return FALSE;
    }
  return tutti_jam_may (host->jam, record->stamp.by, op, error) && tutti_host_may_demote (host, op, error) &&
         may_coin (host, op, record->creator, error) && tutti_host_order (host, op, record, now, error);
}

void
tutti_host_on_edit (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now)
{
  TuttiVisit *visit = tutti_host_visit (host, connection->creator);
  TuttiRecord record = { .creator = connection->creator, .number = message->number,
                         .stamp.by = connection->seat->number };
  g_autoptr(GError) error = NULL;

  /* Not answered: its author says it again to who stamps now. */
  if (host->frozen)
    return;
  if (message->number <= visit->number)
    {
      answer_again (host, connection, message->number);
      return;
    }
  visit->number = message->number;
  visit->seq = host->seq;
  if (!tutti_host_decide (host, &connection->edits, message->op, &record, now, &error))
    tutti_host_refuse (host, connection, message->number, error);
  else
    {
      connection->seat->edited = TRUE;
      visit->seq = record.stamp.seq;
      tutti_host_tell (host, connection, &record, message->base);
      tutti_host_expel_banned (host, record.stamp.by);
    }
}

gboolean
tutti_host_apply (TuttiHost *host, const TuttiOp *op, TuttiNow now, GError **error)
{
  TuttiRecord record = { 0 };

  if (!tutti_host_order (host, op, &record, now, error))
    return FALSE;
  tutti_host_tell (host, NULL, &record, host->seq);
  return TRUE;
}
