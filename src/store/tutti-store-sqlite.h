/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-store.h"

G_BEGIN_DECLS

#define TUTTI_TYPE_STORE_SQLITE (tutti_store_sqlite_get_type ())
G_DECLARE_FINAL_TYPE (TuttiStoreSqlite, tutti_store_sqlite, TUTTI, STORE_SQLITE, GObject)

/* How long a call waits for another process that holds the store before it answers TUTTI_STORE_ERROR_BUSY. */
#define TUTTI_STORE_SQLITE_PATIENCE_MS 1000

/* Opens (or makes) the store in @directory: one file, "jams.db", mode WAL, synchronous=NORMAL. A power cut may
 * cost the last seconds, a killed process nothing. A damaged, foreign or newer file is refused with words and
 * not touched; before a migration a copy is kept beside it ("jams.db.v1.bak").
 *
 * Thread: any; it reads the disk. Returns: (transfer full). */
TuttiStore *tutti_store_sqlite_open (const char *directory, guint patience_ms, GError **error);

G_END_DECLS
