/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-dialog-shell.h"

GtkWidget *
tutti_dialog_new (GtkWidget *parent, const char *title, GtkWidget **column)
{
  GtkWidget *dialog = adw_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new ();

  *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  gtk_widget_set_margin_start (*column, 18);
  gtk_widget_set_margin_end (*column, 18);
  gtk_widget_set_margin_top (*column, 6);
  gtk_widget_set_margin_bottom (*column, 18);
  gtk_widget_add_css_class (header, "flat");
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), *column);
  adw_window_set_content (ADW_WINDOW (dialog), box);
  gtk_window_set_title (GTK_WINDOW (dialog), title);
  gtk_window_set_default_size (GTK_WINDOW (dialog), 396, -1);
  gtk_window_set_resizable (GTK_WINDOW (dialog), FALSE);
  if (parent != NULL)
    {
      gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
      gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (gtk_widget_get_root (parent)));
    }
  return dialog;
}

GtkWidget *
tutti_dialog_add_button (GtkWidget *dialog, GtkWidget *column, const char *words)
{
  GtkWidget *button = gtk_button_new_with_label (words);

  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_add_css_class (button, "pill-wide");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), button);
  gtk_window_set_default_widget (GTK_WINDOW (dialog), button);
  return button;
}

GtkWidget *
tutti_dialog_add_list (GtkWidget *column)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_box_append (GTK_BOX (column), list);
  return list;
}

GtkWidget *
tutti_dialog_add_text (GtkWidget *column, const char *words)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (column), label);
  return label;
}
