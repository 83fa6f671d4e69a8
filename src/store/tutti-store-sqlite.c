/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The embedded store. Three connections to one file: the writer, a reader that a long write does not hold up,
 * and one that only moves the log into the file ("checkpoint"). On the writer a checkpoint would be a spike of
 * 3–5 ms in front of a broadcast; here it is nobody's. */
#include "tutti-store-sqlite.h"
#include "tutti-store-rows-private.h"
#include "tutti-store-schema-private.h"

#include <errno.h>

/* Pages in the log (4 MiB) that are worth a checkpoint. */
#define CHECKPOINT_PAGES 1000
/* Rows that a purge deletes before it lets an append in. */
#define PURGE_SLICE 2000

struct _TuttiStoreSqlite
{
  GObject       parent_instance;

  TuttiStoreDb  writer;
  TuttiStoreDb  reader;
  GHashTable   *tails;             /* jam id → TuttiStoreTail, guarded by the writer's lock */

  GAsyncQueue  *jobs;              /* of Job */
  GThread      *worker;

  GThread      *checkpointer;
  GMutex        checkpoint_lock;
  GCond         checkpoint_wanted;
  char         *path;
  gboolean      wants_checkpoint;  /* guarded by checkpoint_lock, like the next */
  gboolean      ends;
};

static void store_init (TuttiStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TuttiStoreSqlite, tutti_store_sqlite, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TUTTI_TYPE_STORE, store_init))

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

static gpointer
run_checkpoints (gpointer data)
{
  TuttiStoreSqlite *self = data;
  g_autoptr(GError) error = NULL;
  TuttiStoreDb db;

  tutti_store_db_init (&db);
  if (!tutti_store_db_open (&db, self->path, SQLITE_OPEN_READWRITE, 0, &error))
    g_warning ("%s", error->message);

  g_mutex_lock (&self->checkpoint_lock);
  while (!self->ends)
    {
      gboolean wanted = self->wants_checkpoint && db.db != NULL;

      self->wants_checkpoint = FALSE;
      if (!wanted)
        {
          g_cond_wait (&self->checkpoint_wanted, &self->checkpoint_lock);
          continue;
        }
      g_mutex_unlock (&self->checkpoint_lock);
      /* Passive: what is in use is left for the next time. A disk error shows at the next append. */
      sqlite3_wal_checkpoint_v2 (db.db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
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

/* --- calls --- */

/* The jam's end as this object knows it; (transfer none). Call with the writer's lock. */
static TuttiStoreTail *
tail_of (TuttiStoreSqlite *self, const char *jam, GError **error)
{
  TuttiStoreTail *tail = g_hash_table_lookup (self->tails, jam);
  TuttiStoreTail found;

  if (tail != NULL)
    return tail;
  if (!tutti_store_rows_tail (&self->writer, jam, &found, error))
    return NULL;
  tail = g_memdup2 (&found, sizeof found);
  g_hash_table_insert (self->tails, g_strdup (jam), tail);
  return tail;
}

static gboolean
create_jam (TuttiStore *store, const TuttiStoreJam *jam, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);

  return tutti_store_db_run (&self->writer, TUTTI_STORE_SQL_CREATE_JAM, NULL, error, "ttttiiiii", jam->id, jam->name,
                             jam->settings, jam->miniature, jam->created_us, jam->updated_us, jam->opened_us,
                             (gint64) jam->n_tracks, jam->last_frame);
}

/* In the caller's transaction. */
static gboolean
replace_rows (TuttiStoreSqlite *self, const TuttiStoreJam *jam, const TuttiStoreAdoption *adoption, GError **error)
{
  TuttiStoreDb *db = &self->writer;
  TuttiStoreTail tail;

  return tutti_store_db_run (db, TUTTI_STORE_SQL_ADOPT_JAM, NULL, error, "ttttiiiii", jam->id, jam->name, jam->settings,
                             jam->miniature, jam->created_us, jam->updated_us, jam->opened_us, (gint64) jam->n_tracks,
                             jam->last_frame) &&
         tutti_store_rows_tail (db, jam->id, &tail, error) &&
         tutti_store_db_run (db, TUTTI_STORE_SQL_PURGE_OPS, NULL, error, "ii", tail.key, (gint64) -1) &&
         tutti_store_db_run (db, TUTTI_STORE_SQL_PURGE_SNAPSHOTS, NULL, error, "i", tail.key) &&
         tutti_store_db_run (db, TUTTI_STORE_SQL_PURGE_PEOPLE, NULL, error, "i", tail.key) &&
         (adoption->n_ops == 0 || tutti_store_rows_append (db, tail.key, adoption->ops, adoption->n_ops, error)) &&
         tutti_store_rows_snapshot (db, tail.key, adoption->seq, adoption->document, adoption->now_us, error);
}

static gboolean
adopt (TuttiStore *store, const TuttiStoreJam *jam, const TuttiStoreAdoption *adoption, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);

  g_hash_table_remove (self->tails, jam->id);
  return tutti_store_db_begin (&self->writer, error) &&
         tutti_store_db_end (&self->writer, replace_rows (self, jam, adoption, error), error);
}

static gboolean
update_jam (TuttiStore *store, const TuttiStoreJam *jam, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);
  int n_changed = 0;

  if (!tutti_store_db_run (&self->writer, TUTTI_STORE_SQL_UPDATE_JAM, &n_changed, error, "ttttiiii", jam->id,
                           jam->name, jam->settings, jam->miniature, jam->updated_us, jam->opened_us,
                           (gint64) jam->n_tracks, jam->last_frame))
    return FALSE;
  if (n_changed == 0)
    g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND, "There is no jam “%s” here", jam->id);
  return n_changed > 0;
}

