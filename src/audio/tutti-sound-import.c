/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sound-import.h"
#include "tutti-sound-decode-private.h"
#include "tutti-sound-files.h"
#include "tutti-sound-flac.h"

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

typedef struct
{
  char               *folder;
  GFile              *file;
  TuttiSoundReporter *reporter;
} Work;

typedef struct
{
  TuttiSoundInfo *info;
  TuttiSound     *sound;
} Imported;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->folder);
  g_object_unref (work->file);
  tutti_sound_reporter_free (work->reporter);
  g_free (work);
}

static void
imported_free (gpointer data)
{
  Imported *imported = data;

  g_clear_pointer (&imported->info, tutti_sound_info_free);
  g_clear_object (&imported->sound);
  g_free (imported);
}

static Imported *
import (const Work *work, GCancellable *cancellable, GError **error)
{
  g_autoptr(GBytes) bytes = tutti_sound_read_file (work->file, TUTTI_SOUND_BYTES_MAX, cancellable, error);
  g_autoptr(TuttiSound) decoded = NULL, kept = NULL;
  g_autofree char *basename = g_file_get_basename (work->file), *hash = NULL;
  g_autoptr(GBytes) flac = NULL;
  Imported *imported;

  if (bytes == NULL)
    return NULL;
  decoded = tutti_sound_decode (bytes, tutti_sound_reporter_tell, work->reporter, cancellable, error);
  flac = decoded != NULL ? tutti_sound_flac_encode (decoded, error) : NULL;
  kept = flac != NULL ? tutti_sound_flac_decode (flac, error) : NULL;
  if (kept == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  hash = tutti_sound_files_hash (flac);
  if (!tutti_sound_files_write (work->folder, hash, flac, error))
    return NULL;

  imported = g_new0 (Imported, 1);
  imported->info = g_new0 (TuttiSoundInfo, 1);
  imported->info->hash = g_steal_pointer (&hash);
  imported->info->name = tutti_sound_name_from_file (basename);
  imported->info->n_bytes = g_bytes_get_size (flac);
  imported->info->n_frames = tutti_sound_get_n_frames (kept);
  imported->info->n_channels = tutti_sound_get_n_channels (kept);
  imported->info->notes = tutti_sound_get_notes (decoded);
  imported->sound = g_steal_pointer (&kept);
  return imported;
}

static void
import_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  Imported *imported = import (g_task_get_task_data (task), cancellable, &error);

  if (imported != NULL)
    g_task_return_pointer (task, imported, imported_free);
  else
    g_task_return_error (task, error);
}

void
tutti_sound_import_async (TuttiSoundLibrary *library, GFile *file, TuttiSoundProgress progress, gpointer progress_data,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (library, cancellable, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->folder = g_strdup (tutti_sound_library_get_folder (library));
  work->file = g_object_ref (file);
  work->reporter = tutti_sound_reporter_new (task, progress, progress_data);
  g_task_set_source_tag (task, tutti_sound_import_async);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, import_in_thread);
}

/* Here, in the library's thread, it learns of the sound. */
TuttiSoundInfo *
tutti_sound_import_finish (TuttiSoundLibrary *library, GAsyncResult *result, GError **error)
{
  Imported *imported;
  TuttiSoundInfo *info;

  g_return_val_if_fail (g_task_is_valid (result, library), NULL);

  imported = g_task_propagate_pointer (G_TASK (result), error);
  if (imported == NULL)
    return NULL;
  tutti_sound_library_add (library, imported->info->hash, imported->sound);
  info = g_steal_pointer (&imported->info);
  imported_free (imported);
  return info;
}
