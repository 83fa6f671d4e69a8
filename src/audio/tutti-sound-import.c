/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sound-import.h"
#include "tutti-sound-making-private.h"

#include <string.h>

void
tutti_sound_info_free (TuttiSoundInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->hash);
  g_free (info->name);
  g_free (info);
}

/* --- names --- */

static gboolean
is_printed (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  /* Formatting characters could turn the rest of a line around; private and unassigned ones show as boxes. */
  return type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT && type != G_UNICODE_SURROGATE &&
         type != G_UNICODE_PRIVATE_USE && type != G_UNICODE_UNASSIGNED && type != G_UNICODE_LINE_SEPARATOR &&
         type != G_UNICODE_PARAGRAPH_SEPARATOR;
}

char *
tutti_sound_name_from_file (const char *basename)
{
  g_autofree char *valid = g_filename_display_name (basename);
  g_autoptr(GString) name = g_string_new (NULL);
  char *dot = strrchr (valid, '.');

  if (dot != NULL && dot != valid)
    *dot = '\0';
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gsize before = name->len;

      if (is_printed (c))
        g_string_append_unichar (name, c == '_' ? ' ' : c);
      if (name->len > TUTTI_SOUND_NAME_MAX)
        {
          g_string_truncate (name, before);
          break;
        }
    }
  g_strstrip (name->str);
  return g_strdup (name->str[0] != '\0' ? name->str : "Sound");
}

/* --- importing --- */

static gpointer
import (GTask *task, GCancellable *cancellable, GError **error)
{
  TuttiSoundMaking *making = tutti_sound_making_get (task);
  g_autoptr(GBytes) bytes = tutti_sound_read_file (making->what, TUTTI_SOUND_BYTES_MAX, cancellable, error);
  g_autoptr(TuttiSound) decoded = NULL;
  g_autofree char *basename = g_file_get_basename (making->what);
  TuttiSoundInfo *info;

  if (bytes == NULL)
    return NULL;
  decoded = tutti_sound_decode (bytes, tutti_sound_reporter_tell, making->reporter, cancellable, error);
  info = decoded != NULL ? tutti_sound_making_keep (making, decoded, cancellable, error) : NULL;
  if (info == NULL)
    return NULL;
  info->name = tutti_sound_name_from_file (basename);
  info->notes = tutti_sound_get_notes (decoded);
  return info;
}

void
tutti_sound_import_async (TuttiSoundLibrary *library, GFile *file, TuttiSoundProgress progress, gpointer progress_data,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  TuttiSoundMaking how = { .make = import, .what = g_object_ref (file), .free_what = g_object_unref,
                           .free_made = (GDestroyNotify) tutti_sound_info_free };

  tutti_sound_making_async (library, how, tutti_sound_import_async, progress, progress_data, cancellable, callback, user_data);
}

TuttiSoundInfo *
tutti_sound_import_finish (TuttiSoundLibrary *library, GAsyncResult *result, GError **error)
{
  return tutti_sound_making_finish (library, result, error);
}
