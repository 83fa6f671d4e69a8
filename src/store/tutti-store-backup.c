/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-store-backup.h"

#include "tutti-store-db-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>

#define PATIENCE_MS 1000

/* In one step: it reads one moment of the log, whoever writes. In several it would begin anew whenever somebody edits, and where
 * people play that is always. */
static gboolean
copy_pages (sqlite3 *from, sqlite3 *to, GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", from, "main");
  int rc;

  if (backup == NULL)
    return tutti_store_db_fail (to, sqlite3_errcode (to), "The backup", error);
  sqlite3_backup_step (backup, -1);
  rc = sqlite3_backup_finish (backup);
  return rc == SQLITE_OK || tutti_store_db_fail (to, rc, "The backup", error);
}

/* A file of its own, without a log beside it, so that it can be carried away. */
static gboolean
copy_store (const char *path, const char *draft, GError **error)
{
  TuttiStoreDb from, to;
  gboolean ok;

  tutti_store_db_init (&from);
  tutti_store_db_init (&to);
  ok = tutti_store_db_open (&from, path, SQLITE_OPEN_READWRITE, PATIENCE_MS, error) &&
       tutti_store_db_open (&to, draft, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, PATIENCE_MS, error) &&
       copy_pages (from.db, to.db, error) &&
       tutti_store_db_exec (to.db, "PRAGMA journal_mode = DELETE", "The backup", error);
  tutti_store_db_clear (&from);
  tutti_store_db_clear (&to);
  return ok;
}

/* Only its owner's, as the store is. */
static gboolean
make_empty (const char *draft, GError **error)
{
  int fd = g_open (draft, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);

  if (fd >= 0)
    return g_close (fd, error);
  g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_READ_ONLY, "“%s” cannot be made: %s", draft, g_strerror (errno));
  return FALSE;
}

gboolean
tutti_store_backup (const char *directory, const char *to, GError **error)
{
  g_autofree char *path = g_build_filename (directory, "jams.db", NULL), *draft = g_strconcat (to, ".partial", NULL);
  gboolean ok;

  if (g_file_test (to, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_CONFLICT, "“%s” is there already", to);
      return FALSE;
    }
  g_remove (draft);
  ok = make_empty (draft, error) && copy_store (path, draft, error);
  if (ok && g_rename (draft, to) == 0)
    return TRUE;
  if (ok)
    g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_FAILED, "“%s” cannot be written: %s", to, g_strerror (errno));
  g_remove (draft);
  return FALSE;
}
