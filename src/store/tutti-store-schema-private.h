/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-store.h"

#include <sqlite3.h>

G_BEGIN_DECLS

#define TUTTI_STORE_APPLICATION_ID 0x54757474    /* "Tutt", in the database header: another program's file is refused */

/* One step forward: takes the schema from version n (its index) to n + 1. Steps are never changed once released. */
typedef struct
{
  const char *sql;
} TuttiStoreStep;

extern const TuttiStoreStep tutti_store_steps[];
extern const gsize tutti_store_n_steps;          /* also the newest version */

/* Looks at the file without changing one byte of it: not a database, foreign, damaged or newer is an error; a
 * missing or empty file is version 0. */
gboolean tutti_store_schema_inspect (const char *path, gsize newest, int *version, GError **error);

/* Brings an open database to version @n_steps in one transaction. A version above 0 is first copied whole to
 * "PATH.v<version>.bak" (an older copy of that name is replaced only when the new one is complete). */
gboolean tutti_store_schema_upgrade (sqlite3 *db, const char *path, const TuttiStoreStep *steps, gsize n_steps,
                                     GError **error);

G_END_DECLS
