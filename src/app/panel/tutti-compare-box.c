/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-compare-box.h"

#include <glib/gi18n.h>

static void
show_words (GtkWidget *box, const char *words)
{
  GtkWidget *label = gtk_widget_get_last_child (box);

  gtk_label_set_text (GTK_LABEL (label), words);
  gtk_widget_set_visible (label, words[0] != '\0');
}

/* ---- the answer in words ---- */

static void
add_line (GString *text, char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
  g_free (line);
}

/* What differs, with a name where it has one; what differs here is said of this machine. */
static char *
difference (TuttiSession *session, const TuttiCompared *each)
{
  const TuttiJam *jam = tutti_session_get_jam (session);
  const TuttiPerson *person = tutti_jam_person (jam, each->number);
  const TuttiTrack *track = tutti_jam_track (jam, each->track, NULL);
  const char *where = track != NULL ? track->name : _("the mix");

  if (each->number == tutti_session_get_me (session))
    /* Translators: % is a track, or "the mix" */
    return g_strdup_printf (_("Here %s sounds otherwise than for the others"), where);
  /* Translators: "For Mia Bass sounds otherwise": a person, a track or "the mix" */
  return g_strdup_printf (_("For %s %s sounds otherwise"), person != NULL ? person->name : _("somebody"), where);
}

/* (transfer full) */
static char *
answer (TuttiSession *session, const GArray *comparison)
{
  GString *text = g_string_new (NULL);
  guint ready = tutti_comparison_count (comparison, TUTTI_RENDERED_OK);
  guint settling = tutti_comparison_count (comparison, TUTTI_RENDERED_SETTLING);

  if (ready < 2)
    add_line (text, g_strdup (_("There is nothing to compare yet: it takes two machines whose sound has settled, "
                                "up to a minute after joining")));
  else if (tutti_comparison_agrees (comparison))
    add_line (text, g_strdup_printf (ngettext ("%u machine renders the same sound, bit for bit",
                                               "%u machines render the same sound, bit for bit", ready), ready));
  else
    for (guint i = 0; i < comparison->len; i++)
      {
        const TuttiCompared *each = &g_array_index (comparison, TuttiCompared, i);

        if (each->rendered.state == TUTTI_RENDERED_OK && !each->same)
          add_line (text, difference (session, each));
      }
  if (ready >= 2 && settling > 0)
    add_line (text, g_strdup_printf (ngettext ("%u is still settling", "%u are still settling", settling), settling));
  return g_string_free (text, FALSE);
}

static void
on_compared (TuttiSession *session, gint64 second, const GArray *comparison, GtkWidget *box)
{
  g_autofree char *words = answer (session, comparison);

  gtk_widget_set_sensitive (gtk_widget_get_first_child (box), TRUE);
  show_words (box, words);
}

static void
on_compare (GtkButton *button, TuttiSession *session)
{
  GtkWidget *box = gtk_widget_get_parent (GTK_WIDGET (button));
  g_autoptr(GError) error = NULL;

  if (!tutti_session_compare (session, &error))
    {
      show_words (box, _("The host is out of reach"));
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  show_words (box, _("Asking everyone…"));
}

GtkWidget *
tutti_compare_box_new (TuttiSession *session)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *button = gtk_button_new_with_label (_("Compare Sound"));
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_set_tooltip_text (button, _("Ask all machines for fingerprints of what they play, and compare them"));
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_visible (label, FALSE);
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), label);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_compare), session, 0);
  g_signal_connect_object (session, "compared", G_CALLBACK (on_compared), box, 0);
  return box;
}
