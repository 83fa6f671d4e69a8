/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-track-menu.h"

#include "tutti-jam.h"
#include "tutti-passing-menu.h"

#include <glib/gi18n.h>

static GMenu *
numbers (const char *action, const int *values, const char * const *words, guint n)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (_(words[i]), NULL);
      g_menu_item_set_action_and_target (item, action, "i", values[i]);
      g_menu_append_item (menu, item);
    }
  return menu;
}

static void
add_submenu (GMenu *menu, const char *words, GMenu *submenu)
{
  g_menu_append_submenu (menu, words, G_MENU_MODEL (submenu));
  g_object_unref (submenu);
}

static GMenu *
colours (void)
{
  static const char * const words[] = { N_("Cherry"), N_("Coral"), N_("Tangerine"), N_("Honey"), N_("Lime"), N_("Fern"), N_("Jade"),
                                        N_("Lagoon"), N_("Sky"), N_("Iris"), N_("Plum"), N_("Rose") };
  static const int values[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 };

  return numbers ("track.colour", values, words, TUTTI_N_COLOURS);
}

static GMenu *
lengths (void)
{
  static const char * const words[] = { N_("4 Steps"), N_("8 Steps"), N_("12 Steps"), N_("16 Steps"), N_("24 Steps"), N_("32 Steps"),
                                        N_("64 Steps"), N_("128 Steps") };
  static const int values[] = { 4, 8, 12, 16, 24, 32, 64, 128 };

  return numbers ("track.length", values, words, G_N_ELEMENTS (values));
}

static GMenu *
resolutions (void)
{
  static const char * const words[] = { N_("¼ Notes"), N_("⅛ Notes"), N_("⅛ Triplets"), N_("1⁄16 Notes"), N_("1⁄16 Triplets"),
                                        N_("1⁄32 Notes") };
  static const int values[] = { 960, 480, 320, 240, 160, 120 };

  return numbers ("track.resolution", values, words, G_N_ELEMENTS (values));
}

static GMenu *
pattern (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, _("Copy"), "pattern.copy");
  g_menu_append (menu, _("Paste"), "pattern.paste");
  g_menu_append (menu, _("Clear"), "pattern.clear");
  g_menu_append (menu, _("Reverse"), "pattern.reverse");
  g_menu_append (menu, _("Mirror"), "pattern.mirror");
  g_menu_append (menu, _("Invert"), "pattern.invert");
  g_menu_append (menu, _("Euclid…"), "pattern.euclid");
  g_menu_append (menu, _("Random…"), "pattern.tool(0)");
  g_menu_append (menu, _("Humanise…"), "pattern.tool(1)");
  g_menu_append (menu, _("Transpose…"), "pattern.tool(2)");
  return menu;
}

static GMenuModel *
build (gboolean claimed)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) first = g_menu_new (), second = g_menu_new (), third = g_menu_new ();

  g_menu_append (first, _("Rename…"), "track.rename");
  add_submenu (first, _("Colour"), colours ());
  g_menu_append (first, _("Sound…"), "track.sound");
  g_menu_append (first, claimed ? _("Release") : _("Claim"), "track.claim");
  add_submenu (second, _("Length"), lengths ());
  add_submenu (second, _("Resolution"), resolutions ());
  add_submenu (second, _("Pattern"), pattern ());
  g_menu_append (third, _("Move Up"), "track.move(-1)");
  g_menu_append (third, _("Move Down"), "track.move(1)");
  g_menu_append (third, _("Delete"), "track.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (second));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (third));
  return G_MENU_MODEL (menu);
}

void
tutti_track_menu_open (GtkWidget *head, gboolean claimed, double x, double y)
{
  g_autoptr(GMenuModel) model = build (claimed);
  GtkWidget *popover = gtk_popover_menu_new_from_model (model);

  /* Not the head: it is laid out as a box and would make room for a popover. */
  gtk_widget_set_parent (popover, gtk_widget_get_parent (head));
  graphene_point_t point;
  if (!gtk_widget_compute_point (head, gtk_widget_get_parent (head), &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    point = GRAPHENE_POINT_INIT (0, 0);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle) { (int) point.x, (int) point.y, 1, 1 });
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  tutti_passing_menu (popover);
  gtk_popover_popup (GTK_POPOVER (popover));
}
