/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-host-config.h"

#include "tutti-demos.h"
#include "tutti-limits.h"
#include "tutti-origin.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_BYTES_MAX (1 << 16)
#define MIB (G_GINT64_CONSTANT (1024) * 1024)

G_DEFINE_QUARK (tutti-host-config-error-quark, tutti_host_config_error)

typedef enum { NAME, PATH, ORIGINS, NUMBER, YES_NO, LEVEL, DEMO } Kind;

typedef struct
{
  const char *group, *name;
  Kind        kind;
  gsize       offset;              /* in TuttiHostConfig */
  gboolean    lives;               /* can change while a host runs */
  int         min, max;            /* of a number */
} Key;

#define AT(member) G_STRUCT_OFFSET (TuttiHostConfig, member)

static const Key keys[] = {
  { "host", "name", NAME, AT (name), FALSE },
  { "host", "port", NUMBER, AT (port), FALSE, 0, 65535 },
  { "host", "data", PATH, AT (data), FALSE },
  { "host", "control", PATH, AT (control), FALSE },
  { "host", "demo", DEMO, AT (demo), TRUE },
  { "host", "log-level", LEVEL, AT (log_level), TRUE },
  { "announce", "enabled", YES_NO, AT (announce), FALSE },
  { "announce", "most", NUMBER, AT (announced_max), FALSE, 1, 256 },
  { "limits", "jams", NUMBER, AT (jams_max), TRUE, 1, 1000 },
  { "limits", "participants", NUMBER, AT (people_max), TRUE, 1, 10000 },
  { "limits", "participants-per-jam", NUMBER, AT (people_a_jam_max), TRUE, 1, TUTTI_PEOPLE_MAX },
  { "limits", "connections", NUMBER, AT (connections_max), FALSE, 1, 20000 },
  { "limits", "connections-per-address", NUMBER, AT (connections_an_address_max), FALSE, 1, 20000 },
  { "limits", "upload-mib-per-person", NUMBER, AT (upload_person_mib), TRUE, 0, 1024 * 1024 },
  { "limits", "upload-mib-per-jam", NUMBER, AT (upload_jam_mib), TRUE, 0, 1024 * 1024 },
  { "limits", "upload-mib-total", NUMBER, AT (upload_total_mib), TRUE, 0, 1024 * 1024 },
  { "limits", "idle-seconds", NUMBER, AT (idle_s), TRUE, 0, 7 * 24 * 3600 },
  { "metrics", "everyone", YES_NO, AT (metrics_for_all), FALSE },
  { "api", "list-jams", YES_NO, AT (jams_listed), TRUE },
  { "api", "create-jams", YES_NO, AT (jams_creatable), TRUE },
  { "api", "cors-origins", ORIGINS, AT (origins), FALSE },
};

static const struct { const char *name; GLogLevelFlags level; } levels[] = {
  { "error", G_LOG_LEVEL_CRITICAL }, { "warning", G_LOG_LEVEL_WARNING }, { "notice", G_LOG_LEVEL_MESSAGE },
  { "info", G_LOG_LEVEL_INFO }, { "debug", G_LOG_LEVEL_DEBUG },
};

void
tutti_host_config_init (TuttiHostConfig *self)
{
  *self = (TuttiHostConfig) {
    .port = TUTTI_DEFAULT_PORT, .announce = TRUE, .announced_max = 32, .jams_max = 64, .people_max = TUTTI_PEOPLE_MAX,
    .people_a_jam_max = 100, .connections_max = TUTTI_CONNECTIONS_MAX,
    .connections_an_address_max = TUTTI_CONNECTIONS_PER_ADDRESS_MAX, .idle_s = 300, .log_level = G_LOG_LEVEL_MESSAGE,
    .jams_listed = TRUE, .upload_person_mib = 256, .upload_jam_mib = 1024, .upload_total_mib = 20 * 1024,
  };
}

void
tutti_host_config_clear (TuttiHostConfig *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->data, g_free);
  g_clear_pointer (&self->control, g_free);
  g_clear_pointer (&self->origins, g_free);
}

void
tutti_host_config_copy (TuttiHostConfig *to, const TuttiHostConfig *from)
{
  *to = *from;
  to->name = g_strdup (from->name);
  to->data = g_strdup (from->data);
  to->control = g_strdup (from->control);
  to->origins = g_strdup (from->origins);
}

