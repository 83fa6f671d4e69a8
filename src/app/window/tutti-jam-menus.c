/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-menus.h"

#include <glib/gi18n.h>

GMenuModel *
tutti_jam_menu_new (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) first = g_menu_new (), files = g_menu_new (), copies = g_menu_new (), last = g_menu_new ();
  g_autoptr(GMenuItem) host = g_menu_item_new (_("Host This Jam…"), "win.host");

  g_menu_item_set_attribute (host, "hidden-when", "s", "action-disabled");
  g_menu_append_item (first, host);
  g_menu_append (first, _("Rename…"), "jam.rename");
  g_menu_append (first, _("Describe…"), "jam.describe");
  g_menu_append (first, _("Add Track…"), "jam.add-track");
  g_menu_append (copies, _("Save a Copy"), "win.save-copy");
  g_menu_append (copies, _("Remix"), "win.remix");
  g_menu_append (copies, _("Publish (Read Only)"), "jam.publish");
  g_menu_append (files, _("Export…"), "export.begin");
  g_menu_append (files, _("Import…"), "jam.import");
  g_menu_append (last, _("Leave"), "page.leave");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copies));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (files));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
  return G_MENU_MODEL (menu);
}

GMenuModel *
tutti_primary_menu_new (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _("New Beat"), "app.new-beat");
  g_menu_append (menu, _("Your Jams"), "win.library");
  g_menu_append (menu, _("Preferences"), "app.preferences");
  g_menu_append (menu, _("Keyboard Shortcuts"), "win.show-help-overlay");
  g_menu_append (menu, _("About Tutti"), "app.about");
  return G_MENU_MODEL (menu);
}
