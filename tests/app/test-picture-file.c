/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people choose as their picture: files that are fine, and all that are not. */
#include "tutti-picture-file.h"

#include "tutti-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

/* The left half red, the right half blue, as a file of @kind. (transfer full) */
static guint8 *
file_of (const char *kind, int width, int height, gboolean seen_through, gsize *length)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, seen_through, 8, width, height);
  g_autoptr(GdkPixbuf) right = gdk_pixbuf_new_subpixbuf (pixbuf, width / 2, 0, width - width / 2, height);
  g_autoptr(GError) error = NULL;
  char *data;

  gdk_pixbuf_fill (pixbuf, seen_through ? 0x00000000 : 0xff0000ff);
  gdk_pixbuf_fill (right, 0x0000ffff);
  gdk_pixbuf_save_to_buffer (pixbuf, &data, length, kind, &error, NULL);
  g_assert_no_error (error);
  return (guint8 *) data;
}

static void
check_pixel (const guint8 *rgb, int x, int y, int red, int green, int blue)
{
  const guint8 *at = rgb + 3 * (y * TUTTI_PICTURE_SIDE + x);

  g_assert_cmpint (ABS (at[0] - red), <=, 6);
  g_assert_cmpint (ABS (at[1] - green), <=, 6);
  g_assert_cmpint (ABS (at[2] - blue), <=, 6);
}

static const struct { const char *name, *kind; int width, height; gboolean seen_through; } good[] = {
  { "png", "png", 300, 300, FALSE }, { "jpeg", "jpeg", 300, 300, FALSE }, { "wide", "png", 1000, 40, FALSE },
  { "tall", "jpeg", 40, 1000, FALSE }, { "tiny", "png", 2, 2, FALSE }, { "seen-through", "png", 200, 200, TRUE },
};

/* The middle of it fills the square. */
static void
test_good (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data), length;
  g_autofree guint8 *file = file_of (good[row].kind, good[row].width, good[row].height, good[row].seen_through, &length);
  g_autoptr(GError) error = NULL;
  g_autofree char *picture = tutti_picture_file_decode (file, length, &error);
  guint8 rgb[TUTTI_PICTURE_RGB_BYTES];

  g_assert_no_error (error);
  g_assert_true (picture != NULL && *picture != '\0' && tutti_picture_is_valid (picture));
  tutti_picture_to_rgb (picture, rgb);
  check_pixel (rgb, 4, 36, 255, good[row].seen_through ? 255 : 0, good[row].seen_through ? 255 : 0);
  check_pixel (rgb, 67, 36, 0, 0, 255);
}

static void
check_refused (const guint8 *file, gsize length, TuttiPictureFileError code)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *picture = tutti_picture_file_decode (file, length, &error);

  g_assert_null (picture);
  g_assert_error (error, TUTTI_PICTURE_FILE_ERROR, (int) code);
}

/* However much of it is missing. */
static void
test_truncated (gconstpointer kind)
{
  gsize length;
  g_autofree guint8 *file = file_of (kind, 300, 300, FALSE, &length);

  for (gsize cut = 8; cut < length / 2; cut += MAX (length / 64, 1))
    check_refused (file, cut, TUTTI_PICTURE_FILE_ERROR_BROKEN);
}

/* Bytes that are others than they were: a picture or a reason, and nothing that a sanitizer would see. */
static void
test_mutated (gconstpointer kind)
{
  gsize length;
  g_autofree guint8 *file = file_of (kind, 64, 64, FALSE, &length);
  g_autoptr(GRand) rand = g_rand_new_with_seed (11);

  for (guint round = 0; round < 300; round++)
    {
      g_autofree guint8 *bad = g_memdup2 (file, length);
      g_autoptr(GError) error = NULL;

      for (guint i = 0; i < 4; i++)
        bad[g_rand_int_range (rand, 8, (gint32) length)] = (guint8) g_rand_int_range (rand, 0, 256);
      g_autofree char *picture = tutti_picture_file_decode (bad, length, &error);

      g_assert_true (picture != NULL ? tutti_picture_is_valid (picture) : error != NULL && error->domain == TUTTI_PICTURE_FILE_ERROR);
    }
}

