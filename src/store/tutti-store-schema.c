/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-store-schema-private.h"
#include "tutti-store-db-private.h"

#include <glib/gstdio.h>

/* ops and snapshots are WITHOUT ROWID: a jam's rows lie together in order, so loading is one sweep. */
static const char version_1[] =
  "CREATE TABLE jams (key INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
  " settings TEXT, miniature TEXT, created_us INTEGER NOT NULL, updated_us INTEGER NOT NULL,"
  " opened_us INTEGER NOT NULL, deleted_us INTEGER NOT NULL DEFAULT 0, n_tracks INTEGER NOT NULL,"
  " last_frame INTEGER NOT NULL) STRICT;"
  "CREATE TABLE ops (jam INTEGER NOT NULL, seq INTEGER NOT NULL, epoch INTEGER NOT NULL, by INTEGER NOT NULL,"
  " at INTEGER NOT NULL, op TEXT NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (jam, seq)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE snapshots (jam INTEGER NOT NULL, seq INTEGER NOT NULL, document TEXT NOT NULL, sum INTEGER NOT NULL,"
  " PRIMARY KEY (jam, seq)) STRICT;"
  "CREATE TABLE people (jam INTEGER NOT NULL, number INTEGER NOT NULL, profile TEXT NOT NULL, token_hash TEXT,"
  " name TEXT NOT NULL, colour TEXT, role TEXT, seen_us INTEGER NOT NULL, PRIMARY KEY (jam, number)) STRICT;"
  "CREATE UNIQUE INDEX people_by_token ON people (jam, token_hash) WHERE token_hash IS NOT NULL;"
  "CREATE TABLE samples (hash TEXT PRIMARY KEY, name TEXT NOT NULL, bytes INTEGER NOT NULL, frames INTEGER NOT NULL,"
  " channels INTEGER NOT NULL, used_us INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
  "CREATE TABLE chat (jam INTEGER NOT NULL, id INTEGER NOT NULL, by INTEGER NOT NULL, sent_us INTEGER NOT NULL,"
  " text TEXT NOT NULL, PRIMARY KEY (jam, id)) STRICT, WITHOUT ROWID;"
  "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;";

/* When an operation was ordered, for its history; 0: by a host that did not keep it. */
static const char version_2[] = "ALTER TABLE ops ADD COLUMN done_us INTEGER NOT NULL DEFAULT 0;";

/* A library: what a jam is about, whether it is read only, and what it is a remix of. */
static const char version_3[] =
  "ALTER TABLE jams ADD COLUMN description TEXT NOT NULL DEFAULT '';"
  "ALTER TABLE jams ADD COLUMN published INTEGER NOT NULL DEFAULT 0;"
  "ALTER TABLE jams ADD COLUMN from_jam TEXT;"
  "ALTER TABLE jams ADD COLUMN from_name TEXT;"
  "ALTER TABLE jams ADD COLUMN from_seq INTEGER NOT NULL DEFAULT 0;"
  "CREATE INDEX jams_by_origin ON jams (from_jam) WHERE from_jam IS NOT NULL;";

const TuttiStoreStep tutti_store_steps[] = { { version_1 }, { version_2 }, { version_3 } };
const gsize tutti_store_n_steps = G_N_ELEMENTS (tutti_store_steps);

/* Up to this size every page is looked at when opening (some 0.1 s); beyond it damage shows when it is met. */
#define CHECKED_BYTES (64 << 20)
#define PROBE_PATIENCE_MS 1000

static int
get_int (sqlite3 *db, const char *pragma, int *value)
{
  sqlite3_stmt *statement = NULL;
  int rc = sqlite3_prepare_v2 (db, pragma, -1, &statement, NULL);

  if (rc == SQLITE_OK)
    rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    *value = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return rc == SQLITE_ROW ? SQLITE_OK : rc == SQLITE_OK || rc == SQLITE_DONE ? SQLITE_CORRUPT : rc;
}

static gboolean
is_whole (sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  gboolean whole = sqlite3_prepare_v2 (db, "PRAGMA quick_check (1)", -1, &statement, NULL) == SQLITE_OK &&
                   sqlite3_step (statement) == SQLITE_ROW &&
                   g_strcmp0 ((const char *) sqlite3_column_text (statement, 0), "ok") == 0;

  sqlite3_finalize (statement);
  return whole;
}

/* SQLite fills a last page that was cut short with zeros and may see nothing wrong in it; it writes whole pages only. */
static gboolean
is_cut (sqlite3 *db, goffset size)
{
  int page = 0;

  return get_int (db, "PRAGMA page_size", &page) == SQLITE_OK && page > 0 && size % page != 0;
}