/* ---- one value ---- */

static gboolean G_GNUC_PRINTF (2, 3)
refuse (GError **error, const char *format, ...)
{
  g_autofree char *words = NULL;
  va_list args;

  va_start (args, format);
  words = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, TUTTI_HOST_CONFIG_ERROR, TUTTI_HOST_CONFIG_ERROR_INVALID, words);
  return FALSE;
}

static gboolean
set_text (char **place, const char *value)
{
  g_free (*place);
  *place = g_strdup (value);
  return TRUE;
}

static gboolean
set_name (char **place, const char *value, GError **error)
{
  if (value[0] == '\0' || strlen (value) > TUTTI_NAME_BYTES_MAX || !g_utf8_validate (value, -1, NULL))
    return refuse (error, "must be text of 1 to %d bytes", TUTTI_NAME_BYTES_MAX);
  return set_text (place, value);
}

static gboolean
set_path (char **place, const char *value, GError **error)
{
  if (!g_path_is_absolute (value))
    return refuse (error, "must be a path from the root, not “%s”", value);
  return set_text (place, value);
}

static gboolean
set_origins (char **place, const char *value, GError **error)
{
  g_auto(GStrv) each = g_strsplit (value, ";", -1);

  for (guint i = 0; each[i] != NULL; i++)
    if (each[i][0] != '\0' && !tutti_origin_is_valid (each[i]))
      return refuse (error, "must be origins such as https://example.org with “;” between them, not “%s”", each[i]);
  return set_text (place, value);
}

static gboolean
set_number (int *place, const Key *key, const char *value, GError **error)
{
  gint64 number;

  if (!g_ascii_string_to_signed (value, 10, key->min, key->max, &number, NULL))
    return refuse (error, "must be a whole number from %d to %d, not “%s”", key->min, key->max, value);
  *place = (int) number;
  return TRUE;
}

static gboolean
set_yes_no (gboolean *place, const char *value, GError **error)
{
  if (!g_str_equal (value, "true") && !g_str_equal (value, "false"))
    return refuse (error, "must be true or false, not “%s”", value);
  *place = g_str_equal (value, "true");
  return TRUE;
}

static gboolean
set_level (GLogLevelFlags *place, const char *value, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    if (g_str_equal (value, levels[i].name))
      {
        *place = levels[i].level;
        return TRUE;
      }
  return refuse (error, "must be error, warning, notice, info or debug, not “%s”", value);
}

static gboolean
set_demo (const char **place, const char *value, GError **error)
{
  g_autofree char *list = NULL;
  gboolean yes = g_str_equal (value, "true");
  int index = tutti_demos_find (value);

  if (yes || g_str_equal (value, "false") || index >= 0)
    {
      *place = yes ? tutti_demos_get_name (0) : index >= 0 ? tutti_demos_get_name ((guint) index) : NULL;
      return TRUE;
    }
  list = tutti_demos_list ();
  return refuse (error, "must be true, false or one of %s, not “%s”", list, value);
}

static gboolean
set (TuttiHostConfig *self, const Key *key, const char *value, GError **error)
{
  gpointer place = G_STRUCT_MEMBER_P (self, key->offset);

  switch (key->kind)
    {
    case NAME:
      return set_name (place, value, error);
    case PATH:
      return set_path (place, value, error);
    case ORIGINS:
      return set_origins (place, value, error);
    case NUMBER:
      return set_number (place, key, value, error);
    case YES_NO:
      return set_yes_no (place, value, error);
    case LEVEL:
      return set_level (place, value, error);
    case DEMO:
      return set_demo (place, value, error);
    }
  g_assert_not_reached ();
}

/* (nullable) */
static const Key *
find_key (const char *group, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].group, group) && g_str_equal (keys[i].name, name))
      return &keys[i];
  return NULL;
}

gboolean
tutti_host_config_set (TuttiHostConfig *self, const char *where, const char *group, const char *key, const char *value,
                       GError **error)
{
  if (set (self, find_key (group, key), value, error))
    return TRUE;
  g_prefix_error (error, "%s ", where);
  return FALSE;
}

/* ---- a file ---- */

