/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-settings.h"

#include "tutti-jam.h"
#include "tutti-picture.h"

#define SCHEMA "io.github.tuttijam.Tutti"

/* Tracks whose loudness in my ears is remembered. */
#define EARS_KEPT 400
#define EARS_MAX_CDB 1200

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

/* In the dictionary that is kept at @setting, @value (nullable: none) for @key becomes the newest; of @most or more the oldest go. */
static void
put (const char *setting, const char *key, GVariant *value, gsize most)
{
  g_autoptr(GVariant) before = NULL, own = value != NULL ? g_variant_ref_sink (value) : NULL;
  GVariantBuilder all;
  gsize n;

  if (tutti_settings_get () == NULL)
    return;
  before = g_settings_get_value (tutti_settings_get (), setting);
  n = g_variant_n_children (before);
  g_variant_builder_init (&all, g_variant_get_type (before));
  for (gsize i = n >= most ? n - most + 1 : 0; i < n; i++)
    {
      g_autoptr(GVariant) entry = g_variant_get_child_value (before, i);
      g_autoptr(GVariant) name = g_variant_get_child_value (entry, 0);

      if (!g_str_equal (g_variant_get_string (name, NULL), key))
        g_variant_builder_add_value (&all, entry);
    }
  if (own != NULL)
    g_variant_builder_add_value (&all, g_variant_new_dict_entry (g_variant_new_string (key), own));
  g_settings_set_value (tutti_settings_get (), setting, g_variant_builder_end (&all));
}

gboolean
tutti_settings_get_hosts_when_needed (void)
{
  return get_boolean ("host-when-needed", TRUE);
}

gboolean
tutti_settings_get_space_toggles (void)
{
  return get_boolean ("space-toggles-steps", FALSE);
}

gboolean
tutti_settings_get_notify_joins (void)
{
  return get_boolean ("notify-joins", TRUE);
}

gboolean
tutti_settings_get_chat_chime (void)
{
  return get_boolean ("chat-chime", TRUE);
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

static char *
dup_string (const char *key)
{
  return tutti_settings_get () != NULL ? g_settings_get_string (tutti_settings_get (), key) : g_strdup ("");
}

static void
set_string (const char *key, const char *text)
{
  if (tutti_settings_get () != NULL)
    g_settings_set_string (tutti_settings_get (), key, text);
}

char *
tutti_settings_dup_export_folder (void)
{
  return dup_string ("export-folder");
}

void
tutti_settings_set_export_folder (const char *uri)
{
  set_string ("export-folder", uri);
}

char *
tutti_settings_dup_export_format (void)
{
  return dup_string ("export-format");
}

void
tutti_settings_set_export_format (const char *name)
{
  set_string ("export-format", name);
}

gboolean
tutti_settings_get_hints_done (void)
{
  return get_boolean ("hints-done", TRUE);
}

void
tutti_settings_set_hints_done (void)
{
  if (tutti_settings_get () != NULL)
    g_settings_set_boolean (tutti_settings_get (), "hints-done", TRUE);
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

char *
tutti_settings_dup_picture (void)
{
  g_autofree char *picture = tutti_settings_get () != NULL ? g_settings_get_string (tutti_settings_get (), "profile-picture") : NULL;

  return picture != NULL && tutti_picture_is_valid (picture) ? g_steal_pointer (&picture) : g_strdup ("");
}

void
tutti_settings_set_picture (const char *picture)
{
  if (tutti_settings_get () != NULL)
    g_settings_set_string (tutti_settings_get (), "profile-picture", picture);
}

double
tutti_settings_get_output_level_db (void)
{
  GSettings *settings = tutti_settings_get ();

  return settings != NULL ? g_settings_get_double (settings, "output-level-db") : 0;
}

void
tutti_settings_set_output_level_db (double level_db)
{
  if (tutti_settings_get () != NULL)
    g_settings_set_double (tutti_settings_get (), "output-level-db", CLAMP (level_db, -96, 6));
}

gboolean
tutti_settings_get_output_muted (void)
{
  return get_boolean ("output-muted", FALSE);
}

void
tutti_settings_set_output_muted (gboolean muted)
{
  if (tutti_settings_get () != NULL)
    g_settings_set_boolean (tutti_settings_get (), "output-muted", muted);
}

char *
tutti_settings_dup_output_device (void)
{
  GSettings *settings = tutti_settings_get ();

  return settings != NULL ? g_settings_get_string (settings, "output-device") : g_strdup ("");
}

void
tutti_settings_set_output_device (const char *device)
{
  if (tutti_settings_get () != NULL)
    g_settings_set_string (tutti_settings_get (), "output-device", device);
}

char *
tutti_settings_dup_personal_effects (void)
{
  GSettings *settings = tutti_settings_get ();

  return settings != NULL ? g_settings_get_string (settings, "personal-effects") : g_strdup ("[]");
}

void
tutti_settings_set_personal_effects (const char *text)
{
  if (tutti_settings_get () != NULL)
    g_settings_set_string (tutti_settings_get (), "personal-effects", text);
}

int
tutti_settings_get_ears (const char *key)
{
  g_autoptr(GVariant) all = tutti_settings_get () != NULL ? g_settings_get_value (tutti_settings_get (), "my-ears") : NULL;
  int gain = 0;

  if (all != NULL)
    g_variant_lookup (all, key, "i", &gain);
  return CLAMP (gain, TUTTI_GAIN_MIN_CDB, EARS_MAX_CDB);
}

void
tutti_settings_set_ears (const char *key, int gain)
{
  put ("my-ears", key, gain != 0 ? g_variant_new_int32 (gain) : NULL, EARS_KEPT);
}

gboolean
tutti_settings_get_ears_on (void)
{
  return get_boolean ("my-ears-on", TRUE);
}

double
tutti_settings_get_output_trim_ms (const char *device)
{
  g_autoptr(GVariant) trims = tutti_settings_get () != NULL ? g_settings_get_value (tutti_settings_get (), "output-trims-ms") : NULL;
  double trim = 0;

  if (trims != NULL)
    g_variant_lookup (trims, device, "d", &trim);
  return trim;
}

void
tutti_settings_set_output_trim_ms (const char *device, double trim_ms)
{
  put ("output-trims-ms", device, g_variant_new_double (trim_ms), G_MAXSIZE);
}
