/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-menu.h"

#include "tutti-tips.h"

#include <glib/gi18n.h>

static void
add_item (GMenu *menu, const char *label, const char *action, const char *id)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", id);
  g_menu_append_item (menu, item);
}

static GMenuModel *
menu_of (const TuttiStoreJam *jam)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) words = g_menu_new (), copies = g_menu_new (), last = g_menu_new ();

  add_item (menu, _("Open"), "win.open-jam", jam->id);
  /* A published jam is read only: what would be refused is not offered. */
  if (!jam->published)
    {
      add_item (words, _("Rename…"), "win.rename-jam", jam->id);
      add_item (words, _("Describe…"), "win.describe-jam", jam->id);
    }
  add_item (copies, _("Save a Copy"), "win.copy-jam", jam->id);
  add_item (copies, _("Remix"), "win.remix-jam", jam->id);
  if (jam->published)
    add_item (last, _("Take Back Publishing"), "win.unpublish-jam", jam->id);
  else
    add_item (last, _("Publish (Read Only)"), "win.publish-jam", jam->id);
  add_item (last, _("Delete"), "win.delete-jam", jam->id);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (words));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copies));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
  return G_MENU_MODEL (menu);
}

GtkWidget *
tutti_jam_menu_button_new (const TuttiStoreJam *jam)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr(GMenuModel) menu = menu_of (jam);
  g_autofree char *label = g_strdup_printf (_("More about %s"), jam->name);

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  tutti_tips_speak (button);
  return button;
}
