/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-preferences.h"

#include "tutti-limits.h"
#include "tutti-picture-row.h"
#include "tutti-settings.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static GtkWidget *
group_new (const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  return group;
}

static GtkWidget *
row_new (const char *title, const char *subtitle, GtkWidget *control)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  return row;
}

static GtkWidget *
switch_row (const char *title, const char *subtitle, const char *key)
{
  GtkWidget *control = gtk_switch_new ();

  g_settings_bind (tutti_settings_get (), key, control, "active", G_SETTINGS_BIND_DEFAULT);
  return row_new (title, subtitle, control);
}

/* ---------------------------------------------------------------- the style */

static const char * const styles[] = { "system", "light", "dark" };

static gboolean
style_to_index (GValue *value, GVariant *variant, gpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if (g_str_equal (styles[i], g_variant_get_string (variant, NULL)))
      g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
index_to_style (const GValue *value, const GVariantType *type, gpointer user_data)
{
  guint i = g_value_get_uint (value);

  return i < G_N_ELEMENTS (styles) ? g_variant_new_string (styles[i]) : NULL;
}

static GtkWidget *
style_row (void)
{
  const char *names[] = { _("As the System"), _("Light"), _("Dark"), NULL };
  g_autoptr(GtkStringList) list = gtk_string_list_new (names);
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Style"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  g_settings_bind_with_mapping (tutti_settings_get (), "style", row, "selected", G_SETTINGS_BIND_DEFAULT, style_to_index,
                                index_to_style, NULL, NULL);
  return row;
}

/* ---------------------------------------------------------------- numbers */

static gboolean
cbpm_to_bpm (GValue *value, GVariant *variant, gpointer user_data)
{
  g_value_set_double (value, g_variant_get_int32 (variant) / 100.0);
  return TRUE;
}

static GVariant *
bpm_to_cbpm (const GValue *value, const GVariantType *type, gpointer user_data)
{
  return g_variant_new_int32 ((int) (g_value_get_double (value) * 100.0 + 0.5));
}

static GtkWidget *
tempo_row (void)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (TUTTI_TEMPO_MIN_CBPM / 100.0, TUTTI_TEMPO_MAX_CBPM / 100.0, 1);

  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), 2);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 6);
  g_settings_bind_with_mapping (tutti_settings_get (), "default-tempo", spin, "value", G_SETTINGS_BIND_DEFAULT, cbpm_to_bpm,
                                bpm_to_cbpm, NULL, NULL);
  return row_new (_("Tempo of New Beats"), _("in beats a minute"), spin);
}

static GtkWidget *
port_row (void)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, 65535, 1);

  g_settings_bind (tutti_settings_get (), "host-port", spin, "value", G_SETTINGS_BIND_DEFAULT);
  return row_new (_("Port for Hosting"), _("The next free one when it is taken; 0 is any"), spin);
}

/* ---------------------------------------------------------------- the person */

static void
on_profile (GtkButton *button, GtkWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (gtk_window_get_transient_for (window)), "win.profile", NULL);
}

static GtkWidget *
person_row (GtkWidget *window)
{
  GtkWidget *edit = gtk_button_new_from_icon_name ("tutti-pencil-symbolic"), *row;
  int colour;
  g_autofree char *name = tutti_settings_dup_profile (&colour);

  gtk_widget_add_css_class (edit, "flat");
  gtk_widget_set_tooltip_text (edit, _("Your Name and Colour"));
  g_signal_connect_object (edit, "clicked", G_CALLBACK (on_profile), window, 0);
  row = row_new (_("Your Name and Colour"), NULL, edit);
  g_settings_bind (tutti_settings_get (), "profile-name", row, "subtitle", G_SETTINGS_BIND_GET);
  return row;
}

void
tutti_preferences_open (GtkWindow *window)
{
  GtkWidget *preferences = adw_preferences_window_new (), *page = adw_preferences_page_new ();
  GtkWidget *you, *playing, *others;

  if (tutti_settings_get () == NULL)
    return;
  you = group_new (_("You"), NULL);
  playing = group_new (_("Playing"), NULL);
  others = group_new (_("Together"), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (you), person_row (preferences));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (you), tutti_picture_row_new ());
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (you), style_row ());
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (playing),
                             switch_row (_("Space Toggles Steps"), _("In the grid, Enter plays and pauses then"), "space-toggles-steps"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (playing),
                             switch_row (_("Follow the Playhead"), _("The grid turns its page with it"), "follow"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (playing), tempo_row ());
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (others),
                             switch_row (_("Host When Needed"), _("Go on with a jam whose host is gone"),
                                         "host-when-needed"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (others),
                             switch_row (_("Say Who Joins and Leaves"), _("In a line that goes away by itself"), "notify-joins"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (others),
                             switch_row (_("Chime for Messages"), _("When somebody else writes in the chat"), "chat-chime"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (others), port_row ());
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (you));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (playing));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (others));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (preferences), ADW_PREFERENCES_PAGE (page));
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (preferences), FALSE);
  gtk_window_set_transient_for (GTK_WINDOW (preferences), window);
  gtk_window_set_default_size (GTK_WINDOW (preferences), 560, 600);
  gtk_window_present (GTK_WINDOW (preferences));
}
