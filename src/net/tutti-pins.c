/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-pins.h"

#include <gio/gio.h>
#include <string.h>

/* More hosts than anybody meets; the one not seen for longest makes room. */
enum { PINS_MAX = 1000, FILE_BYTES_MAX = 1024 * 1024, HOST_BYTES_MAX = 256 };

/* "Last seen" is for people: a file written at each join for a second's difference would be wear without use. */
enum { RENEW_AFTER_S = 3600 };

struct _TuttiPins
{
  char *path;
  GKeyFile *file;
};

G_DEFINE_QUARK (tutti-pins-error-quark, tutti_pins_error)

TuttiPins *
tutti_pins_open (const char *path, GError **error)
{
  g_autoptr(TuttiPins) self = g_new0 (TuttiPins, 1);
  g_autoptr(GError) problem = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  self->path = g_strdup (path);
  self->file = g_key_file_new ();
  if (!g_file_get_contents (path, &text, &length, &problem))
    {
      if (g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_steal_pointer (&self);
    }
  else if (length <= FILE_BYTES_MAX &&
           (length == 0 || g_key_file_load_from_data (self->file, text, length, G_KEY_FILE_NONE, &problem)))
    return g_steal_pointer (&self);
  g_set_error (error, TUTTI_PINS_ERROR, TUTTI_PINS_ERROR_DAMAGED,
               "the list of known hosts “%s” cannot be read (%s); it was left as it is", path,
               problem != NULL ? problem->message : "it is too large");
  return NULL;
}

void
tutti_pins_free (TuttiPins *self)
{
  g_free (self->path);
  g_key_file_unref (self->file);
  g_free (self);
}

/* A group name of a key file takes no brackets and no control characters; an address has brackets. */
static char *
group_of (const char *host)
{
  return g_uri_escape_string (host, ":", FALSE);
}

static void
drop_oldest (TuttiPins *self)
{
  gsize n = 0, oldest = 0;
  g_auto(GStrv) groups = g_key_file_get_groups (self->file, &n);
  gint64 oldest_s = G_MAXINT64;

  if (n <= PINS_MAX)
    return;
  for (gsize i = 0; i < n; i++)
    {
      gint64 last_s = g_key_file_get_int64 (self->file, groups[i], "last-seen", NULL);

      if (last_s < oldest_s)
        {
          oldest = i;
          oldest_s = last_s;
        }
    }
  g_key_file_remove_group (self->file, groups[oldest], NULL);
}

static gboolean
save (TuttiPins *self, GError **error)
{
  g_autoptr(GError) problem = NULL;
  gsize length = 0;
  g_autofree char *text = NULL;

  drop_oldest (self);
  text = g_key_file_to_data (self->file, &length, NULL);
  if (g_file_set_contents_full (self->path, text, length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &problem))
    return TRUE;
  g_set_error (error, TUTTI_PINS_ERROR, TUTTI_PINS_ERROR_FAILED, "the host could not be remembered: %s",
               problem->message);
  return FALSE;
}

static gboolean
remember (TuttiPins *self, const char *group, const char *fingerprint, gint64 first_s, gint64 now_s, GError **error)
{
  g_key_file_set_string (self->file, group, "fingerprint", fingerprint);
  g_key_file_set_int64 (self->file, group, "first-seen", first_s);
  g_key_file_set_int64 (self->file, group, "last-seen", now_s);
  return save (self, error);
}

gboolean
tutti_pins_check (TuttiPins *self, const char *host, const char *fingerprint, gint64 now_s, GError **error)
{
  g_autofree char *group = group_of (host);
  gint64 first_s = now_s, last_s = 0;
  g_autofree char *known = tutti_pins_lookup (self, host, &first_s, &last_s);

  g_return_val_if_fail (strlen (host) >= 1 && strlen (host) <= HOST_BYTES_MAX, FALSE);

  if (known == NULL)
    return remember (self, group, fingerprint, now_s, now_s, error);
  if (!g_str_equal (known, fingerprint))
    {
      g_set_error (error, TUTTI_PINS_ERROR, TUTTI_PINS_ERROR_CHANGED,
                   "%s is not who it was: its fingerprint was %s and is now %s", host, known, fingerprint);
      return FALSE;
    }
  return now_s - last_s < RENEW_AFTER_S || remember (self, group, fingerprint, first_s, now_s, error);
}

gboolean
tutti_pins_replace (TuttiPins *self, const char *host, const char *fingerprint, gint64 now_s, GError **error)
{
  g_autofree char *group = group_of (host);

  return remember (self, group, fingerprint, now_s, now_s, error);
}

char *
tutti_pins_lookup (TuttiPins *self, const char *host, gint64 *first_seen_s, gint64 *last_seen_s)
{
  g_autofree char *group = group_of (host);
  char *fingerprint = g_key_file_get_string (self->file, group, "fingerprint", NULL);

  if (fingerprint != NULL && first_seen_s != NULL)
    *first_seen_s = g_key_file_get_int64 (self->file, group, "first-seen", NULL);
  if (fingerprint != NULL && last_seen_s != NULL)
    *last_seen_s = g_key_file_get_int64 (self->file, group, "last-seen", NULL);
  return fingerprint;
}