/* (transfer full) Of ordinary files, and not without end. */
static char *
read_text (const char *path, gsize *length, GError **error)
{
  g_autoptr(GError) problem = NULL;
  char *text = NULL;
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    refuse (error, "%s: %s", path, g_strerror (errno));
  else if (!S_ISREG (info.st_mode) || info.st_size > FILE_BYTES_MAX)
    refuse (error, "%s: not a file of at most %d KiB", path, FILE_BYTES_MAX / 1024);
  else if (!g_file_get_contents (path, &text, length, &problem))
    refuse (error, "%s", problem->message);
  return text;
}

static gboolean
read_key (TuttiHostConfig *self, GKeyFile *file, const char *group, const char *name, GError **error)
{
  const Key *key = find_key (group, name);
  g_autoptr(GError) problem = NULL;
  g_autofree char *value = g_key_file_get_string (file, group, name, &problem);

  if (key == NULL)
    return refuse (error, "there is no such key");
  if (value == NULL)
    return refuse (error, "%s", problem->message);
  return set (self, key, value, error);
}

static gboolean
read_group (TuttiHostConfig *self, GKeyFile *file, const char *path, const char *group, GError **error)
{
  g_auto(GStrv) names = g_key_file_get_keys (file, group, NULL, NULL);
  gboolean known = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    known |= g_str_equal (keys[i].group, group);
  if (!known)
    return refuse (error, "%s: [%s]: there is no such group", path, group);
  for (gsize i = 0; names != NULL && names[i] != NULL; i++)
    if (!read_key (self, file, group, names[i], error))
      {
        g_prefix_error (error, "%s: [%s] %s: ", path, group, names[i]);
        return FALSE;
      }
  return TRUE;
}

gboolean
tutti_host_config_read_text (TuttiHostConfig *self, const char *path, const char *text, gsize length, GError **error)
{
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GError) problem = NULL;
  g_auto(TuttiHostConfig) read = { 0 };
  g_auto(GStrv) groups = NULL;

  if (!g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, &problem))
    return refuse (error, "%s: %s", path, problem->message);
  tutti_host_config_copy (&read, self);
  groups = g_key_file_get_groups (file, NULL);
  for (gsize i = 0; groups[i] != NULL; i++)
    if (!read_group (&read, file, path, groups[i], error))
      return FALSE;
  tutti_host_config_clear (self);
  tutti_host_config_copy (self, &read);
  return TRUE;
}

gboolean
tutti_host_config_read (TuttiHostConfig *self, const char *path, GError **error)
{
  gsize length = 0;
  g_autofree char *text = read_text (path, &length, error);

  return text != NULL && tutti_host_config_read_text (self, path, text, length, error);
}

/* ---- two of them ---- */

static gboolean
is_text (const Key *key)
{
  return key->kind == NAME || key->kind == PATH || key->kind == ORIGINS;
}

/* What is no text is an int: numbers, yes or no, levels. */
static gboolean
is_equal (const Key *key, const TuttiHostConfig *one, const TuttiHostConfig *other)
{
  if (is_text (key))
    return g_strcmp0 (G_STRUCT_MEMBER (char *, one, key->offset), G_STRUCT_MEMBER (char *, other, key->offset)) == 0;
  return G_STRUCT_MEMBER (int, one, key->offset) == G_STRUCT_MEMBER (int, other, key->offset);
}

void
tutti_host_config_take_over (TuttiHostConfig *self, const TuttiHostConfig *other)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].lives && !is_text (&keys[i]))
      G_STRUCT_MEMBER (int, self, keys[i].offset) = G_STRUCT_MEMBER (int, other, keys[i].offset);
}

char *
tutti_host_config_difference (const TuttiHostConfig *self, const TuttiHostConfig *other)
{
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (!keys[i].lives && !is_equal (&keys[i], self, other))
      g_string_append_printf (out, "%s[%s] %s", out->len > 0 ? ", " : "", keys[i].group, keys[i].name);
  return g_string_free (out, out->len == 0);
}

/* ---- in another form ---- */

void
tutti_host_config_get_limits (const TuttiHostConfig *self, TuttiHouseLimits *limits)
{
  *limits = (TuttiHouseLimits) { .rooms = (guint) self->jams_max, .people = (guint) self->people_max,
                                 .people_a_room = (guint) self->people_a_jam_max, .idle_s = (guint) self->idle_s,
                                 .on_demand = TRUE, .listed = self->jams_listed && self->announce,
                                 .creatable = self->jams_creatable,
                                 .uploads = { self->upload_person_mib * MIB, self->upload_jam_mib * MIB, self->upload_total_mib * MIB } };
}
