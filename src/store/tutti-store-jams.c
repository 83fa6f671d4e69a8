/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The jams, their log and their snapshots. */
#include "tutti-store-rows-private.h"

static gboolean
no_such_jam (const char *jam, GError **error)
{
  g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND, "There is no jam “%s” here", jam);
  return FALSE;
}

gboolean
tutti_store_rows_tail (TuttiStoreDb *db, const char *jam, TuttiStoreTail *tail, GError **error)
{
  sqlite3_stmt *statement = tutti_store_db_get (db, TUTTI_STORE_SQL_JAM_STATE, error);
  int rc;

  if (statement == NULL)
    return FALSE;
  tutti_store_db_bind (statement, "t", jam);
  rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    {
      tail->key = sqlite3_column_int64 (statement, 0);
      tail->last_seq = sqlite3_column_int64 (statement, 1);
      tail->snapshot_seq = sqlite3_column_int64 (statement, 2);
      tail->last_seq = MAX (tail->last_seq, tail->snapshot_seq);
    }
  else if (rc == SQLITE_DONE)
    no_such_jam (jam, error);
  else
    tutti_store_db_fail (db->db, rc, "Reading the jam", error);
  tutti_store_db_done (statement);
  return rc == SQLITE_ROW;
}

static TuttiStoreJam *
read_jam (sqlite3_stmt *row)
{
  TuttiStoreJam *jam = g_new0 (TuttiStoreJam, 1);

  jam->id = tutti_store_db_dup_text (row, 0);
  jam->name = tutti_store_db_dup_text (row, 1);
  jam->settings = tutti_store_db_dup_text (row, 2);
  jam->miniature = tutti_store_db_dup_text (row, 3);
  jam->created_us = sqlite3_column_int64 (row, 4);
  jam->updated_us = sqlite3_column_int64 (row, 5);
  jam->opened_us = sqlite3_column_int64 (row, 6);
  jam->deleted_us = sqlite3_column_int64 (row, 7);
  jam->last_frame = sqlite3_column_int64 (row, 8);
  jam->n_tracks = sqlite3_column_int (row, 9);
  jam->description = tutti_store_db_dup_text (row, 11);
  jam->published = sqlite3_column_int (row, 12) != 0;
  jam->from_jam = tutti_store_db_dup_text (row, 13);
  jam->from_name = tutti_store_db_dup_text (row, 14);
  jam->from_seq = sqlite3_column_int64 (row, 15);
  jam->n_remixes = (guint) sqlite3_column_int (row, 16);
  return jam;
}

TuttiStoreJam *
tutti_store_rows_jam (TuttiStoreDb *db, const char *jam, gint64 *key, GError **error)
{
  sqlite3_stmt *statement = tutti_store_db_get (db, TUTTI_STORE_SQL_GET_JAM, error);
  TuttiStoreJam *found = NULL;
  int rc;

  if (statement == NULL)
    return NULL;
  tutti_store_db_bind (statement, "t", jam);
  rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    {
      found = read_jam (statement);
      if (key != NULL)
        *key = sqlite3_column_int64 (statement, 10);
    }
  else if (rc == SQLITE_DONE)
    no_such_jam (jam, error);
  else
    tutti_store_db_fail (db->db, rc, "Reading the jam", error);
  tutti_store_db_done (statement);
  return found;
}

