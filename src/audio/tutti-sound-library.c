/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sound-library.h"
#include "tutti-sound-files.h"
#include "tutti-sound-flac.h"

typedef struct
{
  TuttiSoundState state;
  guint           percent;
  GWeakRef        sound;
  GPtrArray      *waiting;      /* (nullable) of GTask: who wants what is being decoded now */
} Entry;

struct _TuttiSoundLibrary
{
  GObject     parent_instance;

  char       *folder;
  GHashTable *entries;          /* hash → Entry */
  GQueue      recent;           /* of TuttiSound, owned; the newest first */
  gsize       memory, memory_max;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (TuttiSoundLibrary, tutti_sound_library, G_TYPE_OBJECT)

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_weak_ref_clear (&entry->sound);
  g_clear_pointer (&entry->waiting, g_ptr_array_unref);
  g_free (entry);
}

/* The disk is asked once for each hash. NULL for what is no hash. */
static Entry *
get_entry (TuttiSoundLibrary *self, const char *hash)
{
  Entry *entry;

  if (!tutti_sound_is_hash (hash))
    return NULL;
  entry = g_hash_table_lookup (self->entries, hash);
  if (entry != NULL)
    return entry;

  entry = g_new0 (Entry, 1);
  g_weak_ref_init (&entry->sound, NULL);
  if (tutti_sound_files_has (self->folder, hash))
    {
      entry->state = TUTTI_SOUND_STATE_HERE;
      entry->percent = 100;
    }
  g_hash_table_insert (self->entries, g_strdup (hash), entry);
  return entry;
}

static void
set_state (TuttiSoundLibrary *self, const char *hash, Entry *entry, TuttiSoundState state, guint percent)
{
  if (entry->state == state && entry->percent == percent)
    return;
  entry->state = state;
  entry->percent = percent;
  g_signal_emit (self, signals[CHANGED], 0, hash, state, percent);
}

/* --- memory --- */

static void
forget_oldest (TuttiSoundLibrary *self)
{
  TuttiSound *sound = g_queue_pop_tail (&self->recent);

  self->memory -= tutti_sound_get_n_bytes (sound);
  g_object_unref (sound);
}

/* Holds the sound as the newest; the oldest live on only where somebody else holds them. */
static void
hold (TuttiSoundLibrary *self, TuttiSound *sound)
{
  GList *held = g_queue_find (&self->recent, sound);

  if (held != NULL)
    {
      g_queue_unlink (&self->recent, held);
      g_queue_push_head_link (&self->recent, held);
      return;
    }
  g_queue_push_head (&self->recent, g_object_ref (sound));
  self->memory += tutti_sound_get_n_bytes (sound);
  while (self->memory > self->memory_max)
    forget_oldest (self);
}

TuttiSound *
tutti_sound_library_lookup (TuttiSoundLibrary *self, const char *hash)
{
  Entry *entry = get_entry (self, hash);
  TuttiSound *sound = entry != NULL ? g_weak_ref_get (&entry->sound) : NULL;

  if (sound != NULL)
    hold (self, sound);
  return sound;
}

void
tutti_sound_library_add (TuttiSoundLibrary *self, const char *hash, TuttiSound *sound)
{
  Entry *entry = get_entry (self, hash);

  g_return_if_fail (entry != NULL);

  g_weak_ref_set (&entry->sound, sound);
  hold (self, sound);
  set_state (self, hash, entry, TUTTI_SOUND_STATE_HERE, 100);
}

gsize
tutti_sound_library_get_memory (TuttiSoundLibrary *self)
{
  return self->memory;
}

/* --- loading and receiving --- */

typedef struct
{
  char   *folder;
  char   *hash;
  GBytes *bytes;                /* (nullable): from a peer; else they are on disk */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->folder);
  g_free (work->hash);
  g_clear_pointer (&work->bytes, g_bytes_unref);
  g_free (work);
}

static gboolean
is_named (GBytes *bytes, const char *hash, GError **error)
{
  g_autofree char *found = tutti_sound_files_hash (bytes);

  if (g_str_equal (found, hash))
    return TRUE;
  g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_DAMAGED, "The sound is not the one it claims to be");
  return FALSE;
}

/* The order is the promise: hash, then form, and only what passed both is written. */
static TuttiSound *
take (const Work *work, GError **error)
{
  g_autoptr(TuttiSound) sound = NULL;

  if (g_bytes_get_size (work->bytes) > TUTTI_SOUND_BYTES_MAX)
    {
      g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_TOO_LARGE, "The sound is larger than %d MiB",
                   TUTTI_SOUND_BYTES_MAX >> 20);
      return NULL;
    }
  if (!is_named (work->bytes, work->hash, error))
    return NULL;
  sound = tutti_sound_flac_decode (work->bytes, error);
  if (sound == NULL || !tutti_sound_files_write (work->folder, work->hash, work->bytes, error))
    return NULL;
  return g_steal_pointer (&sound);
}

static TuttiSound *
fetch (const Work *work, GError **error)
{
  g_autoptr(GBytes) bytes = tutti_sound_files_read (work->folder, work->hash, error);

  return bytes != NULL ? tutti_sound_flac_decode (bytes, error) : NULL;
}

