/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Damaged, foreign, newer, older and locked stores: answered in words, and left byte for byte as they were. */
#include "store-fixture.h"
#include "tutti-store-schema-private.h"

#include <string.h>

static char *
path_in (const char *folder)
{
  return g_build_filename (folder, "jams.db", NULL);
}

static void
read_bytes (const char *path, char **bytes, gsize *length)
{
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, bytes, length, &error);
  g_assert_no_error (error);
}

/* A closed store with two jams of some hundred operations. */
static char *
filled_folder (void)
{
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);
  g_autofree char *document = g_strnfill (9000, 'd');

  fixture_jam (store, "jam-a", 1);
  fixture_jam (store, "jam-b", 2);
  for (gint64 seq = 1; seq <= 300; seq++)
    {
      g_assert_true (fixture_append (store, "jam-a", seq, NULL));
      g_assert_true (fixture_append (store, "jam-b", seq, NULL));
      if (seq % 100 == 0)
        g_assert_true (tutti_store_save_snapshot (store, "jam-a", seq, document, seq, NULL));
    }
  return folder;
}

static void
change (const char *folder, const char *sql)
{
  g_autofree char *path = path_in (folder);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static void
assert_refused_untouched (const char *folder, TuttiStoreError code)
{
  g_autofree char *path = path_in (folder), *before = NULL, *after = NULL;
  gsize n_before, n_after;
  g_autoptr(GError) error = NULL;

  read_bytes (path, &before, &n_before);
  g_assert_null (tutti_store_sqlite_open (folder, 100, &error));
  g_assert_error (error, TUTTI_STORE_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, "jams.db"));
  read_bytes (path, &after, &n_after);
  g_assert_cmpmem (before, n_before, after, n_after);
}

static void
test_newer (void)
{
  char *folder = filled_folder ();

  change (folder, "PRAGMA user_version = 77");
  assert_refused_untouched (folder, TUTTI_STORE_ERROR_NEWER);
  fixture_remove (folder);
}

/* A newer Tutti was killed: its version stands only in the log beside the file. */
static void
test_newer_in_the_log (void)
{
  char *folder = filled_folder ();
  g_autofree char *path = path_in (folder), *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *copy = fixture_folder (), *copy_path = path_in (copy), *copy_log = g_strconcat (copy_path, "-wal", NULL);
  g_autofree char *bytes = NULL, *log_bytes = NULL, *after = NULL;
  gsize n_bytes, n_log, n_after;
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "PRAGMA user_version = 77", NULL, NULL, NULL), ==, SQLITE_OK);
  read_bytes (path, &bytes, &n_bytes);                      /* as kill -9 leaves it */
  read_bytes (log, &log_bytes, &n_log);
  g_assert_cmpuint (n_log, >, 0);
  sqlite3_close (db);
  g_assert_true (g_file_set_contents (copy_path, bytes, n_bytes, NULL));
  g_assert_true (g_file_set_contents (copy_log, log_bytes, n_log, NULL));

  assert_refused_untouched (copy, TUTTI_STORE_ERROR_NEWER);
  read_bytes (copy_log, &after, &n_after);
  g_assert_cmpmem (log_bytes, n_log, after, n_after);
  fixture_remove (g_steal_pointer (&copy));
  fixture_remove (folder);
}

static void
test_foreign (void)
{
  char *folder = fixture_folder ();
  g_autofree char *path = path_in (folder);

  change (folder, "CREATE TABLE places (url TEXT)");
  assert_refused_untouched (folder, TUTTI_STORE_ERROR_DAMAGED);
  g_assert_true (g_file_set_contents (path, "kick: x...x...\n", -1, NULL));
  assert_refused_untouched (folder, TUTTI_STORE_ERROR_DAMAGED);
  change (folder = (fixture_remove (folder), filled_folder ()), "DROP TABLE chat");
  assert_refused_untouched (folder, TUTTI_STORE_ERROR_DAMAGED);
  fixture_remove (folder);
}