GPtrArray *
tutti_store_rows_jams (TuttiStoreDb *db, gboolean deleted, guint limit, GError **error)
{
  g_autoptr(GPtrArray) jams = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_store_jam_free);
  sqlite3_stmt *statement = tutti_store_db_get (db, TUTTI_STORE_SQL_LIST_JAMS, error);
  int rc;

  if (statement == NULL)
    return NULL;
  tutti_store_db_bind (statement, "ii", (gint64) (deleted != FALSE), limit == 0 ? (gint64) -1 : (gint64) limit);
  while ((rc = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (jams, read_jam (statement));
  if (rc != SQLITE_DONE)
    tutti_store_db_fail (db->db, rc, "Listing the jams", error);
  tutti_store_db_done (statement);
  return rc == SQLITE_DONE ? g_steal_pointer (&jams) : NULL;
}

/* --- the log --- */

/* Not over the time: rows of the first version have none, and nothing is rebuilt from it. */
static gint64
op_sum (const TuttiStoreOp *op, const char *text, gsize length)
{
  return tutti_store_db_sum (text, length, (const gint64[4]) { op->epoch, op->seq, op->by, op->at });
}

static gint64
document_sum (const char *document, gsize length, gint64 key, gint64 seq)
{
  return tutti_store_db_sum (document, length, (const gint64[4]) { key, seq, 0, 0 });
}

gboolean
tutti_store_rows_append (TuttiStoreDb *db, gint64 key, const TuttiStoreOp *ops, gsize n_ops, GError **error)
{
  for (gsize i = 0; i < n_ops; i++)
    {
      const TuttiStoreOp *op = &ops[i];
      gint64 sum = op_sum (op, op->text, strlen (op->text));

      if (!tutti_store_db_run (db, TUTTI_STORE_SQL_APPEND, NULL, error, "iiiiitii",
                               key, op->seq, op->epoch, op->by, op->at, op->text, sum, op->done_us))
        return FALSE;
    }
  return TRUE;
}

gboolean
tutti_store_rows_snapshot (TuttiStoreDb *db, gint64 key, gint64 seq, const char *document, gint64 now_us,
                           GError **error)
{
  gint64 sum = document_sum (document, strlen (document), key, seq);

  return tutti_store_db_run (db, TUTTI_STORE_SQL_SAVE_SNAPSHOT, NULL, error, "iiti", key, seq, document, sum) &&
         tutti_store_db_run (db, TUTTI_STORE_SQL_PRUNE_SNAPSHOTS, NULL, error, "ii", key,
                             (gint64) TUTTI_STORE_MOMENTS_EVERY) &&
         tutti_store_db_run (db, TUTTI_STORE_SQL_TOUCH_JAM, NULL, error, "ii", key, now_us);
}

/* NULL when the row is not what was written. */
static TuttiStoreOp *
read_op (sqlite3_stmt *row)
{
  const char *text = (const char *) sqlite3_column_text (row, 4);
  gsize length = (gsize) sqlite3_column_bytes (row, 4);
  TuttiStoreOp stamp = { .seq = sqlite3_column_int64 (row, 0), .epoch = sqlite3_column_int64 (row, 1),
                         .by = sqlite3_column_int64 (row, 2), .at = sqlite3_column_int64 (row, 3),
                         .done_us = sqlite3_column_int64 (row, 6) };

  if (text == NULL || length > TUTTI_STORE_OP_MAX || !g_utf8_validate_len (text, length, NULL) ||
      sqlite3_column_int64 (row, 5) != op_sum (&stamp, text, length))
    return NULL;

  stamp.text = g_strndup (text, length);
  return g_memdup2 (&stamp, sizeof stamp);
}

gboolean
tutti_store_rows_first (TuttiStoreDb *db, gint64 key, gint64 *first, GError **error)
{
  sqlite3_stmt *statement = tutti_store_db_get (db, TUTTI_STORE_SQL_FIRST_SEQ, error);
  int rc;

  if (statement == NULL)
    return FALSE;
  tutti_store_db_bind (statement, "i", key);
  rc = sqlite3_step (statement);
  *first = rc == SQLITE_ROW ? MAX (sqlite3_column_int64 (statement, 0), 1) : 1;
  if (rc != SQLITE_ROW)
    tutti_store_db_fail (db->db, rc, "Reading the jam's operations", error);
  tutti_store_db_done (statement);
  return rc == SQLITE_ROW;
}

GPtrArray *
tutti_store_rows_ops (TuttiStoreDb *db, gint64 key, gint64 after_seq, guint limit, gboolean *good, GError **error)
{
  g_autoptr(GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_store_op_free);
  sqlite3_stmt *statement = tutti_store_db_get (db, TUTTI_STORE_SQL_OPS_AFTER, error);
  gint64 next = after_seq + 1;
  int rc;

  *good = TRUE;
  if (statement == NULL)
    return NULL;
  tutti_store_db_bind (statement, "iii", key, after_seq, limit == 0 ? (gint64) -1 : (gint64) limit);
  while ((rc = sqlite3_step (statement)) == SQLITE_ROW && *good)
    {
      g_autoptr(TuttiStoreOp) op = read_op (statement);

      *good = op != NULL && op->seq == next++;
      if (*good)
        g_ptr_array_add (ops, g_steal_pointer (&op));
    }
  if (rc != SQLITE_DONE && rc != SQLITE_ROW)
    tutti_store_db_fail (db->db, rc, "Reading the jam's operations", error);
  tutti_store_db_done (statement);
  return rc == SQLITE_DONE || rc == SQLITE_ROW ? g_steal_pointer (&ops) : NULL;
}

/* --- loading --- */

/* The newest snapshot up to operation @until that is what was written. FALSE only when the database cannot be read. */
static gboolean
find_snapshot (TuttiStoreDb *db, gint64 key, gint64 until, TuttiStoreLoaded *loaded, gint64 *newest, GError **error)
{
  sqlite3_stmt *statement = tutti_store_db_get (db, TUTTI_STORE_SQL_SNAPSHOTS, error);
  int rc;

  if (statement == NULL)
    return FALSE;
  tutti_store_db_bind (statement, "ii", key, until);
  while ((rc = sqlite3_step (statement)) == SQLITE_ROW && loaded->document == NULL)
    {
      gint64 seq = sqlite3_column_int64 (statement, 0);
      const char *text = (const char *) sqlite3_column_text (statement, 1);
      gsize length = (gsize) sqlite3_column_bytes (statement, 1);

      *newest = MAX (*newest, seq);
      if (text != NULL && length <= TUTTI_STORE_DOCUMENT_MAX && g_utf8_validate_len (text, length, NULL) &&
          sqlite3_column_int64 (statement, 2) == document_sum (text, length, key, seq))
        {
          loaded->document = g_strndup (text, length);
          loaded->snapshot_seq = seq;
        }
      else
        loaded->older_snapshot = TRUE;
    }
  if (rc != SQLITE_DONE && rc != SQLITE_ROW)
    tutti_store_db_fail (db->db, rc, "Reading the jam", error);
  tutti_store_db_done (statement);
  return rc == SQLITE_DONE || rc == SQLITE_ROW;
}

static gint64
last_seq_of (const TuttiStoreLoaded *loaded)
{
  return loaded->snapshot_seq + loaded->ops->len;
}

/* The jam's clock must never run back: an operation may be heard later than the last noted frame. */
static void
raise_last_frame (TuttiStoreLoaded *loaded)
{
  for (guint i = 0; i < loaded->ops->len; i++)
    loaded->jam->last_frame = MAX (loaded->jam->last_frame, ((TuttiStoreOp *) loaded->ops->pdata[i])->at);
}

TuttiStoreLoaded *
tutti_store_rows_load (TuttiStoreDb *db, const char *jam, TuttiStoreLoadMode mode, GError **error)
{
  g_autoptr(TuttiStoreLoaded) loaded = g_new0 (TuttiStoreLoaded, 1);
  gint64 key = 0, newest = 0;
  gboolean good = TRUE;

  loaded->jam = tutti_store_rows_jam (db, jam, &key, error);
  if (loaded->jam == NULL || !find_snapshot (db, key, G_MAXINT64, loaded, &newest, error))
    return NULL;
  loaded->ops = tutti_store_rows_ops (db, key, loaded->snapshot_seq, 0, &good, error);
  if (loaded->ops == NULL)
    return NULL;

  /* A newer snapshot that is damaged and not reached by the log is music that is gone. */
  loaded->cut_short = !good || last_seq_of (loaded) < newest;
  raise_last_frame (loaded);
  if (!loaded->cut_short || mode == TUTTI_STORE_LOAD_SALVAGE)
    return g_steal_pointer (&loaded);

  g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_JAM_DAMAGED,
               "The jam “%s” is damaged after its change number %" G_GINT64_FORMAT "; what comes before can be saved",
               loaded->jam->name, last_seq_of (loaded));
  return NULL;
}

