/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-card.h"

#include "tutti-jam-menu.h"
#include "tutti-jam-tile.h"
#include "tutti-jam-words.h"
#include "tutti-miniature.h"

#include <glib/gi18n.h>

static GtkWidget *
line_new (const char *text, const char *class_name)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, class_name);
  if (g_str_equal (class_name, "caption"))
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

GtkWidget *
tutti_jam_card_new (const TuttiStoreJam *jam, const char *with)
{
  GtkWidget *overlay = gtk_overlay_new (), *button = gtk_button_new (), *menu = tutti_jam_menu_button_new (jam);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *caption = tutti_jam_words_caption (jam), *label = g_strdup_printf (_("Open %s"), jam->name);

  gtk_box_append (GTK_BOX (words), line_new (jam->name, "heading"));
  gtk_box_append (GTK_BOX (words), line_new (caption, "caption"));
  gtk_box_append (GTK_BOX (words), line_new (with, "caption"));
  gtk_widget_set_margin_end (words, 40);
  gtk_widget_set_margin_top (words, 12);
  gtk_box_append (GTK_BOX (box), tutti_miniature_new (jam->miniature));
  gtk_box_append (GTK_BOX (box), words);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "card");
  gtk_widget_add_css_class (button, "jam-card");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", jam->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-jam");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_halign (menu, GTK_ALIGN_END);
  gtk_widget_set_valign (menu, GTK_ALIGN_END);
  gtk_widget_set_margin_end (menu, 6);
  gtk_widget_set_margin_bottom (menu, 20);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), button);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), menu);
  return overlay;
}

GtkWidget *
tutti_jam_row_new (const TuttiStoreJam *jam)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *menu = tutti_jam_menu_button_new (jam);
  g_autofree char *caption = tutti_jam_words_caption (jam);

  gtk_box_append (GTK_BOX (words), line_new (jam->name, "heading"));
  gtk_box_append (GTK_BOX (words), line_new (caption, "caption"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (menu, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (box, "start-row");
  gtk_box_append (GTK_BOX (box), tutti_jam_tile_new (jam->id));
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), menu);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", jam->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-jam");
  return row;
}
