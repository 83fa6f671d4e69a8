/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-words.h"

#include "tutti-limits.h"

#include <glib/gi18n.h>
#include <string.h>

/* Days before today at midnight, 0 for today and what is to come. */
static int
days_ago (GDateTime *then)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) today = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                                                      g_date_time_get_day_of_month (now), 0, 0, 0);
  GTimeSpan before = g_date_time_difference (today, then);

  return before <= 0 ? 0 : (int) ((before + G_TIME_SPAN_DAY - 1) / G_TIME_SPAN_DAY);
}

static char *
date_text (GDateTime *then)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();

  if (g_date_time_get_year (then) == g_date_time_get_year (now))
    /* Translators: a day of this year, such as "3 November" */
    return g_date_time_format (then, _("%-e %B"));
  return g_date_time_format (then, _("%-e %B %Y"));
}

char *
tutti_jam_words_day (gint64 us)
{
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_local (us / G_USEC_PER_SEC);
  int days = days_ago (then);

  if (days == 0)
    return g_strdup (_("Today"));
  if (days == 1)
    return g_strdup (_("Yesterday"));
  return days <= 6 ? g_date_time_format (then, "%A") : date_text (then);
}

char *
tutti_jam_words_caption (const TuttiStoreJam *jam)
{
  g_autofree char *day = tutti_jam_words_day (MAX (jam->opened_us, jam->updated_us));
  g_autofree char *tracks = g_strdup_printf (ngettext ("%d track", "%d tracks", jam->n_tracks), jam->n_tracks);

  return g_strdup_printf ("%s · %s", day, tracks);
}

/* As a part of a sentence. */
static char *
when (gint64 us)
{
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_local (us / G_USEC_PER_SEC);
  g_autofree char *date = date_text (then), *weekday = g_date_time_format (then, "%A");
  int days = days_ago (then);

  if (days == 0)
    return g_strdup (C_("when", "today"));
  if (days == 1)
    return g_strdup (C_("when", "yesterday"));
  /* Translators: %s is a weekday or a date */
  return g_strdup_printf (C_("when", "on %s"), days <= 6 ? weekday : date);
}

char *
tutti_jam_words_times (const TuttiStoreJam *jam)
{
  g_autofree char *opened = when (jam->opened_us), *changed = when (jam->updated_us), *made = when (jam->created_us);

  if (jam->opened_us == 0)
    return g_strdup_printf (_("Changed %s · made %s"), changed, made);
  return g_strdup_printf (_("Opened %s · changed %s · made %s"), opened, changed, made);
}

char *
tutti_jam_words_origin (const TuttiStoreJam *jam)
{
  g_autofree char *of = jam->from_name != NULL ? g_strdup_printf (_("Remix of %s"), jam->from_name) : NULL;
  g_autofree char *n = g_strdup_printf (ngettext ("%u remix", "%u remixes", jam->n_remixes), jam->n_remixes);

  if (of == NULL && jam->n_remixes == 0)
    return NULL;
  return jam->n_remixes == 0 ? g_steal_pointer (&of) : of == NULL ? g_steal_pointer (&n) : g_strdup_printf ("%s · %s", of, n);
}

static char *
join_names (const GPtrArray *names)
{
  const char *first = names->len > 0 ? names->pdata[0] : NULL, *second = names->len > 1 ? names->pdata[1] : NULL;
  guint more = names->len > 2 ? names->len - 2 : 0;

  if (first == NULL)
    return g_strdup (_("Only you"));
  if (second == NULL)
    return g_strdup_printf (_("With %s"), first);
  if (more == 0)
    return g_strdup_printf (_("With %s and %s"), first, second);
  return g_strdup_printf (ngettext ("With %s, %s and %u more", "With %s, %s and %u more", more), first, second, more);
}

char *
tutti_jam_words_people (TuttiStudio *studio, const TuttiStoreJam *jam)
{
  g_autoptr(GPtrArray) people = tutti_store_list_people (tutti_studio_get_store (studio), jam->id, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; people != NULL && i < people->len; i++)
    {
      const TuttiStorePerson *person = people->pdata[i];

      if (person->name != NULL && !g_str_equal (person->name, tutti_studio_get_name (studio)))
        g_ptr_array_add (names, person->name);
    }
  return join_names (names);
}

/* ---- names for what is made of another ---- */

static gboolean
is_taken (const char *name, const GPtrArray *taken)
{
  for (guint i = 0; taken != NULL && i < taken->len; i++)
    if (g_strcmp0 (((const TuttiStoreJam *) taken->pdata[i])->name, name) == 0)
      return TRUE;
  return FALSE;
}

/* The name loses its end where both are too long. (transfer full) */
static char *
with_word (const char *name, const char *word, guint n)
{
  g_autofree char *end = n > 1 ? g_strdup_printf (" %s %u", word, n) : g_strdup_printf (" %s", word);
  gsize room = TUTTI_NAME_BYTES_MAX - MIN (strlen (end), TUTTI_NAME_BYTES_MAX), length = MIN (strlen (name), room);
  const char *valid;

  g_utf8_validate_len (name, length, &valid);
  return g_strdup_printf ("%.*s%s", (int) (valid - name), name, end);
}

static char *
free_name (const char *name, const char *word, const GPtrArray *taken)
{
  for (guint n = 1; ; n++)
    {
      g_autofree char *tried = with_word (name, word, n);

      if (!is_taken (tried, taken))
        return g_steal_pointer (&tried);
    }
}

char *
tutti_jam_words_remix_name (const char *name, const GPtrArray *taken)
{
  /* Translators: stands after the name of a jam, for a jam made of it */
  return free_name (name, _("Remix"), taken);
}

char *
tutti_jam_words_copy_name (const char *name, const GPtrArray *taken)
{
  /* Translators: stands after the name of a jam, for a copy of it */
  return free_name (name, _("Copy"), taken);
}
