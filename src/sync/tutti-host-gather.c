/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What others have of this jam's history and this host has not. An heir that begins asks for it before it stamps anything, for an
 * instant: then the operations stay what they were. Later, and after a time in which there were two hosts, they happen anew, as
 * edits made offline do. */
#include "tutti-host-private.h"

#include "tutti-rights.h"

/* Of one connection. */
#define TAIL_MAX (3 * TUTTI_TAIL_MIN)

#define EPOCHS_TOLD 32

/* ---- asking ---- */

static void
say_end (TuttiHost *host, TuttiConnection *connection, gint64 epoch, gint64 last)
{
  tutti_host_say (host, connection, &(TuttiMessage) { .kind = TUTTI_MESSAGE_TELL, .epoch = epoch, .stamp.seq = last });
}

void
tutti_host_ask (TuttiHost *host, TuttiConnection *connection)
{
  g_autoptr(GArray) ends = tutti_host_log_get_ends (host->log);

  for (guint i = ends->len > EPOCHS_TOLD ? ends->len - EPOCHS_TOLD : 0; i < ends->len; i++)
    {
      const TuttiEpochEnd *end = &g_array_index (ends, TuttiEpochEnd, i);

      say_end (host, connection, end->epoch, end->last);
    }
  say_end (host, connection, 0, tutti_host_log_get_oldest (host->log) - 1);
  connection->tail_left = TAIL_MAX;
  connection->fork = -1;
}

/* ---- before anything is stamped here ---- */

static gboolean
is_behind (TuttiHost *host, const TuttiHello *hello)
{
  return hello->seq > host->seq && hello->epoch == tutti_host_log_get_epoch (host->log);
}

/* Everyone who was here came again, and none of them has more. */
static gboolean
is_complete (TuttiHost *host)
{
  GHashTableIter iter;
  gpointer each;
  guint n = 0;

  g_hash_table_iter_init (&iter, host->connections);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    {
      const TuttiConnection *connection = each;

      if (!connection->waits || connection->hello.watching)
        continue;
      n++;
      if (is_behind (host, &connection->hello))
        return FALSE;
    }
  return host->settings.gather_people > 0 && n >= host->settings.gather_people;
}

static void
begin (TuttiHost *host, TuttiNow now)
{
  g_autoptr(GList) all = g_hash_table_get_values (host->connections);

  host->gathering = FALSE;
  for (const GList *each = all; each != NULL; each = each->next)
    {
      TuttiConnection *connection = each->data;

      if (!connection->waits || connection->closing)
        continue;
      connection->waits = FALSE;
      tutti_host_on_hello (host, connection, &connection->hello, now);
    }
}

void
tutti_host_gather_hello (TuttiHost *host, TuttiConnection *connection, const TuttiHello *hello, TuttiNow now)
{
  connection->hello = *hello;
  connection->waits = TRUE;
  if (is_behind (host, hello))
    tutti_host_ask (host, connection);
  if (is_complete (host))
    begin (host, now);
}

void
tutti_host_gather_tick (TuttiHost *host, TuttiNow now)
{
  if (host->gather_since_us == 0)
    host->gather_since_us = now.us;
  if (now.us - host->gather_since_us >= host->settings.gather_us || is_complete (host))
    begin (host, now);
}

/* The operation as it was: what the old host stamped last, and somebody heard. */
static void
take_as_it_was (TuttiHost *host, const TuttiMessage *message)
{
  TuttiRecord record = { message->stamp, NULL, message->epoch, message->creator, message->number, message->earlier };

  if (message->stamp.seq == host->seq + 1 && message->epoch == tutti_host_log_get_epoch (host->log) &&
      message->stamp.at >= host->last_at && tutti_host_keep (host, message->op, &record, NULL))
    tutti_host_note_visit (host, &record);
}

/* ---- afterwards ---- */

/* A start or a launch was meant for its moment, and so was the lead. A role was not, although it is not undone. */
static gboolean
is_worth_repeating (const TuttiMessage *message)
{
  const TuttiOpSpec *spec = tutti_op_spec (message->op->kind);

  return (spec->undoable && spec->permission != TUTTI_MAY_HOST) || message->op->kind == TUTTI_OP_PERSON_ROLE;
}