static void
test_truncated (void)
{
  char *folder = filled_folder ();
  g_autofree char *path = path_in (folder), *bytes = NULL;
  gsize length;

  read_bytes (path, &bytes, &length);
  for (int i = 0; i < 8; i++)
    {
      gsize keep = (gsize) g_test_rand_int_range (1, (int) length - 1);

      g_test_message ("cut to %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT, keep, length);
      g_assert_true (g_file_set_contents (path, bytes, keep, NULL));
      assert_refused_untouched (folder, TUTTI_STORE_ERROR_DAMAGED);
    }
  fixture_remove (folder);
}

/* Any flip of bits: either the store is refused and untouched, or each jam loads as it was written or is
 * refused alone. Never wrong music, never a crash. */
static void
test_flipped (void)
{
  char *folder = filled_folder ();
  g_autofree char *path = path_in (folder), *bytes = NULL;
  int refused = 0, jams_refused = 0;
  gsize length;

  read_bytes (path, &bytes, &length);
  for (int round = 0; round < 120; round++)
    {
      g_autofree char *broken = g_memdup2 (bytes, length);
      g_autoptr(TuttiStore) store = NULL;
      g_autoptr(GError) error = NULL;
      int n = g_test_rand_int_range (1, 12);

      while (n-- > 0)
        broken[g_test_rand_int_range (0, (int) length)] ^= (char) (1 << g_test_rand_int_range (0, 8));
      g_assert_true (g_file_set_contents (path, broken, length, NULL));
      store = tutti_store_sqlite_open (folder, 100, &error);
      if (store == NULL)
        {
          g_autofree char *after = NULL;
          gsize n_after;

          read_bytes (path, &after, &n_after);
          g_assert_cmpmem (broken, length, after, n_after);
          refused++;
          continue;
        }
      for (int i = 0; i < 2; i++)
        {
          g_autoptr(TuttiStoreLoaded) loaded =
            tutti_store_load (store, i == 0 ? "jam-a" : "jam-b", TUTTI_STORE_LOAD_WHOLE, NULL);

          if (loaded != NULL)
            fixture_check_ops (loaded->ops, loaded->snapshot_seq);
          else
            jams_refused++;
        }
    }
  g_test_message ("%d stores and %d jams of 120 refused", refused, jams_refused);
  g_assert_cmpint (refused, <, 120);
  fixture_remove (folder);
}

static void
test_damaged_jam_alone (void)
{
  char *folder = filled_folder ();
  g_autoptr(TuttiStoreLoaded) loaded = NULL;
  g_autoptr(TuttiStore) store = NULL;
  g_autoptr(GError) error = NULL;

  change (folder, "UPDATE ops SET op = replace (op, 'step', 'stop') WHERE seq = 250"
                  " AND jam = (SELECT key FROM jams WHERE id = 'jam-b');"
                  "UPDATE snapshots SET document = document || 'x' WHERE seq = 300");
  store = fixture_open (folder);

  /* The newest snapshot is bad: the one before it and a longer tail give the same music. */
  loaded = tutti_store_load (store, "jam-a", TUTTI_STORE_LOAD_WHOLE, &error);
  g_assert_no_error (error);
  g_assert_true (loaded->older_snapshot);
  g_assert_cmpint (loaded->snapshot_seq, ==, 200);
  g_assert_cmpint (fixture_check_ops (loaded->ops, 200), ==, 300);
  g_clear_pointer (&loaded, tutti_store_loaded_free);

  g_assert_null (tutti_store_load (store, "jam-b", TUTTI_STORE_LOAD_WHOLE, &error));
  g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_JAM_DAMAGED);
  loaded = tutti_store_load (store, "jam-b", TUTTI_STORE_LOAD_SALVAGE, NULL);
  g_assert_true (loaded->cut_short);
  g_assert_cmpint (fixture_check_ops (loaded->ops, 0), ==, 249);
  g_clear_object (&store);
  fixture_remove (folder);
}

