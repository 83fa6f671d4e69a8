/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log of a jam and its snapshots. */
#include "tutti-store-sqlite-private.h"

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
  TuttiStoreTail *tail = tutti_store_sqlite_tail (self, jam, error);
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
  TuttiStoreTail *tail = tutti_store_sqlite_tail (self, jam, error);
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

static TuttiStoreLoaded *
load_at (TuttiStore *store, const char *jam, gint64 seq, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->patient.lock);
  TuttiStoreLoaded *loaded;

  if (self->patient.db != NULL && !tutti_store_db_exec (self->patient.db, "BEGIN", "Reading the jam", error))
    return NULL;
  loaded = tutti_store_rows_load_at (&self->patient, jam, seq, error);
  if (self->patient.db != NULL)
    tutti_store_db_end (&self->patient, FALSE, NULL);
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

void
tutti_store_sqlite_add_log (TuttiStoreInterface *iface)
{
  iface->append = append;
  iface->snapshot_due = snapshot_due;
  iface->save_snapshot = save_snapshot;
  iface->load = load;
  iface->list_ops = list_ops;
  iface->load_at = load_at;
}
