/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-row.h"
#include "tutti-files.h"
#include "tutti-store-sqlite.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

/* What an append costs the host before it may broadcast, beside bare SQLite in the same run (with its checkpoints
 * on the writer as it comes, and with none at all as the floor); and what opening costs with many jams. */

enum { APPENDS = 40000, JAMS = 1000, OPENINGS = 15 };

static const char op_text[] = "[\"step\",\"k3f.1a\",5,100]";

static int
compare (const void *one, const void *other)
{
  gint64 a = *(const gint64 *) one, b = *(const gint64 *) other;

  return (a > b) - (a < b);
}

static gint64
now_ns (void)
{
  struct timespec t;

  clock_gettime (CLOCK_MONOTONIC, &t);
  return t.tv_sec * G_GINT64_CONSTANT (1000000000) + t.tv_nsec;
}

/* Returns: the median. */
static double
row (const char *what, gint64 *ns, int n)
{
  g_autofree char *median = g_strdup_printf ("%s, median", what), *p99 = g_strdup_printf ("%s, p99", what);

  qsort (ns, (gsize) n, sizeof *ns, compare);
  bench_row_plain (median, (double) ns[n / 2] / 1e3, "µs");
  bench_row_plain (p99, (double) ns[n * 99 / 100] / 1e3, "µs");
  return (double) ns[n / 2];
}

static double
bare (const char *what, const char *pragma)
{
  g_autofree char *folder = g_dir_make_tmp ("bench-store-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bare.db", NULL);
  g_autofree gint64 *ns = g_new (gint64, APPENDS);
  sqlite3_stmt *statement;
  sqlite3 *db;

  if (sqlite3_open (path, &db) != SQLITE_OK ||
      sqlite3_exec (db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                        "CREATE TABLE ops (jam, seq, epoch, by, at, op, sum, PRIMARY KEY (jam, seq)) WITHOUT ROWID",
                    NULL, NULL, NULL) != SQLITE_OK ||
      sqlite3_exec (db, pragma, NULL, NULL, NULL) != SQLITE_OK ||
      sqlite3_prepare_v2 (db, "INSERT INTO ops VALUES (1, ?1, 1, 1, ?1, ?2, 1)", -1, &statement, NULL) != SQLITE_OK)
    abort ();
  for (int i = 0; i < APPENDS; i++)
    {
      gint64 start = now_ns ();

      sqlite3_bind_int64 (statement, 1, i + 1);
      sqlite3_bind_text (statement, 2, op_text, -1, SQLITE_STATIC);
      if (sqlite3_step (statement) != SQLITE_DONE || sqlite3_reset (statement) != SQLITE_OK)
        abort ();
      ns[i] = now_ns () - start;
    }
  sqlite3_finalize (statement);
  sqlite3_close (db);
  tutti_remove_tree (folder);
  return row (what, ns, APPENDS);
}

static TuttiStore *
open_store (const char *folder)
{
  g_autoptr(GError) error = NULL;
  TuttiStore *store = tutti_store_sqlite_open (folder, 1000, &error);

  if (store == NULL)
    g_error ("%s", error->message);
  return store;
}

static void
add_jam (TuttiStore *store, const char *id)
{
  TuttiStoreJam jam = { .id = (char *) id, .name = (char *) "Fuzzy penguin", .created_us = 1,
                        .miniature = (char *) "{\"steps\":[[9,0,0,0,9,0,0,0,9,0,0,0,9,0,0,0]]}" };

  if (!tutti_store_create_jam (store, &jam, NULL))
    abort ();
}

/* @pause_us: between two appends; 0 is nobody's life, 2 ms is a jam of a hundred busy people. */
static double
appends (const char *what, int n, int pause_us)
{
  g_autofree char *folder = g_dir_make_tmp ("bench-store-XXXXXX", NULL);
  g_autoptr(TuttiStore) store = open_store (folder);
  g_autofree gint64 *ns = g_new (gint64, n);

  add_jam (store, "jam");
  for (int i = 0; i < n; i++)
    {
      gint64 start = now_ns ();

      if (!tutti_store_append_op (store, "jam", 1, i + 1, 1, i + 1, op_text, NULL))
        abort ();
      ns[i] = now_ns () - start;
      if (pause_us > 0)
        g_usleep ((gulong) pause_us);
    }
  g_clear_object (&store);
  tutti_remove_tree (folder);
  return row (what, ns, n);
}

static void
openings (void)
{
  g_autofree char *folder = g_dir_make_tmp ("bench-store-XXXXXX", NULL);
  g_autoptr(TuttiStore) store = open_store (folder);
  g_autofree char *document = g_strnfill (6000, 'x');
  gint64 opened[OPENINGS], listed[OPENINGS], loaded_ns[OPENINGS];

  for (int j = 0; j < JAMS; j++)
    {
      g_autofree char *id = g_strdup_printf ("jam-%d", j);

      add_jam (store, id);
      for (int i = 1; i <= 50; i++)
        tutti_store_append_op (store, id, 1, i, 1, i, op_text, NULL);
      tutti_store_save_snapshot (store, id, 25, document, 1, NULL);
    }
  for (int i = 0; i < OPENINGS; i++)
    {
      g_autoptr(GPtrArray) jams = NULL;
      g_autoptr(TuttiStoreLoaded) loaded = NULL;
      gint64 start;

      g_clear_object (&store);
      start = now_ns ();
      store = open_store (folder);
      opened[i] = now_ns () - start;
      start = now_ns ();
      jams = tutti_store_list_jams (store, FALSE, 20, NULL);
      listed[i] = now_ns () - start;
      start = now_ns ();
      loaded = tutti_store_load (store, "jam-500", TUTTI_STORE_LOAD_WHOLE, NULL);
      loaded_ns[i] = now_ns () - start;
      if (jams->len != 20 || loaded == NULL || loaded->ops->len != 25)
        abort ();
    }
  row ("Store: open with 1 000 jams", opened, OPENINGS);
  row ("Store: list the 20 recent ones of 1 000", listed, OPENINGS);
  row ("Store: load one of 1 000 (6 KB and 25 operations)", loaded_ns, OPENINGS);
  g_clear_object (&store);
  tutti_remove_tree (folder);
}

int
main (void)
{
  double floor_ns, ours_ns;

  bare ("Bare SQLite append, checkpoints on the writer", "PRAGMA wal_autocheckpoint = 1000");
  floor_ns = bare ("Bare SQLite append, no checkpoints (floor)", "PRAGMA wal_autocheckpoint = 0");
  ours_ns = appends ("Store: append, one after the other", APPENDS, 0);
  bench_row_plain ("Store: append, times the floor", ours_ns / floor_ns, "");
  appends ("Store: append, 2 ms apart", 3000, 2000);
  openings ();
  return 0;
}
