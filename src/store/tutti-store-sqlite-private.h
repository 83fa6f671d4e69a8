/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-store-sqlite.h"
#include "tutti-store-rows-private.h"

G_BEGIN_DECLS

/* The inside of the embedded store, one file a subject. */

struct _TuttiStoreSqlite
{
  GObject       parent_instance;

  TuttiStoreDb  writer;
  TuttiStoreDb  reader;
  TuttiStoreDb  patient;       /* reads what takes long, so that nobody waits for it who reads a little */
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

/* The jam's end as this object knows it; (transfer none). Call with the writer's lock. */
TuttiStoreTail *tutti_store_sqlite_tail (TuttiStoreSqlite *self, const char *jam, GError **error);

/* Each puts its subject's calls into the interface. */
void tutti_store_sqlite_add_threads (TuttiStoreInterface *iface);
void tutti_store_sqlite_add_jams    (TuttiStoreInterface *iface);
void tutti_store_sqlite_add_log     (TuttiStoreInterface *iface);
void tutti_store_sqlite_add_rest    (TuttiStoreInterface *iface);

/* The store's own thread, and the one that moves the log into the file: both from begin, when the writer is open, to end. */
void tutti_store_sqlite_begin_threads (TuttiStoreSqlite *self);
void tutti_store_sqlite_end_threads   (TuttiStoreSqlite *self);

G_END_DECLS
