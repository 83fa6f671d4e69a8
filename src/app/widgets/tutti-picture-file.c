/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-picture-file.h"

#include "tutti-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n.h>
#include <string.h>

#define SIDE TUTTI_PICTURE_SIDE
#define WHITE 0xffffff

G_DEFINE_QUARK (tutti-picture-file-error-quark, tutti_picture_file_error)

const char * const tutti_picture_file_types[] = { "image/png", "image/jpeg", NULL };

/* The kind is read from the file's own first bytes and handed to that one reader: of all readers that a system may have, two read what
 * comes from anywhere. (nullable) */
static const char *
kind_of (const guint8 *data, gsize length)
{
  if (length >= 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return tutti_picture_file_types[0];
  if (length >= 3 && memcmp (data, "\xff\xd8\xff", 3) == 0)
    return tutti_picture_file_types[1];
  return NULL;
}

/* Whether the last scan of the JPEG file @data has an end. Neither mark can be inside a scan. */
static gboolean
is_whole_jpeg (const guint8 *data, gsize length)
{
  gsize scan = 0, end = 0;

  for (gsize i = 0; i + 1 < length; i++)
    if (data[i] == 0xff && data[i + 1] == 0xda)
      scan = i;
    else if (data[i] == 0xff && data[i + 1] == 0xd9)
      end = i;
  return end > scan;
}

/* Both readers are content with a part, and fill up with grey what is missing. */
static gboolean
is_whole (const char *kind, const guint8 *data, gsize length)
{
  return kind == tutti_picture_file_types[0] ? memmem (data, length, "IEND\xae\x42\x60\x82", 8) != NULL : is_whole_jpeg (data, length);
}

static gpointer
refuse (GError **error, TuttiPictureFileError code, const char *words)
{
  g_clear_error (error);
  g_set_error_literal (error, TUTTI_PICTURE_FILE_ERROR, (int) code, words);
  return NULL;
}

static gpointer
refuse_large (GError **error)
{
  return refuse (error, TUTTI_PICTURE_FILE_ERROR_TOO_LARGE, _("This picture is too large: 16 MB and 50 megapixels are the most"));
}

/* Before any of its pixels has a place. No size at all is what both readers take as a reason to stop. */
static void
on_size (GdkPixbufLoader *loader, int width, int height, gboolean *too_large)
{
  *too_large = width > TUTTI_PICTURE_FILE_SIDE_MAX || height > TUTTI_PICTURE_FILE_SIDE_MAX ||
               (gint64) width * height > TUTTI_PICTURE_FILE_PIXELS_MAX;
  if (*too_large)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
}

static GdkPixbuf *
decode (const char *kind, const guint8 *data, gsize length, GError **error)
{
  g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_mime_type (kind, error);
  gboolean too_large = FALSE, whole;
  GdkPixbuf *pixbuf;

  if (loader == NULL)
    return NULL;
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size), &too_large);
  whole = gdk_pixbuf_loader_write (loader, data, length, error);
  whole = gdk_pixbuf_loader_close (loader, whole ? error : NULL) && whole;
  whole = whole && is_whole (kind, data, length);
  if (too_large)
    return refuse_large (error);
  pixbuf = whole ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  return pixbuf != NULL ? gdk_pixbuf_apply_embedded_orientation (pixbuf)
                        : refuse (error, TUTTI_PICTURE_FILE_ERROR_BROKEN, _("This picture is damaged"));
}

/* What is seen through lies on white. */
static GdkPixbuf *
square_of (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf), side = MIN (width, height);
  g_autoptr(GdkPixbuf) middle = gdk_pixbuf_new_subpixbuf (pixbuf, (width - side) / 2, (height - side) / 2, side, side);

  if (gdk_pixbuf_get_has_alpha (middle))
    return gdk_pixbuf_composite_color_simple (middle, SIDE, SIDE, GDK_INTERP_BILINEAR, 255, SIDE, WHITE, WHITE);
  return gdk_pixbuf_scale_simple (middle, SIDE, SIDE, GDK_INTERP_BILINEAR);
}

char *
tutti_picture_file_decode (const guint8 *data, gsize length, GError **error)
{
  const char *kind = kind_of (data, length);
  g_autoptr(GdkPixbuf) pixbuf = NULL, square = NULL;
  guint8 rgb[TUTTI_PICTURE_RGB_BYTES];

  if (length > TUTTI_PICTURE_FILE_BYTES_MAX)
    return refuse_large (error);
  if (kind == NULL)
    return refuse (error, TUTTI_PICTURE_FILE_ERROR_KIND, _("Only PNG and JPEG pictures can be used"));
  pixbuf = decode (kind, data, length, error);
  square = pixbuf != NULL ? square_of (pixbuf) : NULL;
  if (square == NULL)
    return NULL;
  const guint8 *pixels = gdk_pixbuf_read_pixels (square);
  int channels = gdk_pixbuf_get_n_channels (square), stride = gdk_pixbuf_get_rowstride (square);

  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++)
      memcpy (rgb + 3 * (y * SIDE + x), pixels + y * stride + x * channels, 3);
  return tutti_picture_from_rgb (rgb);
}

/* ---- in a thread ---- */

static void
load (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GFileInputStream) stream = g_file_read (data, cancellable, &error);
  g_autofree guint8 *bytes = g_malloc (TUTTI_PICTURE_FILE_BYTES_MAX + 1);
  gsize length;
  char *picture = NULL;

  if (stream != NULL && g_input_stream_read_all (G_INPUT_STREAM (stream), bytes, TUTTI_PICTURE_FILE_BYTES_MAX + 1, &length, cancellable,
                                                 &error))
    picture = tutti_picture_file_decode (bytes, length, &error);
  if (picture != NULL)
    g_task_return_pointer (task, picture, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
tutti_picture_file_load_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tutti_picture_file_load_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, load);
}

char *
tutti_picture_file_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
