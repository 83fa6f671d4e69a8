/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sounds between machines: what tracks name and this machine lacks is fetched from the host, one at a time, in the background;
 * what is imported here is brought to the host before anyone hears of it. */
#include "tutti-session-private.h"

#include "tutti-backoff.h"
#include "tutti-sample-transfer.h"
#include "tutti-sound-files.h"
#include "tutti-sound-import.h"

#include <string.h>

/* How often the same sound is tried before it counts as not to be had; a busy host or a lost line is nobody's fault. */
#define TRIES_MAX 5

/* Well within the day after which an unused sound is thrown out. */
#define FRESHEN_EVERY_S 3600

struct _TuttiSoundMover
{
  TuttiSession *session;           /* borrowed: the mover's owner */
  GCancellable *cancellable;       /* owned: ends with the mover */
  char         *fetching;          /* hash under way, NULL none */
  GHashTable   *failed;            /* hashes not to be asked for again on this connection */
  guint         tries;             /* of the one under way that came to nothing */
  guint         retry;             /* source */
  guint         freshening;        /* source */
  GPtrArray    *waiting;           /* of GSource: imports that will be brought again */
};

static gboolean
is_worth_another_try (const GError *error, guint tries)
{
  return tries < TRIES_MAX && (g_error_matches (error, TUTTI_TRANSFER_ERROR, TUTTI_TRANSFER_ERROR_FAILED) ||
                               g_error_matches (error, TUTTI_TRANSFER_ERROR, TUTTI_TRANSFER_ERROR_BUSY));
}

static void
freshen_sound (const char *sound, gpointer folder)
{
  if (g_str_has_prefix (sound, "sha:"))
    tutti_sound_files_touch (folder, sound + 4);
}

/* A jam that is only visited is not in the store, which is asked before a sound that nobody used for a day is thrown out. */
static gboolean
on_freshen (gpointer data)
{
  TuttiSoundMover *mover = data;
  const TuttiJam *jam = tutti_session_get_jam (mover->session);
  const char *folder = tutti_sound_library_get_folder (tutti_studio_get_library (mover->session->studio));

  for (guint i = 0; jam != NULL && i < jam->n_tracks; i++)
    tutti_track_visit_sounds (jam->tracks[i], freshen_sound, (gpointer) folder);
  return G_SOURCE_CONTINUE;
}

TuttiSoundMover *
tutti_sound_mover_new (TuttiSession *session)
{
  TuttiSoundMover *mover = g_new0 (TuttiSoundMover, 1);

  mover->session = session;
  mover->cancellable = g_cancellable_new ();
  mover->failed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  mover->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) g_source_unref);
  mover->freshening = g_timeout_add_seconds (FRESHEN_EVERY_S, on_freshen, mover);
  return mover;
}

void
tutti_sound_mover_free (TuttiSoundMover *mover)
{
  g_clear_handle_id (&mover->retry, g_source_remove);
  g_clear_handle_id (&mover->freshening, g_source_remove);
  /* They find at once that the jam was left, and say so. */
  for (guint i = 0; i < mover->waiting->len; i++)
    g_source_set_ready_time (mover->waiting->pdata[i], 0);
  g_ptr_array_unref (mover->waiting);
  g_cancellable_cancel (mover->cancellable);
  g_object_unref (mover->cancellable);
  g_hash_table_unref (mover->failed);
  g_free (mover->fetching);
  g_free (mover);
}

static TuttiSoundLibrary *
library (TuttiSoundMover *mover)
{
  return tutti_studio_get_library (mover->session->studio);
}

typedef struct
{
  TuttiSoundMover *mover;
  const char      *found;      /* hash, lent by the document */
} Missing;

static void
look_for_missing (const char *sound, gpointer user)
{
  Missing *missing = user;

  if (missing->found == NULL && g_str_has_prefix (sound, "sha:") && !g_hash_table_contains (missing->mover->failed, sound + 4) &&
      tutti_sound_library_get_state (library (missing->mover), sound + 4, NULL) == TUTTI_SOUND_STATE_MISSING)
    missing->found = sound + 4;
}

/* The next sound that a track names and that is not here; NULL when all are, or nothing can be asked for. */
static const char *
next_missing (TuttiSoundMover *mover)
{
  const TuttiJam *jam = tutti_session_get_jam (mover->session);

  Missing missing = { mover, NULL };

  for (guint i = 0; jam != NULL && i < jam->n_tracks && missing.found == NULL; i++)
    tutti_track_visit_sounds (jam->tracks[i], look_for_missing, &missing);
  return missing.found;
}

static void
on_progress (guint64 done, guint64 total, gpointer data)
{
  TuttiSoundMover *mover = data;

  tutti_sound_library_set_received (library (mover), mover->fetching, done, total);
}

