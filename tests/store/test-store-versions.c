/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stores as earlier versions wrote them (versions/store-N.sql): each comes up to date with everything in it, a copy stays, and being
 * killed at any write on the way leaves the old one or the new one. */
#include "store-fixture.h"
#include "store-shim.h"
#include "tutti-store-schema-private.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static sqlite3 *
open_db (const char *path)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  return db;
}

static void
run (sqlite3 *db, const char *sql)
{
  char *words = NULL;
  int rc = sqlite3_exec (db, sql, NULL, NULL, &words);

  g_assert_cmpstr (words, ==, NULL);
  g_assert_cmpint (rc, ==, SQLITE_OK);
}

static int
version_of (const char *path)
{
  g_autoptr(GError) error = NULL;
  int version = -1;

  tutti_store_schema_inspect (path, tutti_store_n_steps, &version, &error);
  g_assert_no_error (error);
  return version;
}

/* A store of @version. What no dump was kept of is made of the newest one before it. */
static void
make_store (const char *path, int version)
{
  sqlite3 *db = open_db (path);
  g_autofree char *sql = NULL;
  int from = version + 1;

  run (db, "PRAGMA journal_mode = WAL");
  while (sql == NULL)
    {
      g_autofree char *name = g_strdup_printf ("store-%d.sql", --from);
      g_autofree char *file = g_test_build_filename (G_TEST_DIST, "store", "versions", name, NULL);

      g_assert_cmpint (from, >=, 1);
      g_file_get_contents (file, &sql, NULL, NULL);
    }
  run (db, sql);
  for (int i = from; i < version; i++)
    run (db, tutti_store_steps[i].sql);
  g_autofree char *stamp = g_strdup_printf ("PRAGMA user_version = %d", version);

  run (db, stamp);
  sqlite3_close (db);
}

static int
add_cell (void *data, int n, char **values, char **names)
{
  GString *rows = data;

  for (int i = 0; i < n; i++)
    g_string_append_printf (rows, "%s|", values[i] != NULL ? values[i] : "NULL");
  g_string_append_c (rows, '\n');
  return 0;
}

static int
add_name (void *data, int n, char **values, char **names)
{
  g_ptr_array_add (data, g_strdup (values[0]));
  return 0;
}

/* "SELECT a, b FROM t" for every table there, with the columns that it has there. (transfer full) */
static GPtrArray *
questions (sqlite3 *db)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);

  g_assert_cmpint (sqlite3_exec (db, "SELECT 'SELECT ' || (SELECT group_concat ('\"' || name || '\"', ', ') FROM"
                                 " pragma_table_info (t.name)) || ' FROM ' || t.name || ' ORDER BY 1, 2' FROM sqlite_schema AS t"
                                 " WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name", add_name, all, NULL),
                   ==, SQLITE_OK);
  return all;
}

/* (transfer full) */
static char *
answers (sqlite3 *db, const GPtrArray *asked)
{
  GString *rows = g_string_new (NULL);

  for (guint i = 0; i < asked->len; i++)
    g_assert_cmpint (sqlite3_exec (db, asked->pdata[i], add_cell, rows, NULL), ==, SQLITE_OK);
  return g_string_free (rows, FALSE);
}

/* Asks the store at @path the same again. (transfer full) */
static char *
answers_of (const char *path, const GPtrArray *asked)
{
  sqlite3 *db = open_db (path);
  char *rows = answers (db, asked);

  sqlite3_close (db);
  return rows;
}

/* ---- */

static void
assert_loads (TuttiStore *store, const char *name, gint64 last_seq, guint n_people)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) jams = tutti_store_list_jams (store, FALSE, 0, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < jams->len; i++)
    {
      const TuttiStoreJam *jam = jams->pdata[i];

      if (!g_str_equal (jam->name, name))
        continue;
      g_autoptr(TuttiStoreLoaded) loaded = tutti_store_load (store, jam->id, TUTTI_STORE_LOAD_WHOLE, &error);
      g_autoptr(GPtrArray) people = tutti_store_list_people (store, jam->id, &error);

      g_assert_no_error (error);
      g_assert_nonnull (loaded->document);
      g_assert_cmpint (loaded->snapshot_seq + loaded->ops->len, ==, last_seq);
      g_assert_cmpuint (people->len, ==, n_people);
      g_assert_cmpstr (jam->description, ==, "");
      g_assert_false (jam->published);
      g_assert_cmpstr (jam->from_jam, ==, NULL);
      return;
    }
  g_error ("There is no jam “%s” any more", name);
}

