/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What newcomers get to start with: the welcome, a document or what happened since theirs, and who is here. */
#include "tutti-host-guard.h"
#include "tutti-host-private.h"

#include <string.h>

/* What @hello has is the beginning of what happened here, and the rest is still kept: an epoch and a seq name one history. */
static gboolean
can_go_on (TuttiHost *host, const TuttiHello *hello)
{
  const TuttiRecord *last = tutti_host_log_get (host->log, hello->seq);

  if (hello->seq == 0 || hello->creator == 0 || hello->seq > host->seq)
    return FALSE;
  if (last == NULL)
    return hello->seq == host->seq && hello->epoch == tutti_host_log_get_epoch (host->log);
  return last->epoch == hello->epoch;
}

/* Whether @hello names operations that never happened here; of what is no longer kept nobody can tell. */
static gboolean
has_other_past (TuttiHost *host, const TuttiHello *hello)
{
  return hello->creator != 0 && hello->seq >= tutti_host_log_get_oldest (host->log) && !can_go_on (host, hello);
}

gsize
tutti_host_piece_length (const char *text)
{
  gsize length = strnlen (text, TUTTI_SNAPSHOT_CHUNK_BYTES);

  while (length > 0 && ((guchar) text[length] & 0xc0) == 0x80)
    length--;
  return length;
}

static void
send_document (TuttiHost *host, TuttiConnection *connection, const TuttiJam *jam)
{
  g_autofree char *text = tutti_jam_to_text (jam);
  const char *at = text;

  while (*at != '\0')
    {
      gsize length = tutti_host_piece_length (at);
      g_autofree char *piece = g_strndup (at, length);

      tutti_host_say (host, connection, &(TuttiMessage) { .kind = TUTTI_MESSAGE_DOC, .text = piece });
      at += length;
    }
}

static void
send_epoch (TuttiHost *host, TuttiConnection *connection, gint64 epoch)
{
  tutti_host_say (host, connection, &(TuttiMessage) { .kind = TUTTI_MESSAGE_EPOCH, .epoch = epoch });
}

/* Those after @after, which was stamped in @epoch. */
static void
send_records (TuttiHost *host, TuttiConnection *connection, gint64 after, gint64 epoch)
{
  for (gint64 seq = after + 1; seq <= host->seq; seq++)
    {
      const TuttiRecord *record = tutti_host_log_get (host->log, seq);

      if (record->epoch != epoch)
        send_epoch (host, connection, record->epoch);
      epoch = record->epoch;
      TuttiMessage message = tutti_message_of_record (TUTTI_MESSAGE_STAMPED, record);

      tutti_host_say (host, connection, &message);
    }
  if (epoch != host->settings.epoch)
    send_epoch (host, connection, host->settings.epoch);
  if (!tutti_connection_watches (connection))
    tutti_host_refuse_again (host, connection);
}

static void
send_live (TuttiHost *host, TuttiConnection *connection)
{
  tutti_host_say (host, connection, &(TuttiMessage) { .kind = TUTTI_MESSAGE_LIVE, .stamp.seq = host->seq });
}

static void
send_welcome (TuttiHost *host, TuttiConnection *connection, const char *token, gboolean document,
              const TuttiEpochEnd *base)
{
  TuttiMessage message = { .kind = TUTTI_MESSAGE_WELCOME };
  TuttiWelcome *welcome = &message.welcome;

  welcome->me = connection->seat->number;
  g_strlcpy (welcome->token, token, sizeof welcome->token);
  welcome->creator = connection->creator;
  welcome->number = tutti_connection_watches (connection) ? 0 : tutti_host_visit (host, connection->creator)->number;
  g_strlcpy (welcome->jam, host->settings.jam, sizeof welcome->jam);
  welcome->epoch = host->settings.epoch;
  welcome->seq = host->seq;
  welcome->base = base->last;
  welcome->base_epoch = base->epoch;
  welcome->document = document;
  welcome->origin_ns = host->settings.origin_ns;
  welcome->clock_port = host->settings.clock_port;
  welcome->lead = host->lead;
  welcome->people_max = host->settings.people_max;
  welcome->host = host->home_number;
  welcome->locked = tutti_host_is_locked (host);
  tutti_host_say (host, connection, &message);
}

static void
send_past (TuttiHost *host, TuttiConnection *connection, const char *token)
{
  TuttiEpochEnd base = { .epoch = tutti_host_log_get_past_epoch (host->log) };
  const TuttiJam *past = tutti_host_log_get_past (host->log, &base.last);

  connection->document = base.last;
  send_welcome (host, connection, token, TRUE, &base);
  send_document (host, connection, past);
  send_records (host, connection, base.last, base.epoch);
}

void
tutti_host_send_snapshot (TuttiHost *host, TuttiConnection *connection)
{
  send_past (host, connection, "");
  send_live (host, connection);
}

/* The newcomer hears of those who are here before it is up to date: whoever is named after that came later. */
static void
tell_presence (TuttiHost *host, TuttiConnection *newcomer)
{
  TuttiMessage in = { .kind = TUTTI_MESSAGE_IN, .stamp.by = newcomer->seat->number };

  if (!tutti_connection_watches (newcomer))
    tutti_host_say_all (host, newcomer, &in);
  for (guint i = 0; i < host->seats->len; i++)
    {
      const TuttiSeat *seat = host->seats->pdata[i];

      in.stamp.by = seat->number;
      if (seat->connection != 0)
        tutti_host_say (host, newcomer, &in);
    }
}

void
tutti_host_welcome (TuttiHost *host, TuttiConnection *connection, const TuttiHello *hello, const char *token, TuttiNow now)
{
  if (!tutti_connection_watches (connection) && (hello->owes != 0 || has_other_past (host, hello)))
    tutti_host_ask (host, connection);
  if (can_go_on (host, hello))
    {
      TuttiEpochEnd base = { hello->epoch, hello->seq };

      send_welcome (host, connection, token, FALSE, &base);
      send_records (host, connection, base.last, base.epoch);
    }
  else
    send_past (host, connection, token);
  tell_presence (host, connection);
  if (!tutti_connection_watches (connection))
    {
      tutti_host_tell_here (host, connection);
      tutti_host_tell_lines (host, connection);
      tutti_host_tell_pictures (host, connection);
    }
  tutti_host_tell_heirs (host, connection);
  send_live (host, connection);
  connection->acked = host->seq;
  connection->acked_us = now.us;
}