/* Whether the log begins with the jam: what came from another host begins later. */
static gboolean
has_beginning (TuttiStoreDb *db, const char *jam, GError **error)
{
  TuttiStoreTail tail;
  gboolean good = TRUE;

  if (!tutti_store_rows_tail (db, jam, &tail, error))
    return FALSE;
  g_autoptr(GPtrArray) first = tutti_store_rows_ops (db, tail.key, 0, 1, &good, error);

  return first != NULL && (tail.last_seq == 0 || (good && first->len == 1));
}

TuttiStoreLoaded *
tutti_store_rows_load_at (TuttiStoreDb *db, const char *jam, gint64 seq, GError **error)
{
  g_autoptr(TuttiStoreLoaded) loaded = g_new0 (TuttiStoreLoaded, 1);
  gint64 key = 0, newest = 0;
  gboolean good = TRUE;

  loaded->jam = tutti_store_rows_jam (db, jam, &key, error);
  if (loaded->jam == NULL || !find_snapshot (db, key, seq, loaded, &newest, error))
    return NULL;
  /* No limit would be all of them. */
  if (seq > loaded->snapshot_seq)
    loaded->ops = tutti_store_rows_ops (db, key, loaded->snapshot_seq, (guint) MIN (seq - loaded->snapshot_seq, G_MAXUINT), &good, error);
  else
    loaded->ops = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_store_op_free);
  if (loaded->ops == NULL)
    return NULL;
  if (good && last_seq_of (loaded) == seq && (seq > 0 || loaded->document != NULL || has_beginning (db, jam, error)))
    return g_steal_pointer (&loaded);
  if (error != NULL && *error != NULL)
    return NULL;
  g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND,
               "How the jam “%s” was after its change number %" G_GINT64_FORMAT " is not kept here", loaded->jam->name, seq);
  return NULL;
}
