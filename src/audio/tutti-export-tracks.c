/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each track as a file of its own: one export after the other of a copy of the jam in which nothing else is heard. */
#include "tutti-export-private.h"

#include "tutti-files.h"

#include <errno.h>
#include <glib/gstdio.h>

/* The data of the task. */
typedef struct
{
  TuttiJam           *jam;             /* owned: as it is to be heard */
  TuttiSoundBank     *bank;            /* owned */
  char               *path, *part;     /* owned: the folder, and what is filled meanwhile (NULL when there is none) */
  TuttiExportOptions  options;         /* of one file */
  guint               index, n_done, n;  /* which track; how many files of how many */
  TuttiExportProgress progress;
  gpointer            progress_data;
} Tracks;

static void
tracks_free (gpointer data)
{
  Tracks *self = data;

  if (self->part != NULL)
    tutti_remove_tree (self->part);
  g_free (self->part);
  g_free (self->path);
  tutti_jam_free (self->jam);
  g_object_unref (self->bank);
  g_free (self);
}

/* The task's last word; @task is gone after it. What was written meanwhile goes first. */
static void
fail (GTask *task, GError *error)
{
  Tracks *self = g_task_get_task_data (task);

  if (self->part != NULL)
    tutti_remove_tree (self->part);
  g_clear_pointer (&self->part, g_free);
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
fail_place (GTask *task, int why)
{
  const Tracks *self = g_task_get_task_data (task);

  fail (task, g_error_new (TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_PLACE, "“%s” cannot be written: %s", self->path, g_strerror (why)));
}

static void
finish (GTask *task)
{
  Tracks *self = g_task_get_task_data (task);

  if (g_rename (self->part, self->path) != 0)
    {
      fail_place (task, errno);
      return;
    }
  g_clear_pointer (&self->part, g_free);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* ---- one after the other ---- */

static void
on_progress (double done, gpointer data)
{
  const Tracks *self = data;

  if (self->progress != NULL)
    self->progress (CLAMP ((self->n_done + done) / self->n, 0, 1), self->progress_data);
}

/* "02 Snare.wav": in their order, and no two alike. (transfer full) */
static GFile *
file_of (const Tracks *self)
{
  g_autofree char *plain = g_strdelimit (g_strdup (self->jam->tracks[self->index]->name), "/", '-');
  g_autofree char *stem = g_strdup_printf ("%02u %s", self->index + 1, plain);
  g_autofree char *name = g_strconcat (g_strchomp (stem), tutti_export_format_info (self->options.format)->ending, NULL);
  g_autofree char *path = g_build_filename (self->part, name, NULL);

  return g_file_new_for_path (path);
}

static void on_exported (GObject *source, GAsyncResult *result, gpointer data);

/* The next track that sounds, or the end. */
static void
go_on (GTask *task)
{
  Tracks *self = g_task_get_task_data (task);

  while (self->index < self->jam->n_tracks && !tutti_export_sounds (self->jam, self->index))
    self->index++;
  if (self->index == self->jam->n_tracks)
    {
      finish (task);
      return;
    }
  g_autoptr(GFile) file = file_of (self);
  g_autoptr(TuttiJam) only = tutti_export_only (self->jam, self->index);

  tutti_export_file_async (only, self->bank, file, &self->options, on_progress, self, g_task_get_cancellable (task), on_exported, task);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Tracks *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!tutti_export_finish (result, &error))
    {
      fail (task, error);
      return;
    }
  self->n_done++;
  self->index++;
  go_on (task);
}

/* ---- before the first ---- */

static gboolean
check (const Tracks *self, GError **error)
{
  TuttiExportSpan span;

  if (self->path == NULL)
    g_set_error_literal (error, TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_PLACE, "An export goes to a folder of this machine");
  else if (g_file_test (self->path, G_FILE_TEST_EXISTS))
    g_set_error (error, TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_TAKEN, "“%s” is there already", self->path);
  else if (self->n == 0)
    g_set_error_literal (error, TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_SILENT, "No track is heard, so there is no file to make");
  else
    return tutti_export_span (self->jam, &self->options, &span, error);
  return FALSE;
}

/* Beside the folder that is asked for, so that it can be there at once with all in it. 0, or an errno: there is no place. */
static int
make_part (Tracks *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path), *name = g_path_get_basename (self->path);
  g_autofree char *hidden = g_strdup_printf (".%.200s.%08x", name, g_random_int ());
  g_autofree char *part = g_build_filename (folder, hidden, NULL);

  if (g_mkdir (part, 0777) != 0)
    return errno;
  self->part = g_steal_pointer (&part);
  return 0;
}

static void
begin (GTask *task)
{
  Tracks *self = g_task_get_task_data (task);
  TuttiExportOptions all = self->options;
  GError *error = NULL;
  int why = 0;

  all.each_track = TRUE;
  if (!check (self, &error))
    fail (task, error);
  else if ((why = make_part (self)) != 0)
    fail_place (task, why);
  else if (tutti_export_format_info (all.format)->frame_bytes != 0 &&
           !tutti_export_has_room (self->part, self->path, tutti_export_bytes (self->jam, &all), &error))
    fail (task, error);
  else
    go_on (task);
}

void
tutti_export_tracks_async (const TuttiJam *jam, TuttiSoundBank *bank, GFile *folder, const TuttiExportOptions *options,
                           TuttiExportProgress progress, gpointer progress_data, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Tracks *self = g_new0 (Tracks, 1);

  g_task_set_source_tag (task, tutti_export_async);
  g_task_set_task_data (task, self, tracks_free);
  /* What is finished is finished, whenever somebody cancels. */
  g_task_set_check_cancellable (task, FALSE);
  self->jam = tutti_export_play_from_start (jam);
  self->bank = g_object_ref (bank);
  self->path = g_file_get_path (folder);
  self->options = *options;
  self->options.each_track = FALSE;
  self->progress = progress;
  self->progress_data = progress_data;
  self->n = tutti_export_count_tracks (jam);
  begin (task);
}
