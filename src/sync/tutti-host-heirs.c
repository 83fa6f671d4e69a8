/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who goes on when this host is gone: the list of the willing, and handing the jam over to the first of them. */
#include "tutti-host-private.h"

/* Acknowledgements come once a second; what an heir has not heard when it begins it is told by the others. */
#define HOME_BEHIND_MAX 32

static void
say_heir (TuttiHost *host, const TuttiConnection *to, const TuttiHeir *heir)
{
  TuttiMessage message = { .kind = TUTTI_MESSAGE_HEIR, .heir = *heir };

  if (to != NULL)
    tutti_host_say (host, to, &message);
  else
    tutti_host_say_all (host, NULL, &message);
}

void
tutti_host_tell_heirs (TuttiHost *host, const TuttiConnection *newcomer)
{
  for (guint i = 0; i < host->heirs.n; i++)
    say_heir (host, newcomer, &host->heirs.heir[i]);
}

/* To @heir, or (NULL) to all heirs. */
static void
say_to_heirs (TuttiHost *host, const TuttiConnection *heir, const TuttiMessage *message)
{
  if (heir != NULL)
    tutti_host_say (host, heir, message);
  for (guint i = 0; heir == NULL && i < host->heirs.n; i++)
    {
      const TuttiConnection *each = tutti_host_connection_of (host, host->heirs.heir[i].number);

      if (each != NULL)
        tutti_host_say (host, each, message);
    }
}

static void
say_seat (TuttiHost *host, const TuttiConnection *heir, const TuttiSeat *seat)
{
  TuttiMessage message = { .kind = TUTTI_MESSAGE_SEAT, .stamp.by = seat->number, .heir.home = seat->home };

  if (seat->token_hash[0] == '\0')
    return;
  g_strlcpy (message.token_hash, seat->token_hash, sizeof message.token_hash);
  say_to_heirs (host, heir, &message);
}

void
tutti_host_tell_seat (TuttiHost *host, const TuttiSeat *seat)
{
  say_seat (host, NULL, seat);
}

void
tutti_host_tell_door (TuttiHost *host, const TuttiConnection *heir)
{
  g_autofree char *text = tutti_guard_to_text (host);

  say_to_heirs (host, heir, &(TuttiMessage) { .kind = TUTTI_MESSAGE_DOOR, .text = text });
}

static void
tell_seats (TuttiHost *host, const TuttiConnection *heir)
{
  for (guint i = 0; i < host->seats->len; i++)
    say_seat (host, heir, host->seats->pdata[i]);
}

/* An heir that came late knows the end of the history too: whom it will have to answer came earlier. */
static void
tell_before (TuttiHost *host, const TuttiConnection *heir)
{
  gint64 first = MAX (tutti_host_log_get_oldest (host->log), heir->document - TUTTI_TAIL_MIN + 1);

  for (gint64 seq = heir->document; seq >= first; seq--)
    {
      TuttiMessage message = tutti_message_of_record (TUTTI_MESSAGE_BEFORE, tutti_host_log_get (host->log, seq));

      tutti_host_say (host, heir, &message);
    }
}

void
tutti_host_tell_again (TuttiHost *host, const TuttiConnection *connection)
{
  if (connection->seat != NULL && tutti_heirs_find (&host->heirs, connection->seat->number) != NULL)
    tell_before (host, connection);
}

void
tutti_host_forget_heir (TuttiHost *host, guint number)
{
  const TuttiHeir *heir = tutti_heirs_find (&host->heirs, number);

  if (heir == NULL)
    return;
  TuttiHeir gone = *heir;

  gone.port = 0;
  tutti_heirs_set (&host->heirs, &gone);
  say_heir (host, NULL, &gone);
}

static gboolean
is_home (TuttiHost *host, guint number)
{
  for (guint i = 0; i < host->seats->len; i++)
    if (((TuttiSeat *) host->seats->pdata[i])->number == number)
      return ((TuttiSeat *) host->seats->pdata[i])->home;
  return FALSE;
}