static guint32
crc_of (const guint8 *data, gsize length)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
  return ~crc;
}

static void
put_32 (guint8 *at, guint32 value)
{
  value = GUINT32_TO_BE (value);
  memcpy (at, &value, 4);
}

/* A few hundred bytes that say they are 3.6 gigapixels, which nobody makes room for. */
static void
test_huge_png (void)
{
  gsize length;
  g_autofree guint8 *file = file_of ("png", 300, 300, FALSE, &length);

  put_32 (file + 16, 60000);
  put_32 (file + 20, 60000);
  put_32 (file + 29, crc_of (file + 12, 17));
  check_refused (file, length, TUTTI_PICTURE_FILE_ERROR_TOO_LARGE);
}

static void
test_huge_jpeg (void)
{
  gsize length;
  g_autofree guint8 *file = file_of ("jpeg", 300, 300, FALSE, &length);

  for (gsize i = 2; i + 9 < length; i++)
    if (file[i] == 0xff && file[i + 1] == 0xc0)
      {
        memcpy (file + i + 5, "\xff\xdc\xff\xdc", 4);
        break;
      }
  check_refused (file, length, TUTTI_PICTURE_FILE_ERROR_TOO_LARGE);
}

static void
test_long (void)
{
  g_autofree guint8 *file = g_malloc0 (TUTTI_PICTURE_FILE_BYTES_MAX + 1);

  memcpy (file, "\x89PNG\r\n\x1a\n", 8);
  check_refused (file, TUTTI_PICTURE_FILE_BYTES_MAX + 1, TUTTI_PICTURE_FILE_ERROR_TOO_LARGE);
}

/* Whatever else the system could read. */
static void
test_kinds (void)
{
  static const char * const others[] = { "", "GIF89a\1\0\1\0", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "BM", "RIFF....WEBPVP8 ",
                                         "II*\0", "%PDF-1.7", "\xff\xd8" };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    check_refused ((const guint8 *) others[i], strlen (others[i]), TUTTI_PICTURE_FILE_ERROR_KIND);
}

/* ---- from a file, in a thread ---- */

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* (transfer full) (nullable) */
static char *
load (GFile *file, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  tutti_picture_file_load_async (file, NULL, on_loaded, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return tutti_picture_file_load_finish (result, error);
}

static void
test_load (void)
{
  gsize length;
  g_autofree guint8 *data = file_of ("png", 300, 300, FALSE, &length);
  g_autoptr(GFileIOStream) stream = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = g_file_new_tmp ("tutti-picture-XXXXXX", &stream, &error);
  g_autofree char *picture = NULL, *direct = tutti_picture_file_decode (data, length, NULL);

  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (g_file_peek_path (file), (const char *) data, (gssize) length, NULL));
  picture = load (file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (picture, ==, direct);
  g_file_delete (file, NULL, NULL);
  g_assert_null (load (file, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *path = g_strconcat ("/picture-file/good/", good[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_good);
    }
  g_test_add_data_func ("/picture-file/truncated/png", "png", test_truncated);
  g_test_add_data_func ("/picture-file/truncated/jpeg", "jpeg", test_truncated);
  g_test_add_data_func ("/picture-file/mutated/png", "png", test_mutated);
  g_test_add_data_func ("/picture-file/mutated/jpeg", "jpeg", test_mutated);
  g_test_add_func ("/picture-file/huge-png", test_huge_png);
  g_test_add_func ("/picture-file/huge-jpeg", test_huge_jpeg);
  g_test_add_func ("/picture-file/long", test_long);
  g_test_add_func ("/picture-file/kinds", test_kinds);
  g_test_add_func ("/picture-file/load", test_load);
  return g_test_run ();
}