/* What the dumps hold, through the store's own eyes. */
static void
assert_works (const char *folder)
{
  g_autoptr(TuttiStore) store = fixture_open (folder);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) samples = tutti_store_list_samples (store, &error);
  g_autofree char *setting = tutti_store_dup_setting (store, "token.somewhere", NULL);

  assert_loads (store, "Friday “ä”", 11, 1);
  assert_loads (store, "Empty room", 3, 1);
  g_assert_cmpuint (samples->len, ==, 1);
  g_assert_cmpstr (setting, ==, "not a token");
  g_assert_true (tutti_store_restore_jam (store, "deletedjam", &error));
  g_assert_no_error (error);
  g_assert_true (tutti_store_delete_jam (store, "deletedjam", G_GINT64_CONSTANT (1795900100000000), &error));
}

static void
test_migrated (gconstpointer data)
{
  int version = GPOINTER_TO_INT (data);
  char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "jams.db", NULL);
  g_autofree char *copy = g_strdup_printf ("%s.v%d.bak", path, version);

  make_store (path, version);
  sqlite3 *db = open_db (path);
  g_autoptr(GPtrArray) asked = questions (db);
  g_autofree char *before = answers (db, asked);

  sqlite3_close (db);
  g_assert_nonnull (strstr (before, "bar 14"));
  assert_works (folder);
  g_assert_cmpint (version_of (path), ==, (int) tutti_store_n_steps);
  g_assert_cmpint (version_of (copy), ==, version);
  g_autofree char *after = answers_of (path, asked), *kept = answers_of (copy, asked);

  g_assert_cmpstr (after, ==, before);
  g_assert_cmpstr (kept, ==, before);
  fixture_remove (folder);
}

/* Kills itself at write @n of opening the store; else ends with 0. */
static int
open_until_killed (const char *folder, int n)
{
  g_autoptr(TuttiStore) store = NULL;

  shim_install ();
  shim_aim (n, SHIM_KILL, FALSE);
  store = tutti_store_sqlite_open (folder, 1000, NULL);
  return store != NULL ? 0 : 1;
}

static gboolean
is_killed_at (const char *folder, int n)
{
  g_autofree char *number = g_strdup_printf ("%d", n);
  const char *argv[] = { "/proc/self/exe", "--child", folder, number, NULL };
  GPid child = fork ();
  int status;

  if (child == 0)
    {
      execv (argv[0], (char **) argv);
      _exit (127);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL)
    return TRUE;
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  return FALSE;
}

static void
test_killed (gconstpointer data)
{
  int version = GPOINTER_TO_INT (data), n_old = 0, n_new = 0;
  gboolean killed = TRUE;

  for (int n = 0; killed; n++)
    {
      char *folder = fixture_folder ();
      g_autofree char *path = g_build_filename (folder, "jams.db", NULL);

      make_store (path, version);
      sqlite3 *db = open_db (path);
      g_autoptr(GPtrArray) asked = questions (db);
      g_autofree char *before = answers (db, asked);

      sqlite3_close (db);
      killed = is_killed_at (folder, n);
      int found = version_of (path);

      g_assert_true (found == version || found == (int) tutti_store_n_steps);
      n_old += found == version;
      n_new += found != version;
      assert_works (folder);
      g_autofree char *after = answers_of (path, asked);

      g_assert_cmpstr (after, ==, before);
      fixture_remove (folder);
    }
  g_test_message ("from version %d: killed at %d writes, the old one was found %d times, the new one %d times", version,
                  n_old + n_new - 1, n_old, n_new);
  g_assert_cmpint (n_old, >, 10);
  g_assert_cmpint (n_new, >, 0);
}

int
main (int argc, char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--child"))
    return open_until_killed (argv[2], atoi (argv[3]));
  g_test_init (&argc, &argv, NULL);
  for (int version = 1; version < (int) tutti_store_n_steps; version++)
    {
      g_autofree char *migrated = g_strdup_printf ("/store/versions/%d/migrated", version);
      g_autofree char *killed = g_strdup_printf ("/store/versions/%d/killed-at-any-write", version);

      g_test_add_data_func (migrated, GINT_TO_POINTER (version), test_migrated);
      g_test_add_data_func (killed, GINT_TO_POINTER (version), test_killed);
    }
  return g_test_run ();
}
