/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-preferences.h"

#include "tutti-settings.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK };

static void
apply_style (GSettings *settings)
{
  guint style = (guint) g_settings_get_enum (settings, "style");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[MIN (style, 2)]);
}

void
tutti_preferences_apply_style (void)
{
  GSettings *settings = tutti_settings_get ();

  if (settings == NULL)
    return;
  g_signal_connect (settings, "changed::style", G_CALLBACK (apply_style), NULL);
  apply_style (settings);
}

static void
on_style (AdwComboRow *row, GParamSpec *pspec, GSettings *settings)
{
  g_settings_set_enum (settings, "style", (int) adw_combo_row_get_selected (row));
}

static void
add_style (AdwPreferencesGroup *group, GSettings *settings)
{
  const char *words[] = { _("As the System"), _("Light"), _("Dark"), NULL };
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr(GtkStringList) model = gtk_string_list_new (words);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Style"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (model));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), (guint) g_settings_get_enum (settings, "style"));
  g_signal_connect (row, "notify::selected", G_CALLBACK (on_style), settings);
  adw_preferences_group_add (group, row);
}

static void
add_switch (AdwPreferencesGroup *group, GSettings *settings, const char *key, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new (), *toggle = gtk_switch_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), toggle);
  g_settings_bind (settings, key, toggle, "active", G_SETTINGS_BIND_DEFAULT);
  adw_preferences_group_add (group, row);
}

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page, const char *title)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, title);
  adw_preferences_page_add (page, group);
  return group;
}

void
tutti_preferences_open (GtkWindow *parent)
{
  GSettings *settings = tutti_settings_get ();
  GtkWidget *window = adw_preferences_window_new ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *group;

  if (settings != NULL)
    {
      group = add_group (page, _("Look"));
      add_style (group, settings);
      group = add_group (page, _("Grid"));
      add_switch (group, settings, "follow", _("Turn Pages with the Music"), _("The grid follows the playhead"));
      add_switch (group, settings, "space-toggles-steps", _("Space Toggles Steps"), _("Enter plays and pauses then"));
      group = add_group (page, _("Others"));
      add_switch (group, settings, "notify-joins", _("Show Who Joins and Leaves"), "");
    }
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), page);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_present (GTK_WINDOW (window));
}
