/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jams come, change, and go. */
#include "tutti-store-sqlite-private.h"

/* Rows that a purge deletes before it lets an append in. */
#define PURGE_SLICE 2000

static gboolean
create_jam (TuttiStore *store, const TuttiStoreJam *jam, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);

  return tutti_store_db_run (&self->writer, TUTTI_STORE_SQL_CREATE_JAM, NULL, error, "ttttiiiiititti", jam->id, jam->name,
                             jam->settings, jam->miniature, jam->created_us, jam->updated_us, jam->opened_us,
                             (gint64) jam->n_tracks, jam->last_frame, jam->description, (gint64) (jam->published != FALSE),
                             jam->from_jam, jam->from_name, jam->from_seq);
}

/* In the caller's transaction. */
static gboolean
replace_rows (TuttiStoreSqlite *self, const TuttiStoreJam *jam, const TuttiStoreAdoption *adoption, GError **error)
{
  TuttiStoreDb *db = &self->writer;
  TuttiStoreTail tail;

  return tutti_store_db_run (db, TUTTI_STORE_SQL_ADOPT_JAM, NULL, error, "ttttiiiiiti", jam->id, jam->name, jam->settings,
                             jam->miniature, jam->created_us, jam->updated_us, jam->opened_us, (gint64) jam->n_tracks,
                             jam->last_frame, jam->description, (gint64) (jam->published != FALSE)) &&
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

  if (!tutti_store_db_run (&self->writer, TUTTI_STORE_SQL_UPDATE_JAM, &n_changed, error, "ttttiiiiti", jam->id,
                           jam->name, jam->settings, jam->miniature, jam->updated_us, jam->opened_us,
                           (gint64) jam->n_tracks, jam->last_frame, jam->description, (gint64) (jam->published != FALSE)))
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
         tutti_store_db_run (db, TUTTI_STORE_SQL_PURGE_BESIDE, NULL, error, "i", key) &&
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

void
tutti_store_sqlite_add_jams (TuttiStoreInterface *iface)
{
  iface->create_jam = create_jam;
  iface->adopt = adopt;
  iface->update_jam = update_jam;
  iface->list_jams = list_jams;
  iface->set_deleted = set_deleted;
  iface->purge = purge;
}
