/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The asynchronous half of TuttiStore: each call copies its arguments and runs the synchronous one on the
 * backend's own thread. */
#include "tutti-store.h"

typedef struct
{
  char          *jam;
  TuttiStoreJam *meta;
  TuttiStoreOp  *ops;
  gsize          n_ops;
  char          *document;
  gint64         number;       /* seq, limit, mode or time, whichever the call has */
  gint64         now_us;
  gboolean       deleted;
} Call;

static void
call_free (gpointer data)
{
  Call *call = data;

  for (gsize i = 0; i < call->n_ops; i++)
    g_free (call->ops[i].text);
  g_free (call->ops);
  g_free (call->jam);
  g_free (call->document);
  g_clear_pointer (&call->meta, tutti_store_jam_free);
  g_free (call);
}

static void
start (TuttiStore *self, Call *call, TuttiStoreJob job, gpointer tag, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  /* What is committed is not called cancelled: the store's thread asks before it starts, never after. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, call, call_free);
  TUTTI_STORE_GET_IFACE (self)->submit (self, task, job);
}

static void
answer (GTask *task, gboolean ok, GError *error)
{
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

gboolean
tutti_store_write_finish (TuttiStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
update_job (TuttiStore *self, GTask *task, gpointer data)
{
  Call *call = data;
  GError *error = NULL;
  gboolean ok = tutti_store_update_jam (self, call->meta, &error);

  answer (task, ok, error);
}

void
tutti_store_update_jam_async (TuttiStore *self, const TuttiStoreJam *jam, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->meta = tutti_store_jam_copy (jam);
  start (self, call, update_job, tutti_store_update_jam_async, cancellable, callback, user_data);
}

static void
list_job (TuttiStore *self, GTask *task, gpointer data)
{
  Call *call = data;
  GError *error = NULL;
  GPtrArray *jams = tutti_store_list_jams (self, call->deleted, (guint) call->number, &error);

  if (jams != NULL)
    g_task_return_pointer (task, jams, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
tutti_store_list_jams_async (TuttiStore *self, gboolean deleted, guint limit, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->deleted = deleted;
  call->number = limit;
  start (self, call, list_job, tutti_store_list_jams_async, cancellable, callback, user_data);
}

GPtrArray *
tutti_store_list_jams_finish (TuttiStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
delete_job (TuttiStore *self, GTask *task, gpointer data)
{
  Call *call = data;
  GError *error = NULL;
  gboolean ok = tutti_store_delete_jam (self, call->jam, call->now_us, &error);

  answer (task, ok, error);
}

void
tutti_store_delete_jam_async (TuttiStore *self, const char *jam, gint64 now_us, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->jam = g_strdup (jam);
  call->now_us = now_us;
  start (self, call, delete_job, tutti_store_delete_jam_async, cancellable, callback, user_data);
}

static void
append_job (TuttiStore *self, GTask *task, gpointer data)
{
  Call *call = data;
  GError *error = NULL;
  gboolean ok = tutti_store_append (self, call->jam, call->ops, call->n_ops, &error);

  answer (task, ok, error);
}

void
tutti_store_append_async (TuttiStore *self, const char *jam, const TuttiStoreOp *ops, gsize n_ops,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->jam = g_strdup (jam);
  call->n_ops = n_ops;
  call->ops = g_memdup2 (ops, n_ops * sizeof *ops);
  for (gsize i = 0; i < n_ops; i++)
    call->ops[i].text = g_strdup (ops[i].text);
  start (self, call, append_job, tutti_store_append_async, cancellable, callback, user_data);
}

static void
snapshot_job (TuttiStore *self, GTask *task, gpointer data)
{
  Call *call = data;
  GError *error = NULL;
  gboolean ok = tutti_store_save_snapshot (self, call->jam, call->number, call->document, call->now_us, &error);

  answer (task, ok, error);
}

void
tutti_store_save_snapshot_async (TuttiStore *self, const char *jam, gint64 seq, const char *document, gint64 now_us,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->jam = g_strdup (jam);
  call->number = seq;
  call->document = g_strdup (document);
  call->now_us = now_us;
  start (self, call, snapshot_job, tutti_store_save_snapshot_async, cancellable, callback, user_data);
}

static void
load_job (TuttiStore *self, GTask *task, gpointer data)
{
  Call *call = data;
  GError *error = NULL;
  TuttiStoreLoaded *loaded = tutti_store_load (self, call->jam, (TuttiStoreLoadMode) call->number, &error);

  if (loaded != NULL)
    g_task_return_pointer (task, loaded, (GDestroyNotify) tutti_store_loaded_free);
  else
    g_task_return_error (task, error);
}

void
tutti_store_load_async (TuttiStore *self, const char *jam, TuttiStoreLoadMode mode, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  Call *call = g_new0 (Call, 1);

  call->jam = g_strdup (jam);
  call->number = mode;
  start (self, call, load_job, tutti_store_load_async, cancellable, callback, user_data);
}

TuttiStoreLoaded *
tutti_store_load_finish (TuttiStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
