/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-gone-words.h"

#include <glib/gi18n.h>

/* Whoever looks after a host without a window is nobody in the jam. */
static char *
removed_words (const char *name, gboolean banned)
{
  return banned ? g_strdup_printf (_("%s was banned"), name) : g_strdup_printf (_("%s was removed"), name);
}

char *
tutti_gone_words (const TuttiJam *jam, guint me, const char *name, const TuttiRemoval *removal)
{
  const TuttiPerson *admin = removal != NULL && jam != NULL ? tutti_jam_person (jam, removal->by) : NULL;

  if (removal == NULL)
    return g_strdup_printf (_("%s left"), name);
  if (removal->by != 0 && removal->by == me)
    return removal->banned ? g_strdup_printf (_("You banned %s"), name) : g_strdup_printf (_("You removed %s"), name);
  if (admin == NULL)
    return removed_words (name, removal->banned);
  /* Translators: the first is an admin, the second whom they sent away */
  return removal->banned ? g_strdup_printf (_("%s banned %s"), admin->name, name)
                         : g_strdup_printf (_("%s removed %s"), admin->name, name);
}
