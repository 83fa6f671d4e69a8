/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sound-files.h"
#include "tutti-sound-decode.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

char *
tutti_sound_files_hash (GBytes *bytes)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

char *
tutti_sound_files_path (const char *folder, const char *hash)
{
  g_autofree char *name = g_strconcat (hash, ".flac", NULL);
  const char first[3] = { hash[0], hash[1], '\0' };

  return g_build_filename (folder, first, name, NULL);
}

gboolean
tutti_sound_files_has (const char *folder, const char *hash)
{
  g_autofree char *path = tutti_sound_is_hash (hash) ? tutti_sound_files_path (folder, hash) : NULL;

  return path != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

void
tutti_sound_files_touch (const char *folder, const char *hash)
{
  g_autofree char *path = tutti_sound_is_hash (hash) ? tutti_sound_files_path (folder, hash) : NULL;

  if (path != NULL)
    utimensat (AT_FDCWD, path, NULL, 0);
}

GBytes *
tutti_sound_files_read (const char *folder, const char *hash, GError **error)
{
  g_autofree char *path = NULL, *found = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GFile) file = NULL;

  if (!tutti_sound_files_has (folder, hash))
    {
      g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_MISSING, "This sound is not on this machine");
      return NULL;
    }
  path = tutti_sound_files_path (folder, hash);
  file = g_file_new_for_path (path);
  bytes = tutti_sound_read_file (file, TUTTI_SOUND_BYTES_MAX, NULL, error);
  if (bytes == NULL)
    return NULL;
  found = tutti_sound_files_hash (bytes);
  if (g_str_equal (found, hash))
    return g_steal_pointer (&bytes);
  g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_DAMAGED, "The file of this sound is damaged");
  return NULL;
}

static gboolean
fail (GError **error, const char *path)
{
  int saved = errno;

  g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_FAILED, "The sound cannot be kept as “%s”: %s", path,
               g_strerror (saved));
  return FALSE;
}

static gboolean
write_synced (int fd, GBytes *bytes)
{
  gsize n, done = 0;
  const guint8 *data = g_bytes_get_data (bytes, &n);

  while (done < n)
    {
      gssize written = write (fd, data + done, n - done);

      if (written < 0 && errno != EINTR)
        return FALSE;
      done += (gsize) MAX (written, 0);
    }
  return fsync (fd) == 0;
}

/* The name itself must reach the disk before somebody refers to it. */
static gboolean
sync_folder (const char *path)
{
  int fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
write_atomically (const char *path, GBytes *bytes, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *part = g_strconcat (folder, "/.part-XXXXXX", NULL);
  gboolean ok;
  int fd;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (error, path);
  fd = g_mkstemp_full (part, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail (error, path);
  ok = write_synced (fd, bytes);
  ok = close (fd) == 0 && ok;
  ok = ok && g_rename (part, path) == 0 && sync_folder (folder);
  if (ok)
    return TRUE;
  fail (error, path);
  g_unlink (part);
  return FALSE;
}

gboolean
tutti_sound_files_write (const char *folder, const char *hash, GBytes *bytes, GError **error)
{
  g_autoptr(GBytes) there = NULL;
  g_autofree char *found = tutti_sound_files_hash (bytes), *path = NULL;

  if (!tutti_sound_is_hash (hash) || !g_str_equal (found, hash))
    {
      g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_DAMAGED, "The sound is not the one it claims to be");
      return FALSE;
    }
  there = tutti_sound_files_read (folder, hash, NULL);
  if (there != NULL)
    return TRUE;
  path = tutti_sound_files_path (folder, hash);
  return write_atomically (path, bytes, error);
}