static GPtrArray *
list_jams (TuttiStore *store, gboolean deleted, guint limit, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->reader.lock);

  return tutti_store_rows_jams (&self->reader, deleted, limit, error);
}

static gboolean
set_deleted (TuttiStore *store, const char *jam, gint64 deleted_us, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);
  int n_changed = 0;

  g_hash_table_remove (self->tails, jam);
  if (!tutti_store_db_run (&self->writer, TUTTI_STORE_SQL_SET_DELETED, &n_changed, error, "ti", jam, deleted_us))
    return FALSE;
  if (n_changed == 0)
    g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND,
                 deleted_us > 0 ? "There is no jam “%s” here" : "There is no deleted jam “%s” here", jam);
  return n_changed > 0;
}

/* One slice of one deleted jam, in a transaction of its own. @more: (out): whether to come again. */
static gboolean
purge_slice (TuttiStoreSqlite *self, gint64 before_us, guint *n_purged, gboolean *more, GError **error)
{
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);
  TuttiStoreDb *db = &self->writer;
  sqlite3_stmt *oldest = tutti_store_db_get (db, TUTTI_STORE_SQL_OLDEST_DELETED, error);
  gint64 key = 0;
  int rc, n_ops = 0;
  gboolean ok;

  *more = FALSE;
  if (oldest == NULL || !tutti_store_db_begin (db, error))
    return FALSE;
  tutti_store_db_bind (oldest, "i", before_us);
  rc = sqlite3_step (oldest);
  if (rc == SQLITE_ROW)
    key = sqlite3_column_int64 (oldest, 0);
  tutti_store_db_done (oldest);
  if (rc != SQLITE_ROW)
    {
      ok = rc == SQLITE_DONE || tutti_store_db_fail (db->db, rc, "Purging the deleted jams", error);
      return tutti_store_db_end (db, ok, error);
    }

  ok = tutti_store_db_run (db, TUTTI_STORE_SQL_PURGE_OPS, &n_ops, error, "ii", key, (gint64) PURGE_SLICE);
  if (ok && n_ops == 0)
    ok = tutti_store_db_run (db, TUTTI_STORE_SQL_PURGE_SNAPSHOTS, NULL, error, "i", key) &&
         tutti_store_db_run (db, TUTTI_STORE_SQL_PURGE_PEOPLE, NULL, error, "i", key) &&
         tutti_store_db_run (db, TUTTI_STORE_SQL_PURGE_CHAT, NULL, error, "i", key) &&
         tutti_store_db_run (db, TUTTI_STORE_SQL_PURGE_JAM, NULL, error, "i", key);
  *more = tutti_store_db_end (db, ok, error);
  if (*more && n_ops == 0)
    *n_purged += 1;
  return *more;
}

