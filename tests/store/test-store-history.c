/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When each operation was ordered, and the jam as it was after any of them. */
#include "store-fixture.h"
#include "tutti-store-db-private.h"
#include "tutti-store-schema-private.h"

static gboolean
append_at (TuttiStore *store, const char *jam, gint64 seq, gint64 done_us)
{
  g_autofree char *text = fixture_text (seq);
  TuttiStoreOp op = { .epoch = 1, .seq = seq, .by = seq % 5 + 1, .at = seq * 480, .text = text, .done_us = done_us };

  return tutti_store_append (store, jam, &op, 1, NULL);
}

static void
test_times_are_kept (void)
{
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);

  fixture_jam (store, "jam-a", 1);
  for (gint64 seq = 1; seq <= 20; seq++)
    g_assert_true (append_at (store, "jam-a", seq, 1000 * seq));
  g_assert_true (tutti_store_close (store, NULL));
  g_clear_object (&store);
  store = fixture_open (folder);
  g_autoptr(GPtrArray) ops = tutti_store_list_ops (store, "jam-a", 10, 5, NULL);

  g_assert_cmpint (fixture_check_ops (ops, 10), ==, 15);
  for (guint i = 0; i < ops->len; i++)
    g_assert_cmpint (((TuttiStoreOp *) ops->pdata[i])->done_us, ==, 1000 * (11 + (gint64) i));
  g_clear_object (&store);
  fixture_remove (folder);
}

/* ---- from the first version ---- */

static void
insert_old_op (sqlite3 *db, gint64 seq)
{
  g_autofree char *text = fixture_text (seq);
  gint64 sum = tutti_store_db_sum (text, strlen (text), (const gint64[4]) { 1, seq, seq % 5 + 1, seq * 480 });
  char *sql = sqlite3_mprintf ("INSERT INTO ops (jam, seq, epoch, by, at, op, sum) VALUES (1, %lld, 1, %lld, %lld, %Q, %lld)",
                               (long long) seq, (long long) seq % 5 + 1, (long long) seq * 480, text, (long long) sum);

  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_free (sql);
}

/* A store as the first version wrote it, with a jam of @n operations. */
static void
make_version_1 (const char *folder, gint64 n)
{
  g_autofree char *path = g_build_filename (folder, "jams.db", NULL);
  g_autofree char *stamp = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = 1", TUTTI_STORE_APPLICATION_ID);
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, tutti_store_steps[0].sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, stamp, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "INSERT INTO jams VALUES (1, 'jam-a', 'Old', NULL, NULL, 1, 1, 1, 0, 0, 0)", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  for (gint64 seq = 1; seq <= n; seq++)
    insert_old_op (db, seq);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
}

static void
test_from_version_1 (void)
{
  char *folder = fixture_folder ();
  g_autofree char *kept = g_build_filename (folder, "jams.db.v1.bak", NULL);

  make_version_1 (folder, 30);
  g_autoptr(TuttiStore) store = fixture_open (folder);
  g_autoptr(GPtrArray) ops = NULL;

  /* All of it is there, and nobody knows when it was. */
  g_assert_cmpint (fixture_last_seq (store, "jam-a"), ==, 30);
  g_assert_true (g_file_test (kept, G_FILE_TEST_EXISTS));
  g_assert_true (append_at (store, "jam-a", 31, 77));
  ops = tutti_store_list_ops (store, "jam-a", 29, 0, NULL);
  g_assert_cmpint (((TuttiStoreOp *) ops->pdata[0])->done_us, ==, 0);
  g_assert_cmpint (((TuttiStoreOp *) ops->pdata[1])->done_us, ==, 77);
  g_clear_object (&store);
  fixture_remove (folder);
}

/* ---- any moment ---- */

#define LONG_LOG (3 * TUTTI_STORE_MOMENTS_EVERY + 700)

