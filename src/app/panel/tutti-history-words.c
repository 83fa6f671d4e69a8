/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-history-words.h"

#include "tutti-op-words.h"

#include <glib/gi18n.h>

/* "12 steps of Kick": more than one step of one clip, done in one go. */
static gboolean
run_words (TuttiMoment *moment, const TuttiJam *jam, char **title, char **caption)
{
  const char *track = tutti_op_words_track (jam, tutti_moment_get_op (moment)->arg[0].id);
  guint n = tutti_moment_get_n_steps (moment);

  if (n < 2 || track == NULL)
    return FALSE;
  /* Translators: of a track, whose name follows in the second place */
  *title = g_strdup_printf (ngettext ("%u step of %s", "%u steps of %s", n), n, track);
  *caption = g_strdup_printf (ngettext ("%u edit", "%u edits", tutti_moment_get_n_ops (moment)), tutti_moment_get_n_ops (moment));
  return TRUE;
}

void
tutti_moment_words (TuttiMoment *moment, const TuttiJam *jam, char **title, char **caption)
{
  const TuttiOp *op = tutti_moment_get_op (moment);

  if (op == NULL)
    {
      *title = g_strdup (_("The beginning"));
      *caption = g_strdup (_("The jam as it was begun"));
    }
  else if (!run_words (moment, jam, title, caption))
    tutti_op_words (jam, op, title, caption);
}

guint
tutti_moment_person (TuttiMoment *moment)
{
  const TuttiOp *op = tutti_moment_get_op (moment);

  if (op != NULL && op->kind == TUTTI_OP_PERSON)
    return (guint) op->arg[0].number;
  return tutti_moment_get_by (moment);
}

static gboolean
is_same_day (GDateTime *a, GDateTime *b)
{
  return g_date_time_get_year (a) == g_date_time_get_year (b) && g_date_time_get_day_of_year (a) == g_date_time_get_day_of_year (b);
}

char *
tutti_time_of_day_words (gint64 time_us, gint64 now_us)
{
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_local (time_us / G_USEC_PER_SEC);
  g_autoptr(GDateTime) now = g_date_time_new_from_unix_local (now_us / G_USEC_PER_SEC);

  if (then == NULL || now == NULL)
    return g_strdup ("");
  /* Translators: a time of day, and one on another day, as strftime() formats them */
  return g_date_time_format (then, is_same_day (then, now) ? _("%H:%M") : _("%d %b %H:%M"));
}

char *
tutti_time_ago_words (gint64 time_us, gint64 now_us)
{
  gint64 s = (now_us - time_us) / G_USEC_PER_SEC;

  if (time_us <= 0)
    return g_strdup ("");
  if (s < 3)
    return g_strdup (C_("time", "now"));
  if (s < 60)
    return g_strdup_printf (C_("time", "%d s"), (int) s);
  if (s < 60 * 60)
    return g_strdup_printf (C_("time", "%d min"), (int) (s / 60));
  return tutti_time_of_day_words (time_us, now_us);
}

void
tutti_conflict_words (TuttiConflict *conflict, const TuttiJam *jam, char **title, char **caption)
{
  const TuttiPerson *person = tutti_jam_person (jam, tutti_conflict_get_by (conflict));
  const char *name = person != NULL ? person->name : _("Somebody");
  g_autofree char *mine = NULL, *theirs = NULL, *about = NULL;
  gboolean stands = tutti_conflict_get_mine_stands (conflict);

  tutti_op_words (jam, tutti_conflict_get_mine (conflict), title, &mine);
  if (tutti_conflict_get_theirs (conflict) != NULL)
    tutti_op_words (jam, tutti_conflict_get_theirs (conflict), &about, &theirs);
  if (theirs == NULL || *theirs == '\0')
    *caption = g_strdup_printf (_("%s changed it too"), name);
  else if (stands)
    /* Translators: my value, a person, their value */
    *caption = g_strdup_printf (_("Yours stands: %s. %s had: %s"), mine, name, theirs);
  else
    /* Translators: a person, their value, my value */
    *caption = g_strdup_printf (_("%s’s stands: %s. Yours was: %s"), name, theirs, mine);
}