static void
test_locked_by_another (void)
{
  char *folder = filled_folder ();
  g_autofree char *path = path_in (folder);
  g_autoptr(TuttiStore) store = tutti_store_sqlite_open (folder, 20, NULL);
  g_autoptr(GError) error = NULL;
  sqlite3 *other = NULL;

  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN EXCLUSIVE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_false (fixture_append (store, "jam-a", 301, &error));
  g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_BUSY);
  g_assert_cmpint (fixture_last_seq (store, "jam-a"), ==, 300);        /* reading goes on */
  g_assert_cmpint (sqlite3_exec (other, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_true (fixture_append (store, "jam-a", 301, NULL));
  sqlite3_close (other);
  g_clear_object (&store);

  /* Held for good: opening is answered too. */
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "PRAGMA locking_mode = EXCLUSIVE; UPDATE jams SET last_frame = last_frame", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  g_clear_error (&error);
  g_assert_null (tutti_store_sqlite_open (folder, 20, &error));
  g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_BUSY);
  sqlite3_close (other);
  store = fixture_open (folder);
  g_assert_cmpint (fixture_last_seq (store, "jam-a"), ==, 301);
  g_clear_object (&store);
  fixture_remove (folder);
}

/* --- migrations --- */

static void
test_from_nothing (void)
{
  char *folder = fixture_folder ();
  g_autofree char *path = path_in (folder);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));              /* killed right after creating the file */
  g_object_unref (fixture_open (folder));
  g_assert_cmpint (g_remove (path), ==, 0);
  change (folder, "PRAGMA journal_mode = WAL");                         /* … or right before the first schema */
  g_object_unref (fixture_open (folder));
  fixture_remove (folder);
}

static int
version_of (const char *path)
{
  int version = -1;
  g_autoptr(GError) error = NULL;

  tutti_store_schema_inspect (path, 100, &version, &error);
  g_assert_no_error (error);
  return version;
}

/* Every released version, made by its own steps, comes up to the newest with a copy kept. A later step is
 * invented here, so that the machinery is proven before it is needed. */
static void
test_forward (void)
{
  TuttiStoreStep steps[16];
  gsize n_old = tutti_store_n_steps;
  char *folder = filled_folder ();
  g_autofree char *path = path_in (folder), *copy = g_strdup_printf ("%s.v%d.bak", path, (int) n_old);
  g_autoptr(GError) error = NULL;
  sqlite3 *db = NULL;

  g_assert_cmpuint (n_old + 1, <=, G_N_ELEMENTS (steps));
  memcpy (steps, tutti_store_steps, n_old * sizeof *steps);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);

  steps[n_old].sql = "ALTER TABLE jams ADD COLUMN mood TEXT; INSERT INTO nowhere VALUES (1)";
  g_assert_false (tutti_store_schema_upgrade (db, path, steps, n_old + 1, &error));
  g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpint (sqlite3_exec (db, "SELECT mood FROM jams", NULL, NULL, NULL), !=, SQLITE_OK);

  steps[n_old].sql = "ALTER TABLE jams ADD COLUMN mood TEXT; UPDATE jams SET mood = 'blue'";
  g_assert_true (tutti_store_schema_upgrade (db, path, steps, n_old + 1, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_exec (db, "SELECT mood FROM jams", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);

  g_assert_cmpint (version_of (path), ==, (int) n_old + 1);
  g_assert_cmpint (version_of (copy), ==, (int) n_old);
  assert_refused_untouched (folder, TUTTI_STORE_ERROR_NEWER);           /* this program is now the older one */
  g_assert_cmpint (g_rename (copy, path), ==, 0);
  {
    g_autoptr(TuttiStore) store = fixture_open (folder);

    g_assert_cmpint (fixture_last_seq (store, "jam-a"), ==, 300);
    g_assert_cmpint (fixture_last_seq (store, "jam-b"), ==, 300);
  }
  fixture_remove (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/newer", test_newer);
  g_test_add_func ("/store/newer-in-the-log", test_newer_in_the_log);
  g_test_add_func ("/store/foreign", test_foreign);
  g_test_add_func ("/store/truncated", test_truncated);
  g_test_add_func ("/store/flipped", test_flipped);
  g_test_add_func ("/store/damaged-jam-alone", test_damaged_jam_alone);
  g_test_add_func ("/store/locked-by-another", test_locked_by_another);
  g_test_add_func ("/store/from-nothing", test_from_nothing);
  g_test_add_func ("/store/forward", test_forward);
  return g_test_run ();
}
