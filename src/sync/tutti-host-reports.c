/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How everyone keeps time: participants say it with their acknowledgements, admins are told of what changed. Nothing is sent on
 * account of this while nothing changes, and never more than one message to an admin in two seconds. */
#include "tutti-host-reports.h"

#include "tutti-host-private.h"
#include "tutti-rights.h"

#define TELL_EVERY_US (2 * G_USEC_PER_SEC)

/* A round trip that differs by less is the same to whoever reads it. */
#define TRIP_FROM_US 5000

static TuttiReport
report_of (const TuttiConnection *connection)
{
  return (TuttiReport) { connection->seat != NULL ? connection->seat->number : 0, connection->quality, connection->round_trip_us,
                         MAX (connection->late, 0) };
}

static gboolean
differs (const TuttiReport *now, const TuttiReport *told)
{
  return now->quality != told->quality || now->late != told->late ||
         ABS (now->round_trip_us - told->round_trip_us) > MAX (TRIP_FROM_US, told->round_trip_us / 4);
}

/* Numbers the connections that have something new, so that each admin gets those after the last that it knows. */
static void
note_changes (TuttiHost *host)
{
  GHashTableIter iter;
  gpointer each;

  g_hash_table_iter_init (&iter, host->connections);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    {
      TuttiConnection *connection = each;
      TuttiReport now = report_of (connection);

      if (connection->seat == NULL || tutti_connection_watches (connection) || !differs (&now, &connection->told))
        continue;
      connection->told = now;
      connection->told_as = ++host->reports_told;
    }
}

static int
compare_told (gconstpointer a, gconstpointer b)
{
  const TuttiConnection *one = *(const TuttiConnection * const *) a, *two = *(const TuttiConnection * const *) b;

  return (one->told_as > two->told_as) - (one->told_as < two->told_as);
}

/* Those that @admin does not know, the oldest change first; (transfer full) of borrowed connections. */
static GPtrArray *
find_news (TuttiHost *host, const TuttiConnection *admin)
{
  GPtrArray *news = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer each;

  g_hash_table_iter_init (&iter, host->connections);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    if (((TuttiConnection *) each)->told_as > admin->told_to && ((TuttiConnection *) each)->seat != NULL && each != admin)
      g_ptr_array_add (news, each);
  g_ptr_array_sort (news, compare_told);
  return news;
}

static void
tell (TuttiHost *host, TuttiConnection *admin)
{
  g_autoptr(GPtrArray) news = find_news (host, admin);
  g_autoptr(GArray) reports = g_array_new (FALSE, FALSE, sizeof (TuttiReport));
  guint n = MIN (news->len, TUTTI_REPORTS_MAX);

  for (guint i = 0; i < n; i++)
    g_array_append_val (reports, ((TuttiConnection *) news->pdata[i])->told);
  admin->told_to = n < news->len ? ((TuttiConnection *) news->pdata[n - 1])->told_as : host->reports_told;
  if (n > 0)
    tutti_host_say (host, admin, &(TuttiMessage) { .kind = TUTTI_MESSAGE_REPORTS, .reports = reports });
}

static gboolean
is_admin (TuttiHost *host, const TuttiConnection *connection)
{
  return connection->seat != NULL &&
         tutti_jam_judge_permission (host->jam, connection->seat->number, TUTTI_MAY_ADMIN).denial == TUTTI_DENIED_NOT;
}

void
tutti_host_tell_reports (TuttiHost *host, TuttiNow now)
{
  GHashTableIter iter;
  gpointer each;

  if (now.us - host->reports_us < TELL_EVERY_US)
    return;
  host->reports_us = now.us;
  note_changes (host);
  g_hash_table_iter_init (&iter, host->connections);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    {
      TuttiConnection *connection = each;

      /* Who becomes an admin is told all of it. */
      if (!is_admin (host, connection))
        connection->told_to = 0;
      else if (connection->told_to < host->reports_told)
        tell (host, connection);
    }
}

/* ---- for whoever looks after the host ---- */

static int
compare_guests (gconstpointer a, gconstpointer b)
{
  const TuttiHostGuest *one = a, *two = b;

  return (one->connection > two->connection) - (one->connection < two->connection);
}

GArray *
tutti_host_list_guests (TuttiHost *host, TuttiNow now)
{
  GArray *guests = g_array_new (FALSE, FALSE, sizeof (TuttiHostGuest));
  GHashTableIter iter;
  gpointer each;

  g_hash_table_iter_init (&iter, host->connections);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    {
      const TuttiConnection *connection = each;
      TuttiHostGuest guest = { .connection = connection->id, .report = report_of (connection), .acked = connection->acked,
                               .lead_extra = connection->lead_extra, .home = connection->id == host->home };
      const TuttiHeir *heir = tutti_heirs_find (&host->heirs, guest.report.number);

      guest.silent_us = connection->acked < host->seq ? now.us - connection->acked_us : 0;
      guest.heir_rank = heir != NULL ? heir->rank : 0;
      g_array_append_val (guests, guest);
    }
  g_array_sort (guests, compare_guests);
  return guests;
}