static void
work_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Work *work = g_task_get_task_data (task);
  GError *error = NULL;
  TuttiSound *sound = work->bytes != NULL ? take (work, &error) : fetch (work, &error);

  if (sound != NULL)
    g_task_return_pointer (task, sound, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
answer_all (GPtrArray *waiting, TuttiSound *sound, const GError *error)
{
  for (guint i = 0; waiting != NULL && i < waiting->len; i++)
    if (sound != NULL)
      g_task_return_pointer (waiting->pdata[i], g_object_ref (sound), g_object_unref);
    else
      g_task_return_error (waiting->pdata[i], g_error_copy (error));
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  TuttiSoundLibrary *self = TUTTI_SOUND_LIBRARY (source);
  g_autofree char *hash = data;
  Entry *entry = get_entry (self, hash);
  g_autoptr(GPtrArray) waiting = g_steal_pointer (&entry->waiting);
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiSound) sound = g_task_propagate_pointer (G_TASK (result), &error);

  if (sound != NULL)
    tutti_sound_library_add (self, hash, sound);
  else
    set_state (self, hash, entry, TUTTI_SOUND_STATE_MISSING, 0);
  answer_all (waiting, sound, error);
}

/* Not cancellable: another caller may wait for the same sound. Each caller's own task is. */
static void
run (TuttiSoundLibrary *self, const char *hash, GBytes *bytes, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr(GTask) task = g_task_new (self, NULL, callback, data);
  Work *work = g_new0 (Work, 1);

  work->folder = g_strdup (self->folder);
  work->hash = g_strdup (hash);
  work->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, work_in_thread);
}

void
tutti_sound_library_load_async (TuttiSoundLibrary *self, const char *hash, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);
  Entry *entry = get_entry (self, hash);
  TuttiSound *sound = tutti_sound_library_lookup (self, hash);

  g_task_set_source_tag (task, tutti_sound_library_load_async);
  if (sound != NULL)
    g_task_return_pointer (task, sound, g_object_unref);
  else if (entry == NULL || entry->state != TUTTI_SOUND_STATE_HERE)
    g_task_return_new_error (task, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_MISSING, "This sound is not on this machine");
  else if (entry->waiting != NULL)
    g_ptr_array_add (entry->waiting, g_steal_pointer (&task));
  else
    {
      entry->waiting = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (entry->waiting, g_steal_pointer (&task));
      run (self, hash, NULL, on_loaded, g_strdup (hash));
    }
}

TuttiSound *
tutti_sound_library_load_finish (TuttiSoundLibrary *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_received (GObject *source, GAsyncResult *result, gpointer data)
{
  TuttiSoundLibrary *self = TUTTI_SOUND_LIBRARY (source);
  g_autoptr(GTask) task = data;
  const char *hash = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(TuttiSound) sound = g_task_propagate_pointer (G_TASK (result), &error);

  if (sound != NULL)
    {
      tutti_sound_library_add (self, hash, sound);
      g_task_return_pointer (task, g_steal_pointer (&sound), g_object_unref);
      return;
    }
  tutti_sound_library_give_up (self, hash);
  g_task_return_error (task, error);
}

void
tutti_sound_library_receive_async (TuttiSoundLibrary *self, const char *hash, GBytes *bytes, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tutti_sound_library_receive_async);
  if (!tutti_sound_is_hash (hash))
    {
      g_task_return_new_error (task, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_MISSING, "This is not the name of a sound");
      return;
    }
  g_task_set_task_data (task, g_strdup (hash), g_free);
  run (self, hash, bytes, on_received, g_steal_pointer (&task));
}

/* --- what is on its way --- */

TuttiSoundState
tutti_sound_library_get_state (TuttiSoundLibrary *self, const char *hash, guint *percent)
{
  const Entry *entry = get_entry (self, hash);

  if (percent != NULL)
    *percent = entry != NULL ? entry->percent : 0;
  return entry != NULL ? entry->state : TUTTI_SOUND_STATE_MISSING;
}

void
tutti_sound_library_set_received (TuttiSoundLibrary *self, const char *hash, guint64 received, guint64 total)
{
  Entry *entry = get_entry (self, hash);
  double share = total > 0 ? (double) received / (double) total : 0.0;

  if (entry != NULL && entry->state != TUTTI_SOUND_STATE_HERE)
    set_state (self, hash, entry, TUTTI_SOUND_STATE_ON_ITS_WAY, (guint) (CLAMP (share, 0.0, 1.0) * 100.0));
}

void
tutti_sound_library_give_up (TuttiSoundLibrary *self, const char *hash)
{
  Entry *entry = get_entry (self, hash);

  if (entry != NULL && entry->state != TUTTI_SOUND_STATE_HERE)
    set_state (self, hash, entry, TUTTI_SOUND_STATE_MISSING, 0);
}

/* --- the object --- */

TuttiSoundLibrary *
tutti_sound_library_new (const char *folder, gsize memory_max)
{
  TuttiSoundLibrary *self = g_object_new (TUTTI_TYPE_SOUND_LIBRARY, NULL);

  self->folder = g_strdup (folder);
  self->memory_max = memory_max;
  return self;
}

const char *
tutti_sound_library_get_folder (TuttiSoundLibrary *self)
{
  return self->folder;
}

static void
tutti_sound_library_finalize (GObject *object)
{
  TuttiSoundLibrary *self = TUTTI_SOUND_LIBRARY (object);

  while (!g_queue_is_empty (&self->recent))
    forget_oldest (self);
  g_hash_table_unref (self->entries);
  g_free (self->folder);

  G_OBJECT_CLASS (tutti_sound_library_parent_class)->finalize (object);
}

static void
tutti_sound_library_class_init (TuttiSoundLibraryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tutti_sound_library_finalize;

  signals[CHANGED] = g_signal_new ("changed", TUTTI_TYPE_SOUND_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_INT, G_TYPE_UINT);
}

static void
tutti_sound_library_init (TuttiSoundLibrary *self)
{
  g_queue_init (&self->recent);
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
}