/* An heir is told what a host knows, and may become one: that is not for somebody who only listens. Where the jam lives all that is
 * known, and whoever comes home is a newcomer in the jam: they have the role of those. */
static gboolean
may_be_heir (TuttiHost *host, guint number)
{
  const TuttiPerson *person = tutti_jam_person (host->jam, number);

  return person != NULL &&
         (person->role >= TUTTI_ROLE_CONTRIBUTOR || (person->role != TUTTI_ROLE_BANNED && is_home (host, number)));
}

/* Whoever hosts from a window is no heir of its own. */
static void
take_heir (TuttiHost *host, const TuttiConnection *connection)
{
  const TuttiHeir *known = tutti_heirs_find (&host->heirs, connection->seat->number);
  TuttiHeir heir = connection->door;

  heir.number = connection->seat->number;
  if (heir.port == 0 || connection->id == host->home || !may_be_heir (host, heir.number))
    {
      tutti_host_forget_heir (host, heir.number);
      return;
    }
  gboolean fresh = known == NULL;

  heir.rank = fresh ? tutti_heirs_free_rank (&host->heirs) : known->rank;
  if (heir.rank == 0)
    return;
  tutti_heirs_set (&host->heirs, &heir);
  if (fresh)
    {
      tell_seats (host, connection);
      tutti_host_tell_door (host, connection);
      tell_before (host, connection);
    }
  say_heir (host, NULL, &heir);
}

void
tutti_host_on_willing (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now)
{
  connection->door = message->heir;
  take_heir (host, connection);
}

/* Who may be one by now, or for whom there was no room yet: they said long ago that they would. */
static void
take_waiting (TuttiHost *host)
{
  for (guint i = 0; i < host->seats->len && host->heirs.n < TUTTI_HEIRS_MAX; i++)
    {
      const TuttiSeat *seat = host->seats->pdata[i];
      const TuttiConnection *connection = g_hash_table_lookup (host->connections, GUINT_TO_POINTER (seat->connection));

      if (connection != NULL && connection->seat == seat && !connection->closing && connection->door.port != 0 &&
          tutti_heirs_find (&host->heirs, seat->number) == NULL)
        take_heir (host, connection);
    }
}

void
tutti_host_watch_heirs (TuttiHost *host)
{
  for (guint i = host->heirs.n; i-- > 0; )
    if (!may_be_heir (host, host->heirs.heir[i].number))
      tutti_host_forget_heir (host, host->heirs.heir[i].number);
  take_waiting (host);
}

void
tutti_host_freeze (TuttiHost *host)
{
  host->frozen = TRUE;
}

gboolean
tutti_host_hand_over_to (TuttiHost *host, guint number)
{
  if (tutti_heirs_find (&host->heirs, number) == NULL || tutti_host_connection_of (host, number) == NULL)
    return FALSE;
  tutti_host_freeze (host);
  tutti_host_say_all (host, NULL, &(TuttiMessage) { .kind = TUTTI_MESSAGE_HAND, .stamp = { .by = number, .seq = host->seq } });
  return TRUE;
}

guint
tutti_host_hand_over (TuttiHost *host)
{
  for (guint i = 0; i < host->heirs.n; i++)
    if (tutti_host_hand_over_to (host, host->heirs.heir[i].number))
      return host->heirs.heir[i].number;
  return 0;
}

guint
tutti_host_find_home (TuttiHost *host)
{
  for (guint i = 0; i < host->heirs.n && !host->gathering && !host->frozen; i++)
    {
      const TuttiHeir *heir = &host->heirs.heir[i];
      const TuttiConnection *connection = heir->home ? tutti_host_connection_of (host, heir->number) : NULL;

      if (connection != NULL && connection->acked >= host->seq - HOME_BEHIND_MAX)
        return heir->number;
    }
  return 0;
}

const TuttiHeirs *
tutti_host_get_heirs (TuttiHost *host)
{
  return &host->heirs;
}