/* Whose operation it is nobody but the teller says. So what others did is believed of nobody whom it could give more than they have:
 * who may not do it themself does not tell of it either, and nobody tells in the host's name. Everyone may tell what they did. */
static gboolean
is_believed (TuttiHost *host, const TuttiConnection *teller, const TuttiMessage *message)
{
  if (message->stamp.by == 0)
    return FALSE;
  return message->stamp.by == teller->seat->number || tutti_jam_may (host->jam, teller->seat->number, message->op, NULL);
}

/* Whether its author did @record after @message: numbers count within a visit. Between visits it counts when each was heard first,
 * wherever that was: all hosts of a jam count the same frames. */
static gboolean
is_later (const TuttiRecord *record, const TuttiMessage *message)
{
  return record->creator == message->creator ? record->number > message->number
                                             : record->stamp.at - record->earlier > message->stamp.at - message->earlier;
}

static gboolean
has_role (const TuttiOp *op)
{
  if (op->kind != TUTTI_OP_GROUP)
    return op->kind == TUTTI_OP_PERSON_ROLE;
  for (guint i = 0; i < op->arg[0].ops->len; i++)
    if (has_role (op->arg[0].ops->pdata[i]))
      return TRUE;
  return FALSE;
}

/* Whether what happened here makes @message needless: it is known (several may tell of the same), or its author did something
 * else about it since. Of roles it is the later decision that stands, whoever made it: a ban is not taken back by what was given before. */
static gboolean
is_outdone (TuttiHost *host, const TuttiMessage *message, gint64 fork)
{
  gboolean role = has_role (message->op);

  for (gint64 seq = host->seq; seq > fork && seq >= tutti_host_log_get_oldest (host->log); seq--)
    {
      const TuttiRecord *record = tutti_host_log_get (host->log, seq);

      if (record->creator == message->creator && record->number == message->number)
        return TRUE;
      if ((record->stamp.by == message->stamp.by || role) && tutti_op_collides (message->op, record->op) && is_later (record, message))
        return TRUE;
    }
  return FALSE;
}

/* Guests may tell of any frame; what is kept must be readable again. */
static gint64
count_earlier (TuttiHost *host, const TuttiMessage *message, TuttiNow now)
{
  gint64 frames = tutti_host_next_at (host, now) - (message->stamp.at - message->earlier);

  return CLAMP (frames, -TUTTI_EARLIER_MAX, TUTTI_EARLIER_MAX);
}

static gboolean
is_arrival (const TuttiMessage *message)
{
  return message->creator == 0 && message->stamp.by == 0 && message->op->kind == TUTTI_OP_PERSON;
}

static void
repeat (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now)
{
  TuttiRecord record = { .stamp.by = message->stamp.by, .creator = message->creator, .number = message->number,
                         .earlier = count_earlier (host, message, now) };

  /* What was told before comes first, and may have branched off later or earlier than the rest. */
  if (connection->fork < 0 || connection->fork >= message->stamp.seq)
    connection->fork = message->stamp.seq - 1;
  if (is_arrival (message))
    tutti_host_meet (host, message->op, now);
  if (message->creator == 0 || !is_worth_repeating (message) || !is_believed (host, connection, message) ||
      is_outdone (host, message, connection->fork) || !tutti_jam_may (host->jam, message->stamp.by, message->op, NULL) ||
      !tutti_host_may_demote (host, message->op, NULL) || !tutti_host_order (host, message->op, &record, now, NULL))
    return;
  tutti_host_note_visit (host, &record);
  tutti_host_tell (host, NULL, &record, connection->fork);
  tutti_host_expel_banned (host, record.stamp.by);
}

void
tutti_host_on_tail (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now)
{
  if (connection->tail_left == 0)
    {
      tutti_host_end (host, connection, TUTTI_CLOSE_BAD_MESSAGE, "nobody asked for that");
      return;
    }
  connection->tail_left--;
  if (!host->gathering)
    {
      repeat (host, connection, message, now);
      return;
    }
  take_as_it_was (host, message);
  if (is_complete (host))
    begin (host, now);
}
