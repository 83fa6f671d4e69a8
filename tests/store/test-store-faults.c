/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The disk fails at the Nth write, for every N: what was acknowledged is there afterwards, without a hole. */
#include "store-fixture.h"
#include "store-shim.h"

#include <sqlite3.h>
#include <string.h>

/* Appends one by one, in batches and with snapshots; goes on after a failure as a host would, with the same
 * number again. Returns the last acknowledged number. */
static gint64
write_what_you_can (TuttiStore *store, int *n_failures)
{
  gint64 seq = 0;

  for (int turn = 0; turn < 30; turn++)
    {
      g_autoptr(GError) error = NULL;
      gboolean kept;

      if (turn % 7 == 3)
        {
          TuttiStoreOp ops[3] = { 0 };

          for (int i = 0; i < 3; i++)
            ops[i] = (TuttiStoreOp) { .epoch = 1, .seq = seq + i + 1, .by = (seq + i + 1) % 5 + 1,
                                      .at = (seq + i + 1) * 480, .text = fixture_text (seq + i + 1) };
          kept = tutti_store_append (store, "jam-a", ops, 3, &error);
          seq += kept ? 3 : 0;
          for (int i = 0; i < 3; i++)
            g_free (ops[i].text);
        }
      else if (turn % 7 == 5)
        kept = tutti_store_save_snapshot (store, "jam-a", seq, "{\"document\":true}", seq, &error);
      else
        {
          kept = fixture_append (store, "jam-a", seq + 1, &error);
          seq += kept;
        }
      *n_failures += !kept;
      g_assert_true (kept || error->domain == TUTTI_STORE_ERROR);
      g_assert_true (kept || strlen (error->message) > 10);
    }
  return seq;
}

static void
fail_everywhere (int answer, gboolean stays)
{
  int n_failures = 1, n = 0;

  /* Until N lies beyond the last write. */
  for (n = 0; n_failures > 0; n++)
    {
      char *folder = fixture_folder ();
      g_autoptr(TuttiStore) store = fixture_open (folder);
      gint64 acknowledged, kept;

      fixture_jam (store, "jam-a", 1);
      n_failures = 0;
      shim_aim (n, answer, stays);
      acknowledged = write_what_you_can (store, &n_failures);
      g_clear_object (&store);                     /* closing fails too when it stays */
      shim_aim (-1, SQLITE_OK, FALSE);

      store = fixture_open (folder);
      kept = fixture_last_seq (store, "jam-a");
      g_test_message ("failed at write %d: acknowledged %" G_GINT64_FORMAT ", kept %" G_GINT64_FORMAT,
                      n, acknowledged, kept);
      g_assert_cmpint (kept, ==, acknowledged);
      g_clear_object (&store);
      fixture_remove (folder);
    }
  g_assert_cmpint (n, >, 30);
}

static void test_one_write_fails (void)   { fail_everywhere (SQLITE_IOERR_WRITE, FALSE); }
static void test_one_write_is_full (void) { fail_everywhere (SQLITE_FULL, FALSE); }
static void test_disk_stays_full (void)   { fail_everywhere (SQLITE_FULL, TRUE); }

static void
test_full_is_said (void)
{
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);
  g_autoptr(GError) error = NULL;

  fixture_jam (store, "jam-a", 1);
  shim_aim (0, SQLITE_FULL, TRUE);
  g_assert_false (fixture_append (store, "jam-a", 1, &error));
  g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, "full"));
  shim_aim (-1, SQLITE_OK, FALSE);
  g_assert_true (fixture_append (store, "jam-a", 1, NULL));            /* room again: goes on by itself */
  g_clear_object (&store);
  fixture_remove (folder);
}

/* Making the store itself fails at the Nth write: nothing half-made is left in the way of the next try. */
static void
test_creation_fails (void)
{
  gboolean opened = FALSE;

  for (int n = 0; !opened; n++)
    {
      char *folder = fixture_folder ();
      g_autoptr(TuttiStore) store = NULL;
      g_autoptr(GError) error = NULL;

      shim_aim (n, SQLITE_FULL, TRUE);
      store = tutti_store_sqlite_open (folder, 100, &error);
      opened = store != NULL;
      g_clear_object (&store);
      shim_aim (-1, SQLITE_OK, FALSE);
      g_assert_true (opened || error->domain == TUTTI_STORE_ERROR);
      store = fixture_open (folder);
      fixture_jam (store, "jam-a", 1);
      g_clear_object (&store);
      fixture_remove (folder);
    }
}

static void
test_read_only (void)
{
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);
  g_autoptr(GError) error = NULL;

  fixture_jam (store, "jam-a", 1);
  g_assert_true (fixture_append (store, "jam-a", 1, NULL));
  g_clear_object (&store);
  shim_read_only (TRUE);
  store = tutti_store_sqlite_open (folder, 100, &error);
  if (store != NULL)
    g_assert_false (fixture_append (store, "jam-a", 2, &error));
  g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_READ_ONLY);
  shim_read_only (FALSE);
  g_clear_object (&store);
  store = fixture_open (folder);
  g_assert_cmpint (fixture_last_seq (store, "jam-a"), ==, 1);
  g_clear_object (&store);
  fixture_remove (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  shim_install ();
  g_test_add_func ("/store/faults/one-write-fails", test_one_write_fails);
  g_test_add_func ("/store/faults/one-write-is-full", test_one_write_is_full);
  g_test_add_func ("/store/faults/disk-stays-full", test_disk_stays_full);
  g_test_add_func ("/store/faults/full-is-said", test_full_is_said);
  g_test_add_func ("/store/faults/creation-fails", test_creation_fails);
  g_test_add_func ("/store/faults/read-only", test_read_only);
  return g_test_run ();
}