/* One sound is dealt with, well or not: on to the next. */
static void
done (TuttiSoundMover *mover, const GError *error)
{
  if (error != NULL)
    {
      g_message ("A sound did not come: %s", error->message);
      tutti_sound_library_give_up (library (mover), mover->fetching);
      g_hash_table_add (mover->failed, g_strdup (mover->fetching));
    }
  g_clear_pointer (&mover->fetching, g_free);
  mover->tries = 0;
  tutti_sound_mover_look (mover);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GError) error = NULL;
  TuttiSound *sound = tutti_sound_library_load_finish (TUTTI_SOUND_LIBRARY (source), result, &error);

  g_clear_object (&sound);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    done (data, error);
}

static void fetch (TuttiSoundMover *mover);

static gboolean
on_retry (gpointer data)
{
  TuttiSoundMover *mover = data;

  mover->retry = 0;
  fetch (mover);
  return G_SOURCE_REMOVE;
}

static void
on_downloaded (GObject *source, GAsyncResult *result, gpointer data)
{
  TuttiSoundMover *mover = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = tutti_sample_download_finish (result, &error);

  /* A mover that is gone cancelled first. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (bytes == NULL && is_worth_another_try (error, ++mover->tries))
    mover->retry = g_timeout_add (tutti_backoff_ms (mover->tries - 1, g_random_int ()), on_retry, mover);
  else if (bytes == NULL)
    done (mover, error);
  else
    tutti_sound_library_receive_async (library (mover), mover->fetching, bytes, mover->cancellable, on_kept, mover);
}

void
tutti_sound_mover_look (TuttiSoundMover *mover)
{
  TuttiSession *session = mover->session;
  const char *hash = next_missing (mover);

  /* Who only looks on may not have the sounds, and plays none. */
  if (session->hosting != NULL || session->address == NULL || mover->fetching != NULL || hash == NULL ||
      tutti_studio_is_watching (session->studio))
    return;
  mover->fetching = g_strdup (hash);
  fetch (mover);
}

static void
fetch (TuttiSoundMover *mover)
{
  TuttiSession *session = mover->session;
  g_autofree char *token = tutti_studio_dup_token (session->studio, session->jam_id);
  TuttiTransfer transfer = { session->address, session->fingerprint, token, mover->fetching, on_progress, mover };

  tutti_sample_download_async (&transfer, mover->cancellable, on_downloaded, mover);
}

void
tutti_sound_mover_look_again (TuttiSoundMover *mover)
{
  gboolean waiting = mover->retry != 0;

  g_hash_table_remove_all (mover->failed);
  mover->tries = 0;
  g_clear_handle_id (&mover->retry, g_source_remove);
  if (waiting)
    fetch (mover);
  else
    tutti_sound_mover_look (mover);
}

/* ---- bringing some ---- */

typedef struct
{
  TuttiSession   *session;         /* owned */
  GPtrArray      *infos;           /* owned: of TuttiSoundInfo */
  TuttiNameSounds name;            /* what names them after they were added … */
  gpointer        data;            /* … from this, owned */
  GDestroyNotify  free_data;
  guint           at;              /* of the one on its way */
  guint           tries;           /* to bring it, that came to nothing */
} Bringing;

static void
bringing_free (gpointer data)
{
  Bringing *bringing = data;

  g_object_unref (bringing->session);
  g_ptr_array_unref (bringing->infos);
  bringing->free_data (bringing->data);
  g_free (bringing);
}

static const TuttiSoundInfo *
get_info (const Bringing *bringing, guint index)
{
  return bringing->infos->pdata[index];
}

/* That they are there, and what names them. */
static gboolean
submit_names (const Bringing *bringing, GError **error)
{
  g_autoptr(GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free);
  TuttiOp *group;

  for (guint i = 0; i < bringing->infos->len; i++)
    {
      const TuttiSoundInfo *info = get_info (bringing, i);

      g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_SOUND_ADD, info->hash, info->name, TUTTI_N (info->n_frames),
                                          TUTTI_N (info->n_channels)));
    }
  if (!tutti_session_is_alive (bringing->session, error) || !bringing->name (bringing->session, bringing->data, ops, error))
    return FALSE;
  group = tutti_op_group_new ();
  while (ops->len > 0)
    tutti_op_group_add (group, g_ptr_array_steal_index (ops, 0));
  return tutti_session_submit (bringing->session, group, error);
}