static void
assert_moment (TuttiStore *store, gint64 seq)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiStoreLoaded) loaded = tutti_store_load_at (store, "jam-a", seq, &error);

  g_assert_no_error (error);
  g_assert_cmpint (loaded->snapshot_seq, <=, seq);
  g_assert_cmpint (fixture_check_ops (loaded->ops, loaded->snapshot_seq), ==, seq);
  /* What a moment costs does not grow with the jam. */
  g_assert_cmpuint (loaded->ops->len, <=, TUTTI_STORE_MOMENTS_EVERY + TUTTI_STORE_SNAPSHOT_EVERY);
}

static void
assert_no_moment (TuttiStore *store, gint64 seq, TuttiStoreError code)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (tutti_store_load_at (store, "jam-a", seq, &error));
  g_assert_error (error, TUTTI_STORE_ERROR, (int) code);
}

static void
fill_long (TuttiStore *store)
{
  for (gint64 seq = 1; seq <= LONG_LOG; seq++)
    {
      g_assert_true (append_at (store, "jam-a", seq, seq));
      if (tutti_store_snapshot_due (store, "jam-a"))
        g_assert_true (tutti_store_save_snapshot (store, "jam-a", seq, "{}", seq, NULL));
    }
}

static void
test_any_moment (void)
{
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);

  fixture_jam (store, "jam-a", 1);
  fill_long (store);
  for (gint64 seq = 0; seq <= LONG_LOG; seq += 487)
    assert_moment (store, seq);
  assert_moment (store, LONG_LOG);
  assert_no_moment (store, LONG_LOG + 1, TUTTI_STORE_ERROR_NOT_FOUND);
  assert_no_moment (store, G_MAXINT64, TUTTI_STORE_ERROR_NOT_FOUND);
  assert_no_moment (store, -1, TUTTI_STORE_ERROR_INVALID);
  g_clear_object (&store);
  fixture_remove (folder);
}

/* What came from another host begins where that said: nothing before is known, and that is said. */
static void
test_before_the_first (void)
{
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);
  g_autofree char *text = fixture_text (500);
  TuttiStoreJam jam = { .id = (char *) "jam-a", .name = (char *) "From elsewhere", .created_us = 1, .updated_us = 1, .opened_us = 1 };
  TuttiStoreOp op = { .epoch = 1, .seq = 500, .by = 1, .at = 240000, .text = text };
  TuttiStoreAdoption adoption = { 500, "{}", &op, 1, 1 };

  g_assert_true (tutti_store_adopt (store, &jam, &adoption, NULL));
  assert_no_moment (store, 0, TUTTI_STORE_ERROR_NOT_FOUND);
  assert_no_moment (store, 499, TUTTI_STORE_ERROR_NOT_FOUND);
  assert_moment (store, 500);
  g_assert_true (append_at (store, "jam-a", 501, 1));
  assert_moment (store, 501);
  g_clear_object (&store);
  fixture_remove (folder);
}

/* A damaged row in between: that moment cannot be, and an earlier one can. */
static void
test_damaged_row (void)
{
  char *folder = fixture_folder ();
  TuttiStore *store = fixture_open (folder);
  g_autofree char *path = g_build_filename (folder, "jams.db", NULL);
  sqlite3 *db = NULL;

  fixture_jam (store, "jam-a", 1);
  for (gint64 seq = 1; seq <= 40; seq++)
    g_assert_true (append_at (store, "jam-a", seq, 1));
  g_object_unref (store);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE ops SET op = 'x' WHERE seq = 20", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  store = fixture_open (folder);
  assert_moment (store, 19);
  assert_no_moment (store, 20, TUTTI_STORE_ERROR_NOT_FOUND);
  assert_no_moment (store, 30, TUTTI_STORE_ERROR_NOT_FOUND);
  g_object_unref (store);
  fixture_remove (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-history/times-are-kept", test_times_are_kept);
  g_test_add_func ("/store-history/from-version-1", test_from_version_1);
  g_test_add_func ("/store-history/any-moment", test_any_moment);
  g_test_add_func ("/store-history/before-the-first", test_before_the_first);
  g_test_add_func ("/store-history/damaged-row", test_damaged_row);
  return g_test_run ();
}
