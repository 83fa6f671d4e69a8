/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was: asked for by whoever is in, answered by who keeps it. */
#include "tutti-host-private.h"
#include "tutti-rights.h"

#include <string.h>

static void
say_none (TuttiHost *host, const TuttiConnection *connection, const char *why)
{
  TuttiMessage message = { .kind = TUTTI_MESSAGE_WERE };

  tutti_message_set_reason (&message, why);
  tutti_host_say (host, connection, &message);
}

static void
say_unkept (TuttiHost *host, const TuttiConnection *connection, gint64 seq, const char *why)
{
  TuttiMessage message = { .kind = TUTTI_MESSAGE_UNKEPT, .stamp.seq = seq };

  tutti_message_set_reason (&message, why);
  tutti_host_say (host, connection, &message);
}

/* Whoever may look may look back. */
static const char *
why_not (TuttiHost *host, const TuttiConnection *connection, const TuttiMessage *message)
{
  const TuttiPerson *person = tutti_jam_person (host->jam, connection->seat->number);
  gboolean moment = message->kind == TUTTI_MESSAGE_MOMENT;

  if (person == NULL || person->role < TUTTI_ROLE_VIEWER)
    return "you are not in this jam";
  if (message->stamp.seq > host->seq + (moment ? 0 : 1))
    return "that has not happened yet";
  if (moment ? host->hooks.moment == NULL : host->hooks.history == NULL)
    return "this host keeps no history";
  return NULL;
}

void
tutti_host_on_past (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now)
{
  gboolean moment = message->kind == TUTTI_MESSAGE_MOMENT;
  const char *why = why_not (host, connection, message);

  if (!tutti_bucket_take (&connection->past, 1, now.us))
    tutti_host_end (host, connection, TUTTI_CLOSE_TOO_FAST, NULL);
  else if (why != NULL && moment)
    say_unkept (host, connection, message->stamp.seq, why);
  else if (why != NULL)
    say_none (host, connection, why);
  else if (moment)
    host->hooks.moment (host->hooks.user, connection->id, message->stamp.seq, message->from);
  else
    host->hooks.history (host->hooks.user, connection->id, message->stamp.seq, message->count);
}

/* An answer may come when whoever asked is gone. */
static TuttiConnection *
asker (TuttiHost *host, guint connection)
{
  TuttiConnection *self = g_hash_table_lookup (host->connections, GUINT_TO_POINTER (connection));

  return self != NULL && self->seat != NULL ? self : NULL;
}

/* FALSE: a row that holds no operation; what lies before it is not told either. */
static gboolean
say_was (TuttiHost *host, const TuttiConnection *connection, const TuttiPastOp *past)
{
  g_autoptr(TuttiOp) op = tutti_host_log_op (past->text, NULL);

  if (op == NULL)
    return FALSE;
  tutti_host_say (host, connection, &(TuttiMessage) { .kind = TUTTI_MESSAGE_WAS, .stamp = past->stamp, .op = op,
                                                      .done_us = MAX (past->done_us, 0) });
  return TRUE;
}

void
tutti_host_tell_history (TuttiHost *host, guint connection, const GArray *ops, gboolean earlier, const char *why)
{
  TuttiConnection *self = asker (host, connection);
  TuttiMessage end = { .kind = TUTTI_MESSAGE_WERE };
  gsize bytes = 0;
  guint i = 0;

  if (self == NULL)
    return;
  /* One at least: an operation is never longer than a message. */
  for (; i < ops->len && (i == 0 || bytes < TUTTI_HISTORY_BYTES); i++)
    {
      const TuttiPastOp *past = &g_array_index (ops, TuttiPastOp, i);

      bytes += strlen (past->text);
      if (!say_was (host, self, past))
        {
          say_none (host, self, "the history is damaged before that");
          return;
        }
    }
  if (i > 0 && (earlier || i < ops->len))
    end.stamp.seq = g_array_index (ops, TuttiPastOp, i - 1).stamp.seq;
  if (why != NULL)
    tutti_message_set_reason (&end, why);
  tutti_host_say (host, self, &end);
}

void
tutti_host_tell_moment (TuttiHost *host, guint connection, gint64 seq, const char *text, gint64 from, const char *why)
{
  TuttiConnection *self = asker (host, connection);
  gint64 total = text != NULL ? (gint64) strlen (text) : 0;

  if (self == NULL)
    return;
  /* In the middle of a character no piece ends. */
  if (text == NULL || from >= total || ((guchar) text[from] & 0xc0) == 0x80 || total > TUTTI_DOCUMENT_BYTES_MAX)
    {
      say_unkept (host, self, seq, why != NULL ? why : "the document of then has no such place");
      return;
    }
  g_autofree char *piece = g_strndup (text + from, tutti_host_piece_length (text + from));

  tutti_host_say (host, self, &(TuttiMessage) { .kind = TUTTI_MESSAGE_THEN, .stamp.seq = seq, .from = from, .total = total,
                                                .text = piece });
}
