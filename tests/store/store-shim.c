/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-shim.h"

#include <signal.h>
#include <unistd.h>

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
    {
      rc = shim.answer;
      /* In the middle of whatever this was. */
      if (rc == SHIM_KILL)
        kill (getpid (), SIGKILL);
    }
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

void
shim_install (void)
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

void
shim_aim (int countdown, int answer, gboolean stays)
{
  g_mutex_lock (&shim.lock);
  shim.countdown = countdown;
  shim.answer = answer;
  shim.stays = stays;
  g_mutex_unlock (&shim.lock);
}

void
shim_read_only (gboolean read_only)
{
  shim.read_only = read_only;
}
