/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-conflict-list.h"

#include "tutti-ask.h"
#include "tutti-history-words.h"

#include <glib/gi18n.h>

static TuttiSession *
session_of (GtkWidget *widget)
{
  GtkWidget *list = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX);

  return g_object_get_data (G_OBJECT (list), "tutti-session");
}

static void
on_put_back (GtkButton *button, TuttiConflict *conflict)
{
  GtkWidget *widget = GTK_WIDGET (button);
  const TuttiOp *lost = tutti_conflict_get_lost (conflict);
  /* Asked before, as it is what a viewer may not, or what a claim keeps from others. */
  g_autofree char *denied = lost != NULL ? tutti_denied_words (session_of (widget), lost) : NULL;
  g_autoptr(GError) error = NULL;

  if (!tutti_session_put_back (session_of (widget), conflict, &error))
    {
      if (denied != NULL)
        tutti_say (widget, denied);
      else
        tutti_say_reason (widget, error->message);
    }
}

static void
on_dismiss (GtkButton *button, TuttiConflict *conflict)
{
  tutti_session_dismiss (session_of (GTK_WIDGET (button)), conflict);
}

static GtkWidget *
text (const char *words, const char *css_class)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
button (TuttiConflict *conflict, const char *label, GCallback clicked)
{
  GtkWidget *widget = gtk_button_new_with_label (label);

  g_signal_connect_object (widget, "clicked", clicked, conflict, 0);
  return widget;
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  TuttiConflict *conflict = item;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *title = NULL, *caption = NULL;

  tutti_conflict_words (conflict, tutti_session_get_jam (user_data), &title, &caption);
  gtk_widget_add_css_class (box, "row-card");
  gtk_widget_add_css_class (box, "conflict");
  gtk_box_append (GTK_BOX (box), text (title, "strong"));
  gtk_box_append (GTK_BOX (box), text (caption, "caption"));
  if (tutti_conflict_get_lost (conflict) != NULL)
    gtk_box_append (GTK_BOX (buttons), button (conflict, tutti_conflict_get_mine_stands (conflict) ? _("Put Theirs Back")
                                                                                                     : _("Put Mine Back"),
                                               G_CALLBACK (on_put_back)));
  gtk_box_append (GTK_BOX (buttons), button (conflict, _("Dismiss"), G_CALLBACK (on_dismiss)));
  gtk_box_append (GTK_BOX (box), buttons);
  return box;
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, GtkWidget *box)
{
  gtk_widget_set_visible (box, g_list_model_get_n_items (model) > 0);
}

GtkWidget *
tutti_conflict_list_new (TuttiSession *session)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *list = gtk_list_box_new (), *title = text (_("Overridden"), "heading");
  GListModel *model = tutti_session_get_conflicts (session);

  g_object_set_data_full (G_OBJECT (list), "tutti-session", g_object_ref (session), g_object_unref);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_bind_model (GTK_LIST_BOX (list), model, create_row, session, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Overridden"), -1);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), list);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (on_items_changed), box, 0);
  on_items_changed (model, 0, 0, 0, box);
  return box;
}
