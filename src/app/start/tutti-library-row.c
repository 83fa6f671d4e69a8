/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-library-row.h"

#include "tutti-jam-menu.h"
#include "tutti-jam-words.h"
#include "tutti-miniature.h"
#include "tutti-upkeep.h"

#include <glib/gi18n.h>

static GtkWidget *
line_new (const char *text, const char *class_name)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (class_name != NULL)
    gtk_widget_add_css_class (label, class_name);
  if (g_strcmp0 (class_name, "caption") == 0)
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static GtkWidget *
title_new (const TuttiStoreJam *jam)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (box), line_new (jam->name, "heading"));
  if (jam->published)
    {
      GtkWidget *pill = gtk_label_new (_("Published"));

      gtk_widget_add_css_class (pill, "pill-label");
      gtk_widget_set_valign (pill, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), pill);
    }
  return box;
}

/* When it goes for good, in words. */
static char *
deleted_text (const TuttiStoreJam *jam)
{
  g_autofree char *then = tutti_jam_words_day (jam->deleted_us);
  gint64 left_us = jam->deleted_us + TUTTI_UPKEEP_DELETED_KEPT_US - g_get_real_time ();
  int left = (int) ((MAX (left_us, 0) + G_TIME_SPAN_DAY - 1) / G_TIME_SPAN_DAY);

  /* Translators: %s is a day such as "Yesterday" */
  return g_strdup_printf (ngettext ("Deleted: %s · kept for %d more day", "Deleted: %s · kept for %d more days", left), then, left);
}

static char *
facts_text (TuttiStudio *studio, const TuttiStoreJam *jam)
{
  g_autofree char *tracks = g_strdup_printf (ngettext ("%d track", "%d tracks", jam->n_tracks), jam->n_tracks);
  g_autofree char *people = tutti_jam_words_people (studio, jam), *origin = tutti_jam_words_origin (jam);

  return origin != NULL ? g_strdup_printf ("%s · %s · %s", tracks, people, origin) : g_strdup_printf ("%s · %s", tracks, people);
}

static GtkWidget *
words_new (TuttiStudio *studio, const TuttiStoreJam *jam, gboolean deleted)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *times = deleted ? deleted_text (jam) : tutti_jam_words_times (jam);

  gtk_box_append (GTK_BOX (box), title_new (jam));
  if (jam->description != NULL && *jam->description != '\0')
    {
      GtkWidget *description = line_new (jam->description, NULL);

      gtk_widget_set_tooltip_text (description, jam->description);
      gtk_box_append (GTK_BOX (box), description);
    }
  gtk_box_append (GTK_BOX (box), line_new (times, "caption"));
  if (!deleted)
    {
      g_autofree char *facts = facts_text (studio, jam);

      gtk_box_append (GTK_BOX (box), line_new (facts, "caption"));
    }
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
restore_new (const TuttiStoreJam *jam)
{
  GtkWidget *button = gtk_button_new_with_label (_("Restore"));
  g_autofree char *label = g_strdup_printf (_("Restore %s"), jam->name);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", jam->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.restore-jam");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return button;
}

GtkWidget *
tutti_library_row_new (TuttiStudio *studio, const TuttiStoreJam *jam, TuttiLibraryRowKind kind)
{
  gboolean deleted = (kind & TUTTI_LIBRARY_ROW_DELETED) != 0;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *end = deleted ? restore_new (jam) : tutti_jam_menu_button_new (jam);

  if ((kind & TUTTI_LIBRARY_ROW_NARROW) == 0)
    {
      GtkWidget *miniature = tutti_miniature_new (jam->miniature);

      gtk_widget_set_size_request (miniature, 150, -1);
      gtk_widget_set_valign (miniature, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), miniature);
    }
  gtk_box_append (GTK_BOX (box), words_new (studio, jam, deleted));
  gtk_widget_set_valign (end, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), end);
  gtk_widget_add_css_class (box, "library-row");
  return box;
}
