/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sound-making-private.h"
#include "tutti-sound-files.h"
#include "tutti-sound-flac.h"

typedef struct
{
  char       *hash;            /* owned */
  TuttiSound *sound;           /* owned */
} Kept;

typedef struct
{
  gpointer       made;         /* owned */
  GDestroyNotify free_made;
  GPtrArray     *kept;         /* owned */
} Outcome;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_free (kept->hash);
  g_object_unref (kept->sound);
  g_free (kept);
}

static void
outcome_free (gpointer data)
{
  Outcome *outcome = data;

  if (outcome->made != NULL)
    outcome->free_made (outcome->made);
  g_ptr_array_unref (outcome->kept);
  g_free (outcome);
}

static void
making_free (gpointer data)
{
  TuttiSoundMaking *self = data;

  g_free (self->folder);
  self->free_what (self->what);
  tutti_sound_reporter_free (self->reporter);
  g_ptr_array_unref (self->kept);
  g_free (self);
}

TuttiSoundMaking *
tutti_sound_making_get (GTask *task)
{
  return g_task_get_task_data (task);
}

static void
remember (TuttiSoundMaking *self, const char *hash, TuttiSound *sound)
{
  Kept *kept;

  for (guint i = 0; i < self->kept->len; i++)
    if (g_str_equal (((Kept *) self->kept->pdata[i])->hash, hash))
      return;
  kept = g_new0 (Kept, 1);
  kept->hash = g_strdup (hash);
  kept->sound = g_object_ref (sound);
  g_ptr_array_add (self->kept, kept);
}

TuttiSoundInfo *
tutti_sound_making_keep (TuttiSoundMaking *self, TuttiSound *sound, GCancellable *cancellable, GError **error)
{
  g_autoptr(GBytes) flac = tutti_sound_flac_encode (sound, error);
  g_autoptr(TuttiSound) again = flac != NULL ? tutti_sound_flac_decode (flac, error) : NULL;
  g_autofree char *hash = NULL;
  TuttiSoundInfo *info;

  if (again == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  hash = tutti_sound_files_hash (flac);
  if (!tutti_sound_files_write (self->folder, hash, flac, error))
    return NULL;
  remember (self, hash, again);
  info = g_new0 (TuttiSoundInfo, 1);
  info->hash = g_steal_pointer (&hash);
  info->n_bytes = g_bytes_get_size (flac);
  info->n_frames = tutti_sound_get_n_frames (again);
  info->n_channels = tutti_sound_get_n_channels (again);
  return info;
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  TuttiSoundMaking *self = tutti_sound_making_get (task);
  GError *error = NULL;
  gpointer made = self->make (task, cancellable, &error);
  Outcome *outcome;

  if (made == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  outcome = g_new0 (Outcome, 1);
  outcome->made = made;
  outcome->free_made = self->free_made;
  outcome->kept = g_ptr_array_ref (self->kept);
  g_task_return_pointer (task, outcome, outcome_free);
}

void
tutti_sound_making_async (TuttiSoundLibrary *library, TuttiSoundMaking how, gpointer tag, TuttiSoundProgress progress,
                          gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (library, cancellable, callback, user_data);
  TuttiSoundMaking *self = g_memdup2 (&how, sizeof how);

  self->folder = g_strdup (tutti_sound_library_get_folder (library));
  self->reporter = tutti_sound_reporter_new (task, progress, progress_data);
  self->kept = g_ptr_array_new_with_free_func (kept_free);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, self, making_free);
  g_task_run_in_thread (task, work);
}

gpointer
tutti_sound_making_finish (TuttiSoundLibrary *library, GAsyncResult *result, GError **error)
{
  Outcome *outcome;
  gpointer made;

  g_return_val_if_fail (g_task_is_valid (result, library), NULL);

  outcome = g_task_propagate_pointer (G_TASK (result), error);
  if (outcome == NULL)
    return NULL;
  for (guint i = 0; i < outcome->kept->len; i++)
    {
      const Kept *kept = outcome->kept->pdata[i];

      tutti_sound_library_add (library, kept->hash, kept->sound);
    }
  made = g_steal_pointer (&outcome->made);
  outcome_free (outcome);
  return made;
}
