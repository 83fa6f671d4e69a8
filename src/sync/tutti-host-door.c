/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The door: who may come in, and on which seat. */
#include "tutti-host-guard.h"
#include "tutti-host-private.h"

/* So many look on at once: they do not count among those who play. */
#define WATCHERS_MAX 8

static void
make_token (TuttiHost *host, char token[TUTTI_TOKEN_HEX + 1])
{
  for (guint i = 0; i < TUTTI_TOKEN_HEX / 8; i++)
    g_snprintf (token + 8 * i, 9, "%08x", host->hooks.random (host->hooks.user));
}

static void
take_seat (TuttiConnection *connection, TuttiSeat *seat)
{
  seat->connection = connection->id;
  connection->seat = seat;
}

static void
sit_down (TuttiHost *host, TuttiConnection *connection, TuttiSeat *seat, const TuttiHello *hello)
{
  host->figures.present++;
  if (connection->id == host->home)
    host->home_number = seat->number;
  seat->passing = hello->passing;
  seat->vacant = FALSE;
  take_seat (connection, seat);
  tutti_host_begin_visit (host, connection, seat, hello);
}

/* With the role that is due, and remembered. */
static void
admit (TuttiHost *host, const TuttiConnection *connection, const TuttiSeat *seat, const TuttiHello *hello, gboolean known,
       TuttiNow now)
{
  TuttiRole had = tutti_jam_person (host->jam, seat->number)->role;

  tutti_host_settle_role (host, seat, connection->id == host->home, tutti_guard_use_invite (host, hello, had, known, now), now);
  host->hooks.seated (host->hooks.user, tutti_jam_person (host->jam, seat->number), seat->token_hash);
  tutti_host_tell_seat (host, seat);
}

void
tutti_host_end_watchers (TuttiHost *host)
{
  g_autoptr(GList) all = g_hash_table_get_values (host->connections);

  for (const GList *each = all; each != NULL; each = each->next)
    if (tutti_connection_watches (each->data))
      tutti_host_end (host, each->data, TUTTI_CLOSE_PASSCODE_NEEDED, NULL);
}

static guint
count_watchers (TuttiHost *host)
{
  GHashTableIter iter;
  gpointer each;
  guint n = 0;

  g_hash_table_iter_init (&iter, host->connections);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    n += tutti_connection_watches (each);
  return n;
}

/* Who only looks on leaves no trace: no person in the document, no seat, no number, no visit, nothing in the history, and nobody is
 * told. */
static void
let_watch (TuttiHost *host, TuttiConnection *connection, const TuttiHello *hello, TuttiNow now)
{
  if (count_watchers (host) >= WATCHERS_MAX)
    {
      tutti_host_end (host, connection, TUTTI_CLOSE_FULL, "too many are looking on");
      return;
    }
  connection->nowhere.number = TUTTI_WATCHER_NUMBER;
  take_seat (connection, &connection->nowhere);
  connection->creator = tutti_host_choose_creator (host, &connection->nowhere, &(TuttiHello) { 0 });
  tutti_host_welcome (host, connection, hello, "", now);
}

/* An invitation is to a seat; whoever takes none comes in without it or not at all. */
static TuttiClose
judge (TuttiHost *host, TuttiConnection *connection, const TuttiHello *hello, gboolean known, TuttiNow now, char **words)
{
  TuttiHello asked = *hello;

  if (hello->watching)
    asked.invite[0] = '\0';
  return tutti_guard_judge (host, connection, &asked, known, now, words);
}

/* Whether @hello, which is of @seat (nullable: of nobody known), may come in; else the connection ends with the reason. */
static gboolean
may_enter (TuttiHost *host, TuttiConnection *connection, const TuttiHello *hello, const TuttiSeat *seat, TuttiNow now)
{
  g_autofree char *words = NULL;
  TuttiClose refused;

  if (hello->protocol != TUTTI_PROTOCOL_VERSION)
    refused = TUTTI_CLOSE_PROTOCOL_VERSION;
  /* Whoever hosts is let into the own jam, whatever was decided while they were not here. */
  else if (seat != NULL && tutti_host_has_banned (host, seat) && connection->id != host->home)
    refused = TUTTI_CLOSE_BANNED;
  else
    refused = judge (host, connection, hello, seat != NULL, now, &words);
  /* A returning participant sits on its own seat before any limit is looked at. */
  if (refused == 0 && !hello->watching && seat == NULL && host->figures.present >= host->settings.people_max)
    refused = TUTTI_CLOSE_FULL;
  if (refused != 0)
    tutti_host_end (host, connection, refused, words);
  return refused == 0;
}

/* A seat for somebody new. @token: (out) gives the right to come back to it. */
static TuttiSeat *
give_seat (TuttiHost *host, char token[TUTTI_TOKEN_HEX + 1], TuttiNow now)
{
  g_autofree char *hash = NULL;
  TuttiSeat *seat;

  tutti_host_clear_vacant (host, now);
  seat = tutti_host_new_seat (host);
  make_token (host, token);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
  g_strlcpy (seat->token_hash, hash, sizeof seat->token_hash);
  return seat;
}

void
tutti_host_on_hello (TuttiHost *host, TuttiConnection *connection, const TuttiHello *hello, TuttiNow now)
{
  TuttiSeat *seat = tutti_host_seat_of_token (host, hello->token);
  gboolean known = seat != NULL;
  char token[TUTTI_TOKEN_HEX + 1];
  g_autoptr(GError) error = NULL;

  if (!may_enter (host, connection, hello, seat, now))
    return;
  if (hello->watching)
    {
      let_watch (host, connection, hello, now);
      return;
    }
  g_strlcpy (token, hello->token, sizeof token);
  if (!known)
    seat = give_seat (host, token, now);
  else if (seat->connection != 0)
    tutti_host_replace_ghost (host, seat);
  if (!tutti_host_introduce (host, seat, hello, now, &error))
    {
      /* A seat nobody got is none. */
      if (!known)
        g_ptr_array_remove (host->seats, seat);
      tutti_host_end (host, connection, TUTTI_CLOSE_FULL, error->message);
      return;
    }
  admit (host, connection, seat, hello, known, now);
  sit_down (host, connection, seat, hello);
  tutti_host_welcome (host, connection, hello, token, now);
}
