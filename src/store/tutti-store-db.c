/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-store-db-private.h"

#include <errno.h>
#include <string.h>

static const char *const sql_texts[TUTTI_STORE_N_SQL] = {
#define X(name, sql) sql,
  TUTTI_STORE_STATEMENTS (X)
#undef X
};

void
tutti_store_db_init (TuttiStoreDb *self)
{
  memset (self, 0, sizeof *self);
  g_mutex_init (&self->lock);
}

void
tutti_store_db_clear (TuttiStoreDb *self)
{
  tutti_store_db_close (self);
  g_mutex_clear (&self->lock);
}

/* What somebody who did not write SQLite can act on. */
static TuttiStoreError
code_of (int rc, const char **words)
{
  switch (rc & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      *words = "another program is using the store";
      return TUTTI_STORE_ERROR_BUSY;
    case SQLITE_FULL:
      *words = "the disk is full";
      return TUTTI_STORE_ERROR_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      *words = "the store cannot be written";
      return TUTTI_STORE_ERROR_READ_ONLY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      *words = "the store is damaged";
      return TUTTI_STORE_ERROR_DAMAGED;
    case SQLITE_CONSTRAINT:
      *words = "it exists already";
      return TUTTI_STORE_ERROR_CONFLICT;
    case SQLITE_CANTOPEN:
      *words = "the store cannot be opened";
      return TUTTI_STORE_ERROR_FAILED;
    case SQLITE_IOERR:
      *words = "the disk answered with an error";
      return TUTTI_STORE_ERROR_FAILED;
    default:
      *words = sqlite3_errstr (rc);
      return TUTTI_STORE_ERROR_FAILED;
    }
}

gboolean
tutti_store_db_fail (sqlite3 *db, int rc, const char *doing, GError **error)
{
  const char *words;
  TuttiStoreError code;

  /* A file that could not grow is an I/O error to SQLite where it is not the database itself. */
  if (db != NULL && (rc & 0xff) == SQLITE_IOERR && sqlite3_system_errno (db) == ENOSPC)
    rc = SQLITE_FULL;
  code = code_of (rc, &words);
  g_debug ("%s: SQLite says %d, %s", doing, rc, db != NULL ? sqlite3_errmsg (db) : sqlite3_errstr (rc));
  g_set_error (error, TUTTI_STORE_ERROR, code, "%s failed: %s", doing, words);
  return FALSE;
}

gboolean
tutti_store_db_exec (sqlite3 *db, const char *sql, const char *doing, GError **error)
{
  int rc = sqlite3_exec (db, sql, NULL, NULL, NULL);

  return rc == SQLITE_OK ? TRUE : tutti_store_db_fail (db, rc, doing, error);
}

gboolean
tutti_store_db_open (TuttiStoreDb *self, const char *path, int flags, guint patience_ms, GError **error)
{
  int rc = sqlite3_open_v2 (path, &self->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);

  if (rc != SQLITE_OK)
    tutti_store_db_fail (self->db, rc, "Opening the store", error);
  else
    {
      sqlite3_busy_timeout (self->db, (int) patience_ms);
      /* What is in the file is data, also when somebody edited its schema. */
      sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
      sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
      sqlite3_db_config (self->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
      sqlite3_db_config (self->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
      sqlite3_limit (self->db, SQLITE_LIMIT_LENGTH, TUTTI_STORE_DOCUMENT_MAX + (1 << 20));
      if (tutti_store_db_exec (self->db, "PRAGMA synchronous = NORMAL; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY",
                               "Opening the store", error))
        return TRUE;
    }
  tutti_store_db_close (self);
  return FALSE;
}

gboolean
tutti_store_db_close (TuttiStoreDb *self)
{
  gboolean clean;

  for (int i = 0; i < TUTTI_STORE_N_SQL; i++)
    g_clear_pointer (&self->statements[i], sqlite3_finalize);
  clean = sqlite3_close (self->db) == SQLITE_OK;
  if (!clean)
    sqlite3_close_v2 (self->db);
  self->db = NULL;
  return clean;
}

sqlite3_stmt *
tutti_store_db_get (TuttiStoreDb *self, TuttiStoreSql which, GError **error)
{
  int rc = SQLITE_OK;

  if (self->db == NULL)
    {
      g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_FAILED, "The store is closed");
      return NULL;
    }
  if (self->statements[which] == NULL)
    rc = sqlite3_prepare_v3 (self->db, sql_texts[which], -1, SQLITE_PREPARE_PERSISTENT,
                             &self->statements[which], NULL);
  if (rc == SQLITE_OK)
    return self->statements[which];

  tutti_store_db_fail (self->db, rc, "Asking the store", error);
  return NULL;
}

static void
bind_all (sqlite3_stmt *statement, const char *types, va_list args)
{
  for (int i = 0; types[i] != '\0'; i++)
    if (types[i] == 'i')
      sqlite3_bind_int64 (statement, i + 1, va_arg (args, gint64));
    else
      sqlite3_bind_text (statement, i + 1, va_arg (args, const char *), -1, SQLITE_STATIC);
}

void
tutti_store_db_bind (sqlite3_stmt *statement, const char *types, ...)
{
  va_list args;

  va_start (args, types);
  bind_all (statement, types, args);
  va_end (args);
}

void
tutti_store_db_done (sqlite3_stmt *statement)
{
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

gboolean
tutti_store_db_run (TuttiStoreDb *self, TuttiStoreSql which, int *n_changed, GError **error, const char *types, ...)
{
  sqlite3_stmt *statement = tutti_store_db_get (self, which, error);
  va_list args;
  int rc;

  if (statement == NULL)
    return FALSE;

  va_start (args, types);
  bind_all (statement, types, args);
  va_end (args);
  while ((rc = sqlite3_step (statement)) == SQLITE_ROW)
    ;
  if (n_changed != NULL)
    *n_changed = sqlite3_changes (self->db);
  if (rc != SQLITE_DONE)
    tutti_store_db_fail (self->db, rc, "Writing to the store", error);
  tutti_store_db_done (statement);
  return rc == SQLITE_DONE;
}

gboolean
tutti_store_db_begin (TuttiStoreDb *self, GError **error)
{
  if (self->db == NULL)
    return tutti_store_db_get (self, 0, error) != NULL;
  return tutti_store_db_exec (self->db, "BEGIN IMMEDIATE", "Writing to the store", error);
}

gboolean
tutti_store_db_end (TuttiStoreDb *self, gboolean ok, GError **error)
{
  if (ok && tutti_store_db_exec (self->db, "COMMIT", "Writing to the store", error))
    return TRUE;
  /* SQLite has rolled back by itself after some errors; then there is nothing to take back. */
  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

char *
tutti_store_db_dup_text (sqlite3_stmt *statement, int column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}

/* FNV-1a, 64 bits (Fowler, Noll, Vo): against accidents, not against forgers; who can write the file can
 * write the sum as well. */
gint64
tutti_store_db_sum (const char *text, gsize length, const gint64 stamp[4])
{
  const gint64 numbers[4] = { GINT64_TO_LE (stamp[0]), GINT64_TO_LE (stamp[1]), GINT64_TO_LE (stamp[2]),
                              GINT64_TO_LE (stamp[3]) };
  const guint8 *parts[2] = { (const guint8 *) numbers, (const guint8 *) text };
  const gsize sizes[2] = { sizeof numbers, length };
  guint64 sum = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (int part = 0; part < 2; part++)
    for (gsize i = 0; i < sizes[part]; i++)
      sum = (sum ^ parts[part][i]) * G_GUINT64_CONSTANT (0x100000001b3);
  return (gint64) sum;
}