/* Whether every statement of ours makes sense there: a table or column missing is damage too. */
static gboolean
knows_our_tables (TuttiStoreDb *probe)
{
  for (int i = 0; i < TUTTI_STORE_N_SQL; i++)
    if (tutti_store_db_get (probe, i, NULL) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
judge (TuttiStoreDb *probe, const char *path, goffset size, gsize newest, int *version, GError **error)
{
  int application = 0, n_tables = 0;
  int rc = get_int (probe->db, "PRAGMA application_id", &application);

  if (rc == SQLITE_OK)
    rc = get_int (probe->db, "PRAGMA user_version", version);
  if (rc == SQLITE_OK)
    rc = get_int (probe->db, "SELECT count (*) FROM sqlite_schema", &n_tables);
  if (rc != SQLITE_OK)
    {
      tutti_store_db_fail (probe->db, rc, "Reading the store", error);
      g_prefix_error (error, "“%s”: ", path);
    }
  else if (application == 0 && *version == 0 && n_tables == 0)
    return TRUE;                        /* killed before the first migration was committed */
  else if (application != TUTTI_STORE_APPLICATION_ID)
    g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_DAMAGED, "“%s” is not a store of Tutti", path);
  else if (*version < 0 || (gsize) *version > newest)
    g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NEWER,
                 "“%s” was written by a newer Tutti (version %d, this one knows %d)", path, *version, (int) newest);
  else if (is_cut (probe->db, size) || (size <= CHECKED_BYTES && !is_whole (probe->db)) ||
           ((gsize) *version == tutti_store_n_steps && !knows_our_tables (probe)))
    g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_DAMAGED,
                 "“%s” is damaged; it was left as it is", path);
  else
    return TRUE;
  return FALSE;
}

/* A store that was closed properly is read as immutable, which makes not even a side file. One that was killed
 * has its newest pages in the log beside it, and is read through that. */
static char *
probe_uri (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  GStatBuf info;
  gboolean has_log = g_stat (log, &info) == 0 && info.st_size > 0;

  return g_strconcat (uri, has_log ? "?mode=ro" : "?mode=ro&immutable=1", NULL);
}

gboolean
tutti_store_schema_inspect (const char *path, gsize newest, int *version, GError **error)
{
  g_autofree char *uri = NULL;
  TuttiStoreDb probe;
  GStatBuf info;
  gboolean good;

  *version = 0;
  if (g_stat (path, &info) != 0 || info.st_size == 0)
    return TRUE;
  if (!S_ISREG (info.st_mode))
    {
      g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_DAMAGED, "“%s” is not a file", path);
      return FALSE;
    }

  uri = probe_uri (path);
  tutti_store_db_init (&probe);
  good = tutti_store_db_open (&probe, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
                              PROBE_PATIENCE_MS, error);
  if (good)
    {
      /* Closing the last connection would write the log into the file. */
      sqlite3_db_config (probe.db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
      good = judge (&probe, path, info.st_size, newest, version, error);
    }
  else
    g_prefix_error (error, "“%s”: ", path);
  tutti_store_db_clear (&probe);
  return good;
}

/* --- forward --- */

static gboolean
copy_pages (sqlite3 *from, const char *path, GError **error)
{
  sqlite3 *to = NULL;
  sqlite3_backup *backup;
  int rc = sqlite3_open_v2 (path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);

  backup = rc == SQLITE_OK ? sqlite3_backup_init (to, "main", from, "main") : NULL;
  if (backup != NULL)
    {
      int copied = sqlite3_backup_step (backup, -1);

      rc = sqlite3_backup_finish (backup);
      if (rc == SQLITE_OK && copied != SQLITE_DONE)
        rc = copied;
    }
  else if (rc == SQLITE_OK)
    rc = sqlite3_errcode (to);
  if (sqlite3_close (to) != SQLITE_OK && rc == SQLITE_OK)
    rc = SQLITE_ERROR;
  return rc == SQLITE_OK ? TRUE : tutti_store_db_fail (NULL, rc, "Keeping a copy of the store", error);
}

static gboolean
keep_copy (sqlite3 *db, const char *path, int version, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s.v%d.bak", path, version);
  g_autofree char *part = g_strconcat (name, ".part", NULL);
  gboolean kept;

  g_unlink (part);
  kept = copy_pages (db, part, error);
  if (kept && g_rename (part, name) != 0)
    {
      g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_FAILED, "Keeping a copy of the store as “%s” failed",
                   name);
      kept = FALSE;
    }
  if (!kept)
    g_unlink (part);
  return kept;
}

static gboolean
take_steps (sqlite3 *db, const TuttiStoreStep *steps, int from, gsize to, GError **error)
{
  g_autofree char *stamp = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d",
                                            TUTTI_STORE_APPLICATION_ID, (int) to);

  for (gsize i = (gsize) from; i < to; i++)
    if (!tutti_store_db_exec (db, steps[i].sql, "Bringing the store up to date", error))
      return FALSE;
  return tutti_store_db_exec (db, stamp, "Bringing the store up to date", error);
}

gboolean
tutti_store_schema_upgrade (sqlite3 *db, const char *path, const TuttiStoreStep *steps, gsize n_steps, GError **error)
{
  const char *doing = "Bringing the store up to date";
  gboolean ok;
  int version = 0;
  int rc = get_int (db, "PRAGMA user_version", &version);

  if (rc != SQLITE_OK)
    return tutti_store_db_fail (db, rc, doing, error);
  if (version == (int) n_steps)
    return TRUE;
  if (version > 0 && !keep_copy (db, path, version, error))
    return FALSE;
  if (!tutti_store_db_exec (db, "BEGIN IMMEDIATE", doing, error))
    return FALSE;

  /* Another process may have been faster while this one waited for the lock. */
  rc = get_int (db, "PRAGMA user_version", &version);
  ok = rc == SQLITE_OK && (version >= (int) n_steps || take_steps (db, steps, version, n_steps, error));
  if (ok && tutti_store_db_exec (db, "COMMIT", doing, error))
    return TRUE;
  if (rc != SQLITE_OK)
    tutti_store_db_fail (db, rc, doing, error);
  sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}
