/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The embedded store. Four connections to one file: the writer, a reader that a long write does not hold up, one for what takes long,
 * and one that only moves the log into the file ("checkpoint"). On the writer a checkpoint would be a spike of
 * 3–5 ms in front of a broadcast; here it is nobody's. */
#include "tutti-store-sqlite-private.h"
#include "tutti-store-schema-private.h"

#include <errno.h>

static void store_init (TuttiStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TuttiStoreSqlite, tutti_store_sqlite, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TUTTI_TYPE_STORE, store_init))

TuttiStoreTail *
tutti_store_sqlite_tail (TuttiStoreSqlite *self, const char *jam, GError **error)
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

/* --- beginning and end --- */

static gboolean
close_store (TuttiStore *store, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  gboolean clean;

  tutti_store_sqlite_end_threads (self);
  g_mutex_lock (&self->patient.lock);
  clean = tutti_store_db_close (&self->patient);
  g_mutex_unlock (&self->patient.lock);
  g_mutex_lock (&self->reader.lock);
  clean = tutti_store_db_close (&self->reader) && clean;
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
         tutti_store_db_exec (self->reader.db, "PRAGMA query_only = ON", "Opening the store", error) &&
         tutti_store_db_open (&self->patient, self->path, SQLITE_OPEN_READWRITE, patience_ms, error) &&
         tutti_store_db_exec (self->patient.db, "PRAGMA query_only = ON", "Opening the store", error);
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

  tutti_store_sqlite_begin_threads (self);
  return TUTTI_STORE (g_steal_pointer (&self));
}

static void
tutti_store_sqlite_finalize (GObject *object)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (object);

  close_store (TUTTI_STORE (self), NULL);
  tutti_store_db_clear (&self->patient);
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
  tutti_store_db_init (&self->patient);
  self->tails = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->jobs = g_async_queue_new ();
  g_mutex_init (&self->checkpoint_lock);
  g_cond_init (&self->checkpoint_wanted);
}

static void
store_init (TuttiStoreInterface *iface)
{
  tutti_store_sqlite_add_threads (iface);
  tutti_store_sqlite_add_jams (iface);
  tutti_store_sqlite_add_log (iface);
  tutti_store_sqlite_add_rest (iface);
  iface->close = close_store;
}
