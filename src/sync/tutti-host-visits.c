/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Visits: what one participant sent since it came, told by the ids it coins; they go on across reconnects and hosts. */
#include "tutti-host-private.h"

static guint32
oldest_visit (TuttiHost *host)
{
  guint64 oldest = G_MAXUINT64;
  guint32 creator = 0;
  GHashTableIter iter;
  gpointer key, visit;

  g_hash_table_iter_init (&iter, host->visits);
  while (g_hash_table_iter_next (&iter, &key, &visit))
    if (((TuttiVisit *) visit)->used < oldest)
      {
        oldest = ((TuttiVisit *) visit)->used;
        creator = GPOINTER_TO_UINT (key);
      }
  return creator;
}

static gboolean
is_under_way (TuttiHost *host, guint32 creator)
{
  GHashTableIter iter;
  gpointer each;

  g_hash_table_iter_init (&iter, host->connections);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    if (((TuttiConnection *) each)->seat != NULL && ((TuttiConnection *) each)->creator == creator)
      return TRUE;
  return FALSE;
}

/* The one taken up longest ago; those under way are put behind all others, so that they are not looked at each time. */
static void
forget_a_visit (TuttiHost *host)
{
  guint32 creator = oldest_visit (host);

  while (is_under_way (host, creator))
    {
      ((TuttiVisit *) g_hash_table_lookup (host->visits, GUINT_TO_POINTER (creator)))->used = ++host->visits_taken;
      creator = oldest_visit (host);
    }
  g_hash_table_remove (host->visits, GUINT_TO_POINTER (creator));
}

TuttiVisit *
tutti_host_visit (TuttiHost *host, guint32 creator)
{
  TuttiVisit *visit = g_hash_table_lookup (host->visits, GUINT_TO_POINTER (creator));

  if (visit == NULL)
    {
      if (g_hash_table_size (host->visits) >= TUTTI_VISITS_MAX)
        forget_a_visit (host);
      visit = g_new0 (TuttiVisit, 1);
      visit->used = ++host->visits_taken;
      g_hash_table_insert (host->visits, GUINT_TO_POINTER (creator), visit);
    }
  return visit;
}

static int
compare_visits (gconstpointer a, gconstpointer b, gpointer visits)
{
  const TuttiVisit *one = g_hash_table_lookup (visits, GUINT_TO_POINTER (((const TuttiVisitMark *) a)->creator));
  const TuttiVisit *two = g_hash_table_lookup (visits, GUINT_TO_POINTER (((const TuttiVisitMark *) b)->creator));

  return (two->seq > one->seq) - (two->seq < one->seq);
}

GArray *
tutti_host_get_visits (TuttiHost *host)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (TuttiVisitMark));
  GHashTableIter iter;
  gpointer creator, each;

  g_hash_table_iter_init (&iter, host->visits);
  while (g_hash_table_iter_next (&iter, &creator, &each))
    {
      const TuttiVisit *visit = each;
      TuttiVisitMark mark = { GPOINTER_TO_UINT (creator), visit->seat, visit->number };

      if (visit->number > 0)
        g_array_append_val (marks, mark);
    }
  g_array_sort_with_data (marks, compare_visits, host->visits);
  g_array_set_size (marks, MIN (marks->len, TUTTI_VISIT_MARKS_MAX));
  return marks;
}

void
tutti_host_resume_visit (TuttiHost *host, const TuttiVisitMark *mark)
{
  TuttiVisit *visit = tutti_host_visit (host, mark->creator);

  visit->seat = mark->seat;
  visit->number = MAX (visit->number, mark->number);
  /* Who passed and is no longer in the document had a number all the same. */
  host->last_number = MAX (host->last_number, mark->seat);
}

void
tutti_host_note_visit (TuttiHost *host, const TuttiRecord *record)
{
  host->last_number = MAX (host->last_number, record->stamp.by);
  if (record->creator == 0)
    return;
  TuttiVisit *visit = tutti_host_visit (host, record->creator);

  visit->number = MAX (visit->number, record->number);
  visit->seq = MAX (visit->seq, record->stamp.seq);
  visit->seat = record->stamp.by;
}

/* ---- whose they are ---- */

guint32
tutti_host_choose_creator (TuttiHost *host, const TuttiSeat *seat, const TuttiHello *hello)
{
  guint32 creator = hello->creator;
  const TuttiVisit *visit = g_hash_table_lookup (host->visits, GUINT_TO_POINTER (creator));

  if (creator != 0 && (visit == NULL || visit->seat == 0 || visit->seat == seat->number))
    return creator;
  do
    creator = host->hooks.random (host->hooks.user);
  while (creator == 0 || g_hash_table_contains (host->visits, GUINT_TO_POINTER (creator)));
  return creator;
}

void
tutti_host_begin_visit (TuttiHost *host, TuttiConnection *connection, const TuttiSeat *seat, const TuttiHello *hello)
{
  connection->creator = tutti_host_choose_creator (host, seat, hello);
  TuttiVisit *visit = tutti_host_visit (host, connection->creator);

  visit->seat = seat->number;
  visit->used = ++host->visits_taken;
}

static gboolean
is_visit_of (gpointer creator, gpointer visit, gpointer seat)
{
  return ((TuttiVisit *) visit)->seat == ((TuttiSeat *) seat)->number && ((TuttiVisit *) visit)->number == 0;
}

void
tutti_host_forget_visits (TuttiHost *host, TuttiSeat *seat)
{
  g_hash_table_foreach_remove (host->visits, is_visit_of, seat);
}
