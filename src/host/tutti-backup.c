/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-backup.h"

#include "tutti-files.h"
#include "tutti-store-backup.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

/* Sounds lie in folders of a folder. */
#define DEPTH_MAX 3

static gboolean
fail (GError **error, const char *path, const char *doing)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "“%s” cannot be %s: %s", path, doing, g_strerror (errno));
  return FALSE;
}

static gboolean
copy_file (const char *from, const char *to, TuttiBackupFigures *figures, GError **error)
{
  g_autoptr(GFile) source = g_file_new_for_path (from), target = g_file_new_for_path (to);
  GStatBuf info;

  if (!g_file_copy (source, target, G_FILE_COPY_NOFOLLOW_SYMLINKS, NULL, NULL, NULL, error))
    return FALSE;
  if (g_chmod (to, 0600) != 0 || g_stat (to, &info) != 0)
    return fail (error, to, "kept");
  figures->bytes += (guint64) info.st_size;
  return TRUE;
}

static gboolean copy_folder (const char *from, const char *to, guint depth, TuttiBackupFigures *figures, GError **error);

/* What is neither file nor folder is nobody's sound. */
static gboolean
copy_entry (const char *from, const char *to, guint depth, TuttiBackupFigures *figures, GError **error)
{
  GStatBuf info;

  if (g_lstat (from, &info) != 0)
    return errno == ENOENT || fail (error, from, "read");
  if (S_ISDIR (info.st_mode) && depth < DEPTH_MAX)
    return copy_folder (from, to, depth + 1, figures, error);
  if (!S_ISREG (info.st_mode))
    return TRUE;
  figures->sounds++;
  return copy_file (from, to, figures, error);
}

static gboolean
copy_folder (const char *from, const char *to, guint depth, TuttiBackupFigures *figures, GError **error)
{
  g_autoptr(GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  if (g_mkdir (to, 0700) != 0)
    return fail (error, to, "made");
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL), *target = g_build_filename (to, name, NULL);

      if (!copy_entry (source, target, depth, figures, error))
        return FALSE;
    }
  return TRUE;
}

/* The jams first: a sound that one of them names was there before it was named, or is nowhere. */
static gboolean
fill (const char *data, const char *draft, TuttiBackupFigures *figures, GError **error)
{
  g_autofree char *jams = g_build_filename (draft, "jams.db", NULL);
  g_autofree char *who = g_build_filename (data, "identity.pem", NULL), *who_to = g_build_filename (draft, "identity.pem", NULL);
  g_autofree char *sounds = g_build_filename (data, "samples", NULL), *sounds_to = g_build_filename (draft, "samples", NULL);
  GStatBuf info;

  if (g_mkdir (draft, 0700) != 0)
    return fail (error, draft, "made");
  if (!tutti_store_backup (data, jams, error) || !copy_file (who, who_to, figures, error) ||
      !copy_folder (sounds, sounds_to, 0, figures, error))
    return FALSE;
  if (g_stat (jams, &info) == 0)
    figures->bytes += (guint64) info.st_size;
  return TRUE;
}

static gboolean
write_folder (const char *data, const char *to, TuttiBackupFigures *figures, GError **error)
{
  g_autofree char *draft = g_strconcat (to, ".partial", NULL);

  if (g_file_test (draft, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "“%s” is there: another backup is under way, or broke off", draft);
      return FALSE;
    }
  if (fill (data, draft, figures, error) && (g_rename (draft, to) == 0 || fail (error, to, "made")))
    return TRUE;
  tutti_remove_tree (draft);
  return FALSE;
}

gboolean
tutti_backup_write (const char *data, const char *to, TuttiBackupFigures *figures, GError **error)
{
  GStatBuf info;

  *figures = (TuttiBackupFigures) { 0 };
  if (g_file_test (to, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "“%s” is there already", to);
      return FALSE;
    }
  if (!g_str_has_suffix (to, ".db"))
    return write_folder (data, to, figures, error);
  if (!tutti_store_backup (data, to, error))
    return FALSE;
  if (g_stat (to, &info) == 0)
    figures->bytes = (guint64) info.st_size;
  return TRUE;
}
