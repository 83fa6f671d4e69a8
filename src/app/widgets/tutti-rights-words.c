/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-rights-words.h"

#include <glib/gi18n.h>

#define OWN_TIP "tutti-own-tip"

const char *
tutti_role_word (TuttiRole role)
{
  static const char * const words[TUTTI_N_ROLES] = { N_("Banned"), N_("Viewer"), N_("Contributor"), N_("Admin") };

  return _(words[role]);
}

/* Names replace marks instead of being format arguments: the texts are translated ones. */
static char *
with_names (const char *text, const char *first, const char *second)
{
  g_autoptr(GString) words = g_string_new (text);

  g_string_replace (words, "{who}", first, 1);
  g_string_replace (words, "{track}", second, 1);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static const char *
text_of (TuttiDenial denial)
{
  switch (denial)
    {
    case TUTTI_DENIED_STRANGER:
    case TUTTI_DENIED_BANNED:
      return _("This jam does not accept you any more.");
    case TUTTI_DENIED_VIEWER:
      return _("Not allowed: viewers listen and look.");
    case TUTTI_DENIED_NOT_ADMIN:
      return _("Not allowed: only an admin does that.");
    case TUTTI_DENIED_OTHERS_THING:
      return _("Not allowed: contributors delete only what they added.");
    case TUTTI_DENIED_NOT_LEADER:
      /* Translators: {who} is replaced by the name of a person */
      return _("Only {who} may start and stop.");
    case TUTTI_DENIED_NOBODY_LEADS:
      return _("Only the leader may start and stop, and nobody leads. Take the lead first.");
    case TUTTI_DENIED_OTHERS_LEAD:
      return _("{who} leads. Ask for the lead.");
    case TUTTI_DENIED_FOR_OTHERS:
      return _("Not allowed: only an admin gives that to others.");
    case TUTTI_DENIED_CLAIMED:
      /* Translators: {track} and {who} are replaced by the names of a track and a person */
      return _("{track} is claimed by {who}.");
    case TUTTI_DENIED_PUBLISHED:
      return _("Published: read only. Remix it to change it.");
    case TUTTI_DENIED_HOST_ONLY:
      return _("Not allowed: only the host does that.");
    case TUTTI_DENIED_NOT:
    case TUTTI_N_DENIALS:
    default:
      return NULL;
    }
}

char *
tutti_rights_words (const TuttiJam *jam, const TuttiVerdict *verdict)
{
  const TuttiPerson *person = tutti_jam_person (jam, verdict->who);
  const TuttiTrack *track = tutti_jam_track (jam, verdict->track, NULL);
  const char *text = text_of (verdict->denial);

  return text != NULL ? with_names (text, person != NULL ? person->name : _("Someone"), track != NULL ? track->name : _("This track"))
                      : NULL;
}

void
tutti_allow (GtkWidget *control, const char *reason)
{
  const char *own = g_object_get_data (G_OBJECT (control), OWN_TIP), *tip = gtk_widget_get_tooltip_text (control);

  if ((reason == NULL) == gtk_widget_get_sensitive (control) && (reason == NULL || g_strcmp0 (reason, tip) == 0))
    return;
  gtk_widget_set_sensitive (control, reason == NULL);
  if (reason != NULL)
    {
      if (own == NULL)
        g_object_set_data_full (G_OBJECT (control), OWN_TIP, g_strdup (tip != NULL ? tip : ""), g_free);
      gtk_widget_set_tooltip_text (control, reason);
    }
  /* Else something other than a reason kept it from being used, such as an action that came later: its words are its own. */
  else if (own != NULL)
    {
      gtk_widget_set_tooltip_text (control, own);
      g_object_set_data (G_OBJECT (control), OWN_TIP, NULL);
    }
}