/* Everyone can fetch them now: the document may name them. */
static void
name_them (GTask *task)
{
  GError *error = NULL;

  if (submit_names (g_task_get_task_data (task), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

static void upload (GTask *task);

static gboolean
on_upload_retry (gpointer data)
{
  Bringing *bringing = g_task_get_task_data (data);
  TuttiSoundMover *mover = bringing->session->mover;

  /* A jam that was left meanwhile says so when the sounds are named. */
  if (mover == NULL)
    {
      name_them (data);
      return G_SOURCE_REMOVE;
    }
  g_ptr_array_remove_fast (mover->waiting, g_main_current_source ());
  upload (data);
  return G_SOURCE_REMOVE;
}

static void
upload_later (TuttiSoundMover *mover, GTask *task, guint tries)
{
  GSource *source = g_timeout_source_new (tutti_backoff_ms (tries - 1, g_random_int ()));

  g_source_set_callback (source, on_upload_retry, task, NULL);
  g_source_attach (source, g_task_get_context (task));
  g_ptr_array_add (mover->waiting, source);
}

static void
on_uploaded (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Bringing *bringing = g_task_get_task_data (task);
  GError *error = NULL;

  /* NOT_WANTED: the host has it already. */
  if (tutti_sample_upload_finish (result, &error) ||
      g_error_matches (error, TUTTI_TRANSFER_ERROR, TUTTI_TRANSFER_ERROR_NOT_WANTED))
    {
      g_clear_error (&error);
      bringing->tries = 0;
      bringing->at++;
      upload (task);
      return;
    }
  if (bringing->session->mover != NULL && is_worth_another_try (error, ++bringing->tries))
    {
      g_clear_error (&error);
      upload_later (bringing->session->mover, task, bringing->tries);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
remember (TuttiSession *session, const TuttiSoundInfo *info)
{
  TuttiStoreSample row = { .hash = info->hash, .name = info->name, .n_bytes = (gint64) info->n_bytes,
                           .n_frames = (gint64) info->n_frames, .n_channels = (int) info->n_channels,
                           .used_us = g_get_real_time () };
  g_autoptr(GError) error = NULL;

  if (!tutti_store_put_sample (tutti_studio_get_store (session->studio), &row, &error))
    g_warning ("The sound is kept, but not in the index: %s", error->message);
}

static void
upload (GTask *task)
{
  Bringing *bringing = g_task_get_task_data (task);
  TuttiSession *session = bringing->session;
  const char *folder = tutti_sound_library_get_folder (tutti_studio_get_library (session->studio));
  g_autofree char *token = tutti_studio_dup_token (session->studio, session->jam_id);
  g_autoptr(GBytes) bytes = NULL;
  GError *error = NULL;

  /* Without a host elsewhere there is nobody to bring them to; a jam that was left meanwhile says so when they are named. */
  if (bringing->at == bringing->infos->len || session->hosting != NULL || session->address == NULL)
    {
      name_them (task);
      return;
    }
  const char *hash = get_info (bringing, bringing->at)->hash;
  TuttiTransfer transfer = { session->address, session->fingerprint, token, hash, NULL, NULL };

  bytes = tutti_sound_files_read (folder, hash, &error);
  if (bytes != NULL)
    {
      tutti_sample_upload_async (&transfer, bytes, g_task_get_cancellable (task), on_uploaded, task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

void
tutti_session_bring_sounds (TuttiSession *self, GPtrArray *infos, TuttiNameSounds name, gpointer data, GDestroyNotify free_data,
                            GTask *task)
{
  Bringing *bringing = g_new0 (Bringing, 1);

  bringing->session = g_object_ref (self);
  bringing->infos = g_ptr_array_ref (infos);
  bringing->name = name;
  bringing->data = data;
  bringing->free_data = free_data;
  g_task_set_task_data (task, bringing, bringing_free);
  for (guint i = 0; i < infos->len; i++)
    remember (self, infos->pdata[i]);
  upload (task);
}

/* ---- a file ---- */

typedef struct
{
  TuttiId track;                   /* none: only added */
  char   *sound;                   /* owned */
} Put;

static void
put_free (gpointer data)
{
  g_free (((Put *) data)->sound);
  g_free (data);
}

static gboolean
put_on_track (TuttiSession *session, gpointer data, GPtrArray *ops, GError **error)
{
  const Put *put = data;

  if (!tutti_id_is_none (put->track))
    g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_TRACK_SOUND, put->track, put->sound));
  return TRUE;
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  g_autoptr(GPtrArray) infos = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_sound_info_free);
  GError *error = NULL;
  TuttiSoundInfo *info = tutti_sound_import_finish (TUTTI_SOUND_LIBRARY (source), result, &error);
  Put *put;

  if (info == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_ptr_array_add (infos, info);
  put = g_new0 (Put, 1);
  put->track = *(TuttiId *) g_task_get_task_data (task);
  put->sound = g_strconcat ("sha:", info->hash, NULL);
  tutti_session_bring_sounds (g_task_get_source_object (task), infos, put_on_track, put, put_free, task);
}

void
tutti_session_import_async (TuttiSession *self, GFile *file, TuttiId track, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tutti_session_import_async);
  g_task_set_task_data (task, g_memdup2 (&track, sizeof track), g_free);
  tutti_sound_import_async (tutti_studio_get_library (self->studio), file, NULL, NULL, cancellable, on_imported, task);
}

gboolean
tutti_session_import_finish (TuttiSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
