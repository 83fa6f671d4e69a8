/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-upkeep.h"

#include "tutti-sound-files.h"

#include <glib/gstdio.h>
#include <string.h>

#define FIRST_AFTER_S 60
#define EVERY_S (6 * 60 * 60)
#define HASH_HEX 64

typedef struct
{
  TuttiStore         *store;       /* owned */
  char               *folder;      /* owned: of the sounds */
  gint64              now_us;
  GHashTable         *used;        /* hash → gint64 us, as the index has it */
  TuttiUpkeepFigures *figures;     /* borrowed */
} Upkeep;

/* ---- sounds ---- */

/* (transfer full) (nullable) The hash that a file of the folder is called by; a file being written is called otherwise. */
static char *
hash_of (const char *name)
{
  if (strlen (name) != HASH_HEX + strlen (".flac") || !g_str_has_suffix (name, ".flac") ||
      strspn (name, "0123456789abcdef") != HASH_HEX)
    return NULL;
  return g_strndup (name, HASH_HEX);
}

/* Whether the file was brought, or somebody asked for it, within the last day. */
static gboolean
is_fresh (const Upkeep *self, const char *path, guint64 *n_bytes)
{
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    return TRUE;
  *n_bytes = (guint64) info.st_size;
  return self->now_us - (gint64) info.st_mtime * G_USEC_PER_SEC < TUTTI_UPKEEP_SOUND_KEPT_US;
}

static gboolean
is_used (const Upkeep *self, const char *hash)
{
  const gint64 *used_us = g_hash_table_lookup (self->used, hash);

  return used_us != NULL && self->now_us - *used_us < TUTTI_UPKEEP_SOUND_KEPT_US;
}

static gboolean
look_at_sound (Upkeep *self, const char *hash, GError **error)
{
  g_autofree char *path = tutti_sound_files_path (self->folder, hash);
  gboolean named = TRUE;
  guint64 n_bytes = 0;

  if (is_fresh (self, path, &n_bytes) || is_used (self, hash))
    return TRUE;
  if (!tutti_store_names_sample (self->store, hash, &named, error))
    return FALSE;
  /* Asking took a while: somebody may want it again. */
  if (named || is_fresh (self, path, &n_bytes) || g_unlink (path) != 0)
    return TRUE;
  self->figures->n_sounds++;
  self->figures->n_bytes += n_bytes;
  return tutti_store_drop_sample (self->store, hash, error);
}

static gboolean
look_into (Upkeep *self, const char *below, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, below, NULL);
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  gboolean ok = TRUE;
  const char *name;

  while (ok && dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *hash = hash_of (name);

      ok = hash == NULL || look_at_sound (self, hash, error);
    }
  return ok;
}

static gboolean
read_index (Upkeep *self, GError **error)
{
  g_autoptr(GPtrArray) samples = tutti_store_list_samples (self->store, error);

  for (guint i = 0; samples != NULL && i < samples->len; i++)
    {
      const TuttiStoreSample *sample = samples->pdata[i];

      g_hash_table_insert (self->used, g_strdup (sample->hash), g_memdup2 (&sample->used_us, sizeof sample->used_us));
    }
  return samples != NULL;
}

static gboolean
sweep_sounds (Upkeep *self, GError **error)
{
  g_autoptr(GDir) dir = g_dir_open (self->folder, 0, NULL);
  gboolean ok = read_index (self, error);
  const char *name;

  while (ok && dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    ok = look_into (self, name, error);
  return ok;
}

gboolean
tutti_upkeep_run (TuttiStore *store, const char *sounds, gint64 now_us, TuttiUpkeepFigures *figures, GError **error)
{
  Upkeep self = { store, (char *) sounds, now_us, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free), figures };
  guint n_jams = 0;
  gboolean ok = tutti_store_purge (store, now_us - TUTTI_UPKEEP_DELETED_KEPT_US, &n_jams, error);

  figures->n_jams += n_jams;
  ok = ok && sweep_sounds (&self, error);
  g_hash_table_unref (self.used);
  return ok;
}

/* ---- from time to time ---- */

static void
free_upkeep (gpointer data)
{
  Upkeep *self = data;

  g_object_unref (self->store);
  g_free (self->folder);
  g_free (self);
}

static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Upkeep *self = data;
  TuttiUpkeepFigures figures = { 0 };
  g_autoptr(GError) error = NULL;

  if (!tutti_upkeep_run (self->store, self->folder, g_get_real_time (), &figures, &error))
    g_message ("What is not needed any more could not all be thrown out: %s", error->message);
  if (figures.n_jams + figures.n_sounds > 0)
    g_message ("Thrown out: %u jams that were deleted long ago; %u sounds that no jam names, %" G_GUINT64_FORMAT " bytes",
               figures.n_jams, figures.n_sounds, figures.n_bytes);
  g_task_return_boolean (task, TRUE);
}

static void
begin (TuttiStudio *studio)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, NULL, NULL);
  Upkeep *self = g_new0 (Upkeep, 1);

  self->store = g_object_ref (tutti_studio_get_store (studio));
  self->folder = g_strdup (tutti_sound_library_get_folder (tutti_studio_get_library (studio)));
  g_task_set_source_tag (task, begin);
  g_task_set_task_data (task, self, free_upkeep);
  g_task_run_in_thread (task, run);
}

struct _TuttiUpkeepClock
{
  TuttiStudio *studio;         /* borrowed */
  guint        source;
};

static gboolean
on_time (gpointer data)
{
  TuttiUpkeepClock *self = data;

  begin (self->studio);
  self->source = g_timeout_add_seconds (EVERY_S, on_time, self);
  return G_SOURCE_REMOVE;
}

TuttiUpkeepClock *
tutti_upkeep_start (TuttiStudio *studio)
{
  TuttiUpkeepClock *self = g_new0 (TuttiUpkeepClock, 1);

  self->studio = studio;
  self->source = g_timeout_add_seconds (FIRST_AFTER_S, on_time, self);
  return self;
}

void
tutti_upkeep_stop (TuttiUpkeepClock *self)
{
  g_source_remove (self->source);
  g_free (self);
}