static gboolean
purge (TuttiStore *store, gint64 before_us, guint *n_purged, GError **error)
{
  gboolean more = TRUE, ok = TRUE;

  while (ok && more)
    ok = purge_slice (TUTTI_STORE_SQLITE (store), before_us, n_purged, &more, error);
  return ok;
}

static gboolean
follows (const TuttiStoreTail *tail, const TuttiStoreOp *op, GError **error)
{
  if (op->seq == tail->last_seq + 1)
    return TRUE;
  g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_CONFLICT,
               "Operation %" G_GINT64_FORMAT " does not follow the last one kept, %" G_GINT64_FORMAT,
               op->seq, tail->last_seq);
  return FALSE;
}

static gboolean
append (TuttiStore *store, const char *jam, const TuttiStoreOp *ops, gsize n_ops, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);
  TuttiStoreTail *tail = tail_of (self, jam, error);
  gboolean kept;

  if (tail == NULL || !follows (tail, &ops[0], error))
    return FALSE;
  /* One row commits by itself: a BEGIN and a COMMIT would double the statements of the usual case. */
  if (n_ops == 1)
    kept = tutti_store_rows_append (&self->writer, tail->key, ops, 1, error);
  else
    kept = tutti_store_db_begin (&self->writer, error) &&
           tutti_store_db_end (&self->writer, tutti_store_rows_append (&self->writer, tail->key, ops, n_ops, error),
                               error);
  if (kept)
    tail->last_seq += (gint64) n_ops;
  else
    g_hash_table_remove (self->tails, jam);      /* somebody else may have written: look again */
  return kept;
}

static gboolean
snapshot_due (TuttiStore *store, const char *jam)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);
  const TuttiStoreTail *tail = g_hash_table_lookup (self->tails, jam);

  return tail != NULL && tail->last_seq - tail->snapshot_seq >= TUTTI_STORE_SNAPSHOT_EVERY;
}

static gboolean
save_snapshot (TuttiStore *store, const char *jam, gint64 seq, const char *document, gint64 now_us, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);
  TuttiStoreTail *tail = tail_of (self, jam, error);
  gboolean kept;

  if (tail == NULL || !tutti_store_db_begin (&self->writer, error))
    return FALSE;
  kept = tutti_store_rows_snapshot (&self->writer, tail->key, seq, document, now_us, error);
  if (!tutti_store_db_end (&self->writer, kept, error))
    {
      g_hash_table_remove (self->tails, jam);
      return FALSE;
    }
  tail->snapshot_seq = MAX (tail->snapshot_seq, seq);
  tail->last_seq = MAX (tail->last_seq, seq);
  return TRUE;
}

/* Everything that a load reads is of one moment, also while others append. */
static TuttiStoreLoaded *
load (TuttiStore *store, const char *jam, TuttiStoreLoadMode mode, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->reader.lock);
  TuttiStoreLoaded *loaded;

  if (self->reader.db != NULL && !tutti_store_db_exec (self->reader.db, "BEGIN", "Reading the jam", error))
    return NULL;
  loaded = tutti_store_rows_load (&self->reader, jam, mode, error);
  if (self->reader.db != NULL)
    tutti_store_db_end (&self->reader, FALSE, NULL);
  return loaded;
}

