/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-step-menu.h"

#include "tutti-passing-menu.h"
#include "tutti-step-keys.h"

#include <glib/gi18n.h>

typedef struct { const char *words, *key; } Entry;

static const Entry on_off[] = { { N_("Turn On or Off"), "Return" } };
static const Entry ratchets[] = {
  { N_("One Hit"), "<Control>1" }, { N_("2 Hits"), "<Control>2" }, { N_("3 Hits"), "<Control>3" }, { N_("4 Hits"), "<Control>4" },
  { N_("6 Hits"), "<Control>6" }, { N_("8 Hits"), "<Control>8" },
};
static const Entry changes[] = {
  { N_("Louder"), "plus" }, { N_("Softer"), "minus" }, { N_("Less Chance"), "<Control><Shift>Down" },
  { N_("More Chance"), "<Control><Shift>Up" }, { N_("Earlier"), "<Alt>Left" }, { N_("Later"), "<Alt>Right" },
  { N_("Higher"), "<Alt>Up" }, { N_("Lower"), "<Alt>Down" }, { N_("Tie to the Next"), "j" },
};
static const Entry clipboard[] = {
  { N_("Cut"), "<Control>x" }, { N_("Copy"), "<Control>c" }, { N_("Paste"), "<Control>v" }, { N_("Duplicate"), "<Control>d" },
};
static const Entry clears[] = { { N_("Clear"), "Delete" }, { N_("Clear with Locks"), "<Shift>Delete" } };

static void
on_press (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  guint key;
  GdkModifierType state;

  gtk_accelerator_parse (g_variant_get_string (parameter, NULL), &key, &state);
  tutti_step_keys_press (user_data, key, state);
}

static void
on_details (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_signal_emit_by_name (user_data, "edit-step");
}

static GMenu *
entries_menu (const Entry *entries, gsize n)
{
  GMenu *menu = g_menu_new ();

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (_(entries[i].words), NULL);

      g_menu_item_set_action_and_target (item, "step.press", "s", entries[i].key);
      g_menu_item_set_attribute (item, "accel", "s", entries[i].key);
      g_menu_append_item (menu, item);
    }
  return menu;
}

static void
add_section (GMenu *menu, const Entry *entries, gsize n)
{
  g_autoptr(GMenu) section = entries_menu (entries, n);

  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static GMenuModel *
build (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) first = entries_menu (on_off, G_N_ELEMENTS (on_off));
  g_autoptr(GMenu) hits = entries_menu (ratchets, G_N_ELEMENTS (ratchets));
  g_autoptr(GMenu) change = entries_menu (changes, G_N_ELEMENTS (changes));

  g_menu_append (first, _("Edit Step…"), "step.details");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_submenu (first, _("Change"), G_MENU_MODEL (change));
  g_menu_append_submenu (first, _("Ratchet"), G_MENU_MODEL (hits));
  add_section (menu, clipboard, G_N_ELEMENTS (clipboard));
  add_section (menu, clears, G_N_ELEMENTS (clears));
  return G_MENU_MODEL (menu);
}

static GtkWidget *
new_popover (TuttiStepGrid *grid)
{
  static const GActionEntry entries[] = { { "press", on_press, "s" }, { "details", on_details } };
  g_autoptr(GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr(GMenuModel) model = build ();
  GtkWidget *popover = gtk_popover_menu_new_from_model (model);

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), grid);
  gtk_widget_insert_action_group (popover, "step", G_ACTION_GROUP (actions));
  return popover;
}

void
tutti_step_menu_open (TuttiStepGrid *grid)
{
  GtkWidget *popover = new_popover (grid);
  graphene_rect_t place = GRAPHENE_RECT_INIT (0, 0, 1, 1);
  TuttiStepRef focus;

  if (tutti_step_grid_get_focus (grid, &focus))
    tutti_step_grid_place (grid, focus.track, focus.step, &place);
  gtk_widget_set_parent (popover, GTK_WIDGET (grid));
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle) { (int) place.origin.x, (int) place.origin.y,
                                                                         (int) place.size.width, (int) place.size.height });
  tutti_passing_menu (popover);
  gtk_popover_popup (GTK_POPOVER (popover));
}
