/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-settings.h"

#include "tutti-jam.h"

#define SCHEMA "io.github.tuttijam.Tutti"

GSettings *
tutti_settings_get (void)
{
  static GSettings *settings;
  static gboolean looked;

  if (!looked)
    {
      GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
      g_autoptr(GSettingsSchema) schema = source != NULL ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;

      /* Lives until the program ends: preferences and windows share it. */
      if (schema != NULL)
        settings = g_settings_new (SCHEMA);
      looked = TRUE;
    }
  return settings;
}

static gboolean
get_boolean (const char *key, gboolean fallback)
{
  GSettings *settings = tutti_settings_get ();

  return settings != NULL ? g_settings_get_boolean (settings, key) : fallback;
}

gboolean
tutti_settings_get_space_toggles (void)
{
  return get_boolean ("space-toggles-steps", FALSE);
}

gboolean
tutti_settings_get_follow (void)
{
  return get_boolean ("follow", TRUE);
}

void
tutti_settings_set_follow (gboolean follow)
{
  if (tutti_settings_get () != NULL)
    g_settings_set_boolean (tutti_settings_get (), "follow", follow);
}

gboolean
tutti_settings_get_first_run_done (void)
{
  return get_boolean ("first-run-done", TRUE);
}

int
tutti_settings_get_desk_stop (void)
{
  GSettings *settings = tutti_settings_get ();

  return settings != NULL ? g_settings_get_enum (settings, "desk-stop") : 1;
}

void
tutti_settings_set_desk_stop (int stop)
{
  if (tutti_settings_get () != NULL)
    g_settings_set_enum (tutti_settings_get (), "desk-stop", stop);
}

void
tutti_settings_get_window (int *width, int *height, gboolean *maximized)
{
  GSettings *settings = tutti_settings_get ();

  *width = settings != NULL ? g_settings_get_int (settings, "window-width") : 1280;
  *height = settings != NULL ? g_settings_get_int (settings, "window-height") : 800;
  *maximized = get_boolean ("window-maximized", FALSE);
}

void
tutti_settings_set_window (int width, int height, gboolean maximized)
{
  GSettings *settings = tutti_settings_get ();

  if (settings == NULL)
    return;
  g_settings_set_boolean (settings, "window-maximized", maximized);
  if (maximized)
    return;
  g_settings_set_int (settings, "window-width", MAX (width, 360));
  g_settings_set_int (settings, "window-height", MAX (height, 480));
}

char *
tutti_settings_dup_profile (int *colour)
{
  GSettings *settings = tutti_settings_get ();
  g_autofree char *name = settings != NULL ? g_settings_get_string (settings, "profile-colour") : NULL;

  *colour = -1;
  for (int i = 0; name != NULL && i < TUTTI_N_PERSON_COLOURS; i++)
    if (g_str_equal (tutti_person_colour_names[i], name))
      *colour = i;
  return settings != NULL ? g_settings_get_string (settings, "profile-name") : g_strdup ("");
}

void
tutti_settings_set_profile (const char *name, int colour)
{
  GSettings *settings = tutti_settings_get ();

  if (settings == NULL)
    return;
  g_settings_set_string (settings, "profile-name", name);
  g_settings_set_string (settings, "profile-colour", tutti_person_colour_names[colour]);
  g_settings_set_boolean (settings, "first-run-done", TRUE);
}