static GPtrArray *
list_ops (TuttiStore *store, const char *jam, gint64 after_seq, guint limit, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->reader.lock);
  g_autoptr(GPtrArray) ops = NULL;
  TuttiStoreTail tail;
  gboolean good;
  gint64 first;

  if (!tutti_store_rows_tail (&self->reader, jam, &tail, error) ||
      !tutti_store_rows_first (&self->reader, tail.key, &first, error))
    return NULL;
  ops = tutti_store_rows_ops (&self->reader, tail.key, MAX (after_seq, first - 1), limit, &good, error);
  if (ops != NULL && !good)
    {
      g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_JAM_DAMAGED,
                   "The history of the jam “%s” has a hole after its change number %" G_GINT64_FORMAT,
                   jam, after_seq + ops->len);
      return NULL;
    }
  return g_steal_pointer (&ops);
}

static gboolean
put_person (TuttiStore *store, const char *jam, const TuttiStorePerson *person, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);
  const TuttiStoreTail *tail = tail_of (self, jam, error);

  return tail != NULL && tutti_store_rows_put_person (&self->writer, tail->key, person, error);
}

static gboolean
drop_person (TuttiStore *store, const char *jam, gint64 number, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);
  const TuttiStoreTail *tail = tail_of (self, jam, error);

  return tail != NULL && tutti_store_rows_drop_person (&self->writer, tail->key, number, error);
}

static GPtrArray *
people (TuttiStore *store, const char *jam, const char *token_hash, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->reader.lock);
  TuttiStoreTail tail;

  if (!tutti_store_rows_tail (&self->reader, jam, &tail, error))
    return NULL;
  return tutti_store_rows_people (&self->reader, tail.key, token_hash, error);
}

static TuttiStorePerson *
find_person (TuttiStore *store, const char *jam, const char *token_hash, GError **error)
{
  g_autoptr(GPtrArray) found = people (store, jam, token_hash, error);

  if (found == NULL)
    return NULL;
  if (found->len == 0)
    {
      g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND, "Nobody in the jam holds that token");
      return NULL;
    }
  return g_ptr_array_steal_index (found, 0);
}

static GPtrArray *
list_people (TuttiStore *store, const char *jam, GError **error)
{
  return people (store, jam, NULL, error);
}

static gboolean
put_sample (TuttiStore *store, const TuttiStoreSample *sample, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);

  return tutti_store_rows_put_sample (&self->writer, sample, error);
}

static GPtrArray *
list_samples (TuttiStore *store, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->reader.lock);

  return tutti_store_rows_samples (&self->reader, error);
}

static gint64
append_chat (TuttiStore *store, const char *jam, gint64 by, gint64 sent_us, const char *text, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);
  const TuttiStoreTail *tail = tail_of (self, jam, error);

  return tail != NULL ? tutti_store_rows_append_chat (&self->writer, tail->key, by, sent_us, text, error) : 0;
}

static GPtrArray *
list_chat (TuttiStore *store, const char *jam, gint64 before_id, guint limit, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->reader.lock);
  TuttiStoreTail tail;

  if (!tutti_store_rows_tail (&self->reader, jam, &tail, error))
    return NULL;
  return tutti_store_rows_chat (&self->reader, tail.key, before_id, limit, error);
}

static gboolean
put_chat (TuttiStore *store, const char *jam, const TuttiStoreChat *lines, gsize n_lines, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);
  const TuttiStoreTail *tail = tail_of (self, jam, error);

  return tail != NULL && tutti_store_db_begin (&self->writer, error) &&
         tutti_store_db_end (&self->writer, tutti_store_rows_put_chat (&self->writer, tail->key, lines, n_lines, error), error);
}

static gboolean
set_setting (TuttiStore *store, const char *key, const char *value, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);

  return value != NULL
         ? tutti_store_db_run (&self->writer, TUTTI_STORE_SQL_SET_SETTING, NULL, error, "tt", key, value)
         : tutti_store_db_run (&self->writer, TUTTI_STORE_SQL_DROP_SETTING, NULL, error, "t", key);
}

static char *
dup_setting (TuttiStore *store, const char *key, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->reader.lock);

  return tutti_store_rows_setting (&self->reader, key, error);
}

/* --- beginning and end --- */

static void
end_threads (TuttiStoreSqlite *self)
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

