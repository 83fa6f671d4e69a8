/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-card.h"

#include "tutti-jam-tile.h"
#include "tutti-miniature.h"
#include "tutti-tips.h"

#include <glib/gi18n.h>

/* "Today", "Yesterday", a weekday within the week, else the date. */
static char *
day_text (gint64 us)
{
  g_autoptr(GDateTime) then = g_date_time_new_from_unix_local (us / G_USEC_PER_SEC), now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) today = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                                                      g_date_time_get_day_of_month (now), 0, 0, 0);
  GTimeSpan before = g_date_time_difference (today, then);

  if (before <= 0)
    return g_strdup (_("Today"));
  if (before <= G_TIME_SPAN_DAY)
    return g_strdup (_("Yesterday"));
  if (before <= 6 * G_TIME_SPAN_DAY)
    return g_date_time_format (then, "%A");
  if (g_date_time_get_year (then) == g_date_time_get_year (now))
    /* Translators: a day of this year, such as "3 November" */
    return g_date_time_format (then, _("%-e %B"));
  return g_date_time_format (then, _("%-e %B %Y"));
}

static char *
caption_text (const TuttiStoreJam *jam)
{
  g_autofree char *day = day_text (MAX (jam->opened_us, jam->updated_us));
  g_autofree char *tracks = g_strdup_printf (ngettext ("%d track", "%d tracks", jam->n_tracks), jam->n_tracks);

  return g_strdup_printf ("%s · %s", day, tracks);
}

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

static void
add_item (GMenu *menu, const char *label, const char *action, const char *id)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

static GtkWidget *
menu_button_new (const TuttiStoreJam *jam)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autofree char *label = g_strdup_printf (_("More about %s"), jam->name);

  add_item (menu, _("Open"), "win.open-jam", jam->id);
  add_item (menu, _("Rename…"), "win.rename-jam", jam->id);
  add_item (menu, _("Delete"), "win.delete-jam", jam->id);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  tutti_tips_speak (button);
  return button;
}

GtkWidget *
tutti_jam_card_new (const TuttiStoreJam *jam, const char *with)
{
  GtkWidget *overlay = gtk_overlay_new (), *button = gtk_button_new (), *menu = menu_button_new (jam);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *caption = caption_text (jam), *label = g_strdup_printf (_("Open %s"), jam->name);

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
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *menu = menu_button_new (jam);
  g_autofree char *caption = caption_text (jam);

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
