/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The disk fails at the Nth write, for every N: what was acknowledged is there afterwards, without a hole. A
 * thin SQLite file system over the real one counts writes and syncs and fails one of them (or all from there). */
#include "store-fixture.h"

#include <sqlite3.h>
#include <string.h>

typedef struct
{
  sqlite3_file base;
  sqlite3_file *real;
} ShimFile;

static struct
{
  sqlite3_vfs        vfs;
  sqlite3_vfs       *real;
  sqlite3_io_methods methods;
  GMutex             lock;
  int                countdown;    /* fails when it gets to 0; negative: never */
  int                answer;       /* with this */
  gboolean           stays;        /* and from then on */
  gboolean           read_only;    /* nothing may be opened for writing */
} shim;

static int
fate (void)
{
  int rc = SQLITE_OK;

  g_mutex_lock (&shim.lock);
  if (shim.countdown == 0)
    rc = shim.answer;
  if (shim.countdown > 0 || (shim.countdown == 0 && !shim.stays))
    shim.countdown--;
  g_mutex_unlock (&shim.lock);
  return rc;
}

#define REAL(file) (((ShimFile *) (file))->real)

static int
shim_write (sqlite3_file *file, const void *bytes, int n, sqlite3_int64 offset)
{
  int rc = fate ();

  if (rc == SQLITE_OK)
    return REAL (file)->pMethods->xWrite (REAL (file), bytes, n, offset);
  REAL (file)->pMethods->xWrite (REAL (file), bytes, n / 2, offset);     /* a torn write is the worse one */
  return rc;
}

static int
shim_sync (sqlite3_file *file, int flags)
{
  int rc = fate ();

  return rc == SQLITE_OK ? REAL (file)->pMethods->xSync (REAL (file), flags)
                         : rc == SQLITE_FULL ? SQLITE_IOERR_FSYNC : rc;
}

static int
shim_close (sqlite3_file *file)
{
  int rc = REAL (file)->pMethods->xClose (REAL (file));

  g_free (REAL (file));
  return rc;
}

/* The rest is the real file's business. */
static int shim_read (sqlite3_file *f, void *b, int n, sqlite3_int64 o) { return REAL (f)->pMethods->xRead (REAL (f), b, n, o); }
static int shim_truncate (sqlite3_file *f, sqlite3_int64 n) { return REAL (f)->pMethods->xTruncate (REAL (f), n); }
static int shim_size (sqlite3_file *f, sqlite3_int64 *n) { return REAL (f)->pMethods->xFileSize (REAL (f), n); }
static int shim_lock (sqlite3_file *f, int l) { return REAL (f)->pMethods->xLock (REAL (f), l); }
static int shim_unlock (sqlite3_file *f, int l) { return REAL (f)->pMethods->xUnlock (REAL (f), l); }
static int shim_reserved (sqlite3_file *f, int *r) { return REAL (f)->pMethods->xCheckReservedLock (REAL (f), r); }
static int shim_control (sqlite3_file *f, int op, void *a) { return REAL (f)->pMethods->xFileControl (REAL (f), op, a); }
static int shim_sector (sqlite3_file *f) { return REAL (f)->pMethods->xSectorSize (REAL (f)); }
static int shim_traits (sqlite3_file *f) { return REAL (f)->pMethods->xDeviceCharacteristics (REAL (f)); }
static int shim_map (sqlite3_file *f, int p, int n, int e, void volatile **m) { return REAL (f)->pMethods->xShmMap (REAL (f), p, n, e, m); }
static int shim_shm_lock (sqlite3_file *f, int o, int n, int l) { return REAL (f)->pMethods->xShmLock (REAL (f), o, n, l); }
static void shim_barrier (sqlite3_file *f) { REAL (f)->pMethods->xShmBarrier (REAL (f)); }
static int shim_unmap (sqlite3_file *f, int d) { return REAL (f)->pMethods->xShmUnmap (REAL (f), d); }

static int
shim_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  ShimFile *self = (ShimFile *) file;
  int rc;

  if (shim.read_only && (flags & SQLITE_OPEN_MAIN_DB) != 0)
    flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
  self->real = g_malloc0 ((gsize) shim.real->szOsFile);
  rc = shim.real->xOpen (shim.real, name, self->real, flags, out_flags);
  file->pMethods = self->real->pMethods != NULL ? &shim.methods : NULL;
  if (file->pMethods == NULL)
    g_clear_pointer (&self->real, g_free);
  return rc;
}

static void
install_shim (void)
{
  shim.real = sqlite3_vfs_find (NULL);
  shim.vfs = *shim.real;
  shim.vfs.zName = "shim";
  shim.vfs.pNext = NULL;
  shim.vfs.szOsFile = sizeof (ShimFile);
  shim.vfs.xOpen = shim_open;
  shim.methods = (sqlite3_io_methods) {
    .iVersion = 2, .xClose = shim_close, .xRead = shim_read, .xWrite = shim_write, .xTruncate = shim_truncate,
    .xSync = shim_sync, .xFileSize = shim_size, .xLock = shim_lock, .xUnlock = shim_unlock,
    .xCheckReservedLock = shim_reserved, .xFileControl = shim_control, .xSectorSize = shim_sector,
    .xDeviceCharacteristics = shim_traits, .xShmMap = shim_map, .xShmLock = shim_shm_lock,
    .xShmBarrier = shim_barrier, .xShmUnmap = shim_unmap,
  };
  shim.countdown = -1;
  g_assert_cmpint (sqlite3_vfs_register (&shim.vfs, TRUE), ==, SQLITE_OK);
}

static void
aim (int countdown, int answer, gboolean stays)
{
  g_mutex_lock (&shim.lock);
  shim.countdown = countdown;
  shim.answer = answer;
  shim.stays = stays;
  g_mutex_unlock (&shim.lock);
}

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
      aim (n, answer, stays);
      acknowledged = write_what_you_can (store, &n_failures);
      g_clear_object (&store);                     /* closing fails too when it stays */
      aim (-1, SQLITE_OK, FALSE);

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
  aim (0, SQLITE_FULL, TRUE);
  g_assert_false (fixture_append (store, "jam-a", 1, &error));
  g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, "full"));
  aim (-1, SQLITE_OK, FALSE);
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

      aim (n, SQLITE_FULL, TRUE);
      store = tutti_store_sqlite_open (folder, 100, &error);
      opened = store != NULL;
      g_clear_object (&store);
      aim (-1, SQLITE_OK, FALSE);
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
  shim.read_only = TRUE;
  store = tutti_store_sqlite_open (folder, 100, &error);
  if (store != NULL)
    g_assert_false (fixture_append (store, "jam-a", 2, &error));
  g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_READ_ONLY);
  shim.read_only = FALSE;
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
  install_shim ();
  g_test_add_func ("/store/faults/one-write-fails", test_one_write_fails);
  g_test_add_func ("/store/faults/one-write-is-full", test_one_write_is_full);
  g_test_add_func ("/store/faults/disk-stays-full", test_disk_stays_full);
  g_test_add_func ("/store/faults/full-is-said", test_full_is_said);
  g_test_add_func ("/store/faults/creation-fails", test_creation_fails);
  g_test_add_func ("/store/faults/read-only", test_read_only);
  return g_test_run ();
}
