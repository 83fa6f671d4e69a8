/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-hosting-sounds.h"

#include "tutti-sound-files.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

struct _TuttiHostingSounds
{
  TuttiSoundLibrary *library;      /* owned; used in @home alone */
  GMainContext      *home;
  char              *folder;
};

TuttiHostingSounds *
tutti_hosting_sounds_new (TuttiSoundLibrary *library, GMainContext *home)
{
  TuttiHostingSounds *self = g_new0 (TuttiHostingSounds, 1);

  self->library = g_object_ref (library);
  self->home = g_main_context_ref (home);
  self->folder = g_strdup (tutti_sound_library_get_folder (library));
  return self;
}

void
tutti_hosting_sounds_free (TuttiHostingSounds *self)
{
  g_object_unref (self->library);
  g_main_context_unref (self->home);
  g_free (self->folder);
  g_free (self);
}

/* Sounds lie in folders of a folder. */
static gint64
count_bytes (const char *path, guint depth)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  gint64 bytes = 0;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      GStatBuf info;

      if (g_lstat (child, &info) == 0 && S_ISREG (info.st_mode))
        bytes += info.st_size;
      else if (depth > 0 && g_file_test (child, G_FILE_TEST_IS_DIR))
        bytes += count_bytes (child, depth - 1);
    }
  return bytes;
}

gint64
tutti_hosting_sounds_count_bytes (gpointer sounds)
{
  const TuttiHostingSounds *self = sounds;

  return count_bytes (self->folder, 2);
}

static void
map_file (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr(GMappedFile) file = g_mapped_file_new (data, FALSE, &error);

  if (file != NULL)
    g_task_return_pointer (task, g_mapped_file_get_bytes (file), (GDestroyNotify) g_bytes_unref);
  else
    {
      g_error_free (error);
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "this sound is not here");
    }
}

static void
lookup_async (gpointer data, const char *sha256, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  TuttiHostingSounds *self = data;
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, lookup_async);
  g_task_set_task_data (task, tutti_sound_files_path (self->folder, sha256), g_free);
  g_task_run_in_thread (task, map_file);
}

static GBytes *
lookup_finish (gpointer data, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Whoever is in the jam may bring what nobody has yet; the size is bounded and the content verified before it is kept. */
static gboolean
wanted (gpointer data, const char *sha256)
{
  TuttiHostingSounds *self = data;
  g_autofree char *path = tutti_sound_files_path (self->folder, sha256);

  /* Who is told that it is here names it next: until then it must not be thrown out. */
  tutti_sound_files_touch (self->folder, sha256);
  return !g_file_test (path, G_FILE_TEST_EXISTS);
}

typedef struct
{
  TuttiSoundLibrary *library;      /* owned */
  char              *sha256;
  GBytes            *content;
} Upload;

static void
free_upload (gpointer data)
{
  Upload *upload = data;

  g_object_unref (upload->library);
  g_free (upload->sha256);
  g_bytes_unref (upload->content);
  g_free (upload);
}

static void
on_received (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;
  g_autoptr(TuttiSound) sound = tutti_sound_library_load_finish (TUTTI_SOUND_LIBRARY (source), result, &error);

  if (sound != NULL)
    g_task_return_boolean (task, TRUE);
  else if (g_error_matches (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_FAILED))
    g_task_return_error (task, error);
  else
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s", error->message);
      g_error_free (error);
    }
}

static gboolean
receive_home (gpointer data)
{
  GTask *task = data;
  Upload *upload = g_task_get_task_data (task);

  tutti_sound_library_receive_async (upload->library, upload->sha256, upload->content, g_task_get_cancellable (task),
                                     on_received, g_object_ref (task));
  return G_SOURCE_REMOVE;
}

static void
store_async (gpointer data, const char *sha256, GBytes *content, GCancellable *cancellable, GAsyncReadyCallback callback,
             gpointer user_data)
{
  TuttiHostingSounds *self = data;
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Upload *upload = g_new0 (Upload, 1);
  g_autoptr(GSource) source = g_idle_source_new ();

  *upload = (Upload) { g_object_ref (self->library), g_strdup (sha256), g_bytes_ref (content) };
  g_task_set_source_tag (task, store_async);
  g_task_set_task_data (task, upload, free_upload);
  g_source_set_callback (source, receive_home, task, g_object_unref);
  g_source_attach (source, self->home);
}

static gboolean
store_finish (gpointer data, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

const TuttiSampleProvider *
tutti_hosting_sounds_provider (void)
{
  static const TuttiSampleProvider provider = { lookup_async, lookup_finish, wanted, store_async, store_finish };

  return &provider;
}