static gboolean
close_store (TuttiStore *store, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  gboolean clean;

  end_threads (self);
  g_mutex_lock (&self->reader.lock);
  clean = tutti_store_db_close (&self->reader);
  g_mutex_unlock (&self->reader.lock);
  g_mutex_lock (&self->writer.lock);
  clean = tutti_store_db_close (&self->writer) && clean;
  g_mutex_unlock (&self->writer.lock);
  if (!clean)
    g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_FAILED, "The store was closed while it was in use");
  return clean;
}

static gboolean
open_files (TuttiStoreSqlite *self, guint patience_ms, GError **error)
{
  int version;

  return tutti_store_schema_inspect (self->path, tutti_store_n_steps, &version, error) &&
         tutti_store_db_open (&self->writer, self->path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, patience_ms,
                              error) &&
         tutti_store_db_exec (self->writer.db, "PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 16777216",
                              "Opening the store", error) &&
         tutti_store_schema_upgrade (self->writer.db, self->path, tutti_store_steps, tutti_store_n_steps, error) &&
         tutti_store_db_open (&self->reader, self->path, SQLITE_OPEN_READWRITE, patience_ms, error) &&
         tutti_store_db_exec (self->reader.db, "PRAGMA query_only = ON", "Opening the store", error);
}

TuttiStore *
tutti_store_sqlite_open (const char *directory, guint patience_ms, GError **error)
{
  g_autoptr(TuttiStoreSqlite) self = g_object_new (TUTTI_TYPE_STORE_SQLITE, NULL);

  /* Only its owner: chat and names are nobody else's. */
  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_READ_ONLY, "The folder “%s” cannot be made: %s",
                   directory, g_strerror (errno));
      return NULL;
    }
  self->path = g_build_filename (directory, "jams.db", NULL);
  if (!open_files (self, patience_ms, error))
    return NULL;

  sqlite3_wal_hook (self->writer.db, on_committed, self);
  self->worker = g_thread_new ("tutti-store", run_jobs, g_async_queue_ref (self->jobs));
  self->checkpointer = g_thread_new ("tutti-checkpoint", run_checkpoints, self);
  return TUTTI_STORE (g_steal_pointer (&self));
}

static void
tutti_store_sqlite_finalize (GObject *object)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (object);

  close_store (TUTTI_STORE (self), NULL);
  tutti_store_db_clear (&self->reader);
  tutti_store_db_clear (&self->writer);
  g_hash_table_unref (self->tails);
  g_async_queue_unref (self->jobs);
  g_mutex_clear (&self->checkpoint_lock);
  g_cond_clear (&self->checkpoint_wanted);
  g_free (self->path);

  G_OBJECT_CLASS (tutti_store_sqlite_parent_class)->finalize (object);
}

static void
tutti_store_sqlite_class_init (TuttiStoreSqliteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tutti_store_sqlite_finalize;
}

static void
tutti_store_sqlite_init (TuttiStoreSqlite *self)
{
  tutti_store_db_init (&self->writer);
  tutti_store_db_init (&self->reader);
  self->tails = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->jobs = g_async_queue_new ();
  g_mutex_init (&self->checkpoint_lock);
  g_cond_init (&self->checkpoint_wanted);
}

static void
store_init (TuttiStoreInterface *iface)
{
  iface->create_jam = create_jam;
  iface->adopt = adopt;
  iface->update_jam = update_jam;
  iface->list_jams = list_jams;
  iface->set_deleted = set_deleted;
  iface->purge = purge;
  iface->append = append;
  iface->snapshot_due = snapshot_due;
  iface->save_snapshot = save_snapshot;
  iface->load = load;
  iface->list_ops = list_ops;
  iface->put_person = put_person;
  iface->drop_person = drop_person;
  iface->find_person = find_person;
  iface->list_people = list_people;
  iface->put_sample = put_sample;
  iface->list_samples = list_samples;
  iface->append_chat = append_chat;
  iface->list_chat = list_chat;
  iface->put_chat = put_chat;
  iface->set_setting = set_setting;
  iface->dup_setting = dup_setting;
  iface->submit = submit;
  iface->flush = flush;
  iface->close = close_store;
}
