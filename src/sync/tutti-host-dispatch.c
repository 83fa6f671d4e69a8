/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Messages go to their handlers: a table by kind. */
#include "tutti-host-private.h"

static void
on_ack (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now)
{
  if (message->stamp.seq > connection->acked)
    connection->acked_us = now.us;
  connection->acked = MAX (connection->acked, MIN (message->stamp.seq, host->seq));
  connection->round_trip_us = message->round_trip_us;
  connection->quality = message->quality;
  if (!tutti_connection_watches (connection))
    tutti_host_note_late (host, connection, message->late);
}

static void
on_need (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now)
{
  if (!tutti_bucket_take (&connection->needs, 1, now.us))
    {
      tutti_host_end (host, connection, TUTTI_CLOSE_TOO_FAST, NULL);
      return;
    }
  host->figures.repairs++;
  tutti_host_send_snapshot (host, connection);
  tutti_host_tell_again (host, connection);
}

static void
on_picture (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now)
{
  tutti_host_on_picture (host, connection, message->text, now);
}

static void
on_look (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now)
{
  tutti_host_on_look (connection, message->stamp.by);
}

typedef struct
{
  void   (*take) (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now);
  gboolean watchers;               /* who only looks on may say it, too */
} Handler;

/* Of what a guest says once it is in; a kind without a row is a host's. */
static const Handler handlers[TUTTI_N_MESSAGES] = {
  [TUTTI_MESSAGE_EDIT] = { tutti_host_on_edit },
  [TUTTI_MESSAGE_ACK] = { on_ack, .watchers = TRUE },
  [TUTTI_MESSAGE_NEED] = { on_need, .watchers = TRUE },

  [TUTTI_MESSAGE_KICK] = { tutti_host_on_ask },
  [TUTTI_MESSAGE_PASSCODE] = { tutti_host_on_ask },
  [TUTTI_MESSAGE_INVITE] = { tutti_host_on_ask },
  [TUTTI_MESSAGE_WISH] = { tutti_host_on_ask },

  [TUTTI_MESSAGE_HISTORY] = { tutti_host_on_past },
  [TUTTI_MESSAGE_MOMENT] = { tutti_host_on_past },

  [TUTTI_MESSAGE_COMPARE] = { tutti_host_on_compare, .watchers = TRUE },
  [TUTTI_MESSAGE_RENDERED] = { tutti_host_on_rendered },

  [TUTTI_MESSAGE_HERE] = { tutti_host_on_here },
  [TUTTI_MESSAGE_CHAT] = { tutti_host_on_chat },
  [TUTTI_MESSAGE_OLDER] = { tutti_host_on_older },
  [TUTTI_MESSAGE_PICTURE] = { on_picture },
  [TUTTI_MESSAGE_LOOK] = { on_look },

  [TUTTI_MESSAGE_WILLING] = { tutti_host_on_willing },
  [TUTTI_MESSAGE_TAIL] = { tutti_host_on_tail },
};

static void
dispatch (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now)
{
  const Handler *handler = &handlers[message->kind];

  /* Who only looks on is asked nothing, and has nothing to say but that it is there and what it wants to know. */
  if (tutti_connection_watches (connection) && !handler->watchers)
    {
      if (message->kind == TUTTI_MESSAGE_EDIT || message->kind == TUTTI_MESSAGE_CHAT)
        tutti_host_end (host, connection, TUTTI_CLOSE_NOT_ALLOWED, "who only looks on has no say");
      return;
    }
  if (handler->take != NULL)
    {
      handler->take (host, connection, message, now);
      return;
    }
  host->figures.bad_messages++;
  tutti_host_end (host, connection, TUTTI_CLOSE_BAD_MESSAGE, "only a host says that");
}

void
tutti_host_received (TuttiHost *host, guint connection, const char *text, gsize length, TuttiNow now)
{
  TuttiConnection *self = g_hash_table_lookup (host->connections, GUINT_TO_POINTER (connection));
  g_auto(TuttiMessage) message = { 0 };
  g_autoptr(GError) error = NULL;

  if (self == NULL || self->closing)
    return;
  if (!tutti_message_read (text, length, &message, &error))
    {
      host->figures.bad_messages++;
      if (self->seat != NULL && message.number > 0)
        tutti_host_refuse (host, self, message.number, error);
      else
        tutti_host_end (host, self, TUTTI_CLOSE_BAD_MESSAGE, error->message);
    }
  else if (host->gathering && !self->waits && message.kind == TUTTI_MESSAGE_HELLO)
    tutti_host_gather_hello (host, self, &message.hello, now);
  else if (host->gathering && self->waits && message.kind == TUTTI_MESSAGE_TAIL)
    tutti_host_on_tail (host, self, &message, now);
  else if (self->seat == NULL && message.kind == TUTTI_MESSAGE_HELLO)
    tutti_host_on_hello (host, self, &message.hello, now);
  else if (self->seat == NULL)
    tutti_host_end (host, self, TUTTI_CLOSE_BAD_MESSAGE, "hello comes first");
  else
    dispatch (host, self, &message, now);
}
