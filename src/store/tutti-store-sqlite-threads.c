/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store's own thread, and the one that moves the log into the file. */
#include "tutti-store-sqlite-private.h"

/* Pages in the log (4 MiB) that are worth a checkpoint. */
#define CHECKPOINT_PAGES 1000

/* --- checkpoints --- */

static int
on_committed (void *data, sqlite3 *db, const char *schema, int n_pages)
{
  TuttiStoreSqlite *self = data;

  if (n_pages < CHECKPOINT_PAGES)
    return SQLITE_OK;
  g_mutex_lock (&self->checkpoint_lock);
  self->wants_checkpoint = TRUE;
  g_cond_signal (&self->checkpoint_wanted);
  g_mutex_unlock (&self->checkpoint_lock);
  return SQLITE_OK;
}

/* Passive: what is in use is left for the next time, and so is a store that cannot be opened just now. A disk error shows at the next
 * append. */
static void
checkpoint (TuttiStoreSqlite *self, TuttiStoreDb *db)
{
  g_autoptr(GError) error = NULL;

  if (db->db != NULL || tutti_store_db_open (db, self->path, SQLITE_OPEN_READWRITE, TUTTI_STORE_SQLITE_PATIENCE_MS, &error))
    sqlite3_wal_checkpoint_v2 (db->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
  else
    g_message ("The log is not moved into the file now: %s", error->message);
}

static gpointer
run_checkpoints (gpointer data)
{
  TuttiStoreSqlite *self = data;
  TuttiStoreDb db;

  tutti_store_db_init (&db);
  g_mutex_lock (&self->checkpoint_lock);
  while (!self->ends)
    {
      gboolean wanted = self->wants_checkpoint;

      self->wants_checkpoint = FALSE;
      if (!wanted)
        {
          g_cond_wait (&self->checkpoint_wanted, &self->checkpoint_lock);
          continue;
        }
      g_mutex_unlock (&self->checkpoint_lock);
      checkpoint (self, &db);
      g_mutex_lock (&self->checkpoint_lock);
    }
  g_mutex_unlock (&self->checkpoint_lock);
  tutti_store_db_clear (&db);
  return NULL;
}

/* --- the store's own thread --- */

typedef struct
{
  GTask        *task;              /* one of task, flushed … */
  TuttiStoreJob run;
  GAsyncQueue  *flushed;           /* … or neither: the last job */
} Job;

static void
do_task (GTask *task, TuttiStoreJob run)
{
  if (!g_task_return_error_if_cancelled (task))
    run (g_task_get_source_object (task), task, g_task_get_task_data (task));
  g_object_unref (task);
}

/* Holds the queue and not the store: the last reference to the store may well go with a task, here. */
static gpointer
run_jobs (gpointer data)
{
  g_autoptr(GAsyncQueue) jobs = data;
  gboolean last = FALSE;

  while (!last)
    {
      g_autofree Job *job = g_async_queue_pop (jobs);

      if (job->task != NULL)
        do_task (job->task, job->run);
      else if (job->flushed != NULL)
        {
          g_async_queue_push (job->flushed, GINT_TO_POINTER (TRUE));
          g_async_queue_unref (job->flushed);
        }
      else
        last = TRUE;
    }
  return NULL;
}

static void
push (TuttiStoreSqlite *self, Job job)
{
  g_async_queue_push (self->jobs, g_memdup2 (&job, sizeof job));
}

static void
submit (TuttiStore *store, GTask *task, TuttiStoreJob run)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);

  /* Closed: the call itself says so. */
  if (self->worker == NULL)
    do_task (task, run);
  else
    push (self, (Job) { .task = task, .run = run });
}

static void
flush (TuttiStore *store)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  g_autoptr(GAsyncQueue) flushed = g_async_queue_new ();

  g_return_if_fail (g_thread_self () != self->worker);

  if (self->worker == NULL)
    return;
  push (self, (Job) { .flushed = g_async_queue_ref (flushed) });
  g_async_queue_pop (flushed);
}

/* --- beginning and end --- */

void
tutti_store_sqlite_begin_threads (TuttiStoreSqlite *self)
{
  sqlite3_wal_hook (self->writer.db, on_committed, self);
  self->worker = g_thread_new ("tutti-store", run_jobs, g_async_queue_ref (self->jobs));
  self->checkpointer = g_thread_new ("tutti-checkpoint", run_checkpoints, self);
}

void
tutti_store_sqlite_end_threads (TuttiStoreSqlite *self)
{
  if (self->worker != NULL)
    {
      GThread *worker = g_steal_pointer (&self->worker);

      push (self, (Job) { .task = NULL });
      if (worker == g_thread_self ())
        g_thread_unref (worker);
      else
        g_thread_join (worker);
    }
  if (self->checkpointer != NULL)
    {
      g_mutex_lock (&self->checkpoint_lock);
      self->ends = TRUE;
      g_cond_signal (&self->checkpoint_wanted);
      g_mutex_unlock (&self->checkpoint_lock);
      g_thread_join (g_steal_pointer (&self->checkpointer));
    }
}

void
tutti_store_sqlite_add_threads (TuttiStoreInterface *iface)
{
  iface->submit = submit;
  iface->flush = flush;
}
