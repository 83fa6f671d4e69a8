/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is drawn as a QR code is read by another program (zbarimg) as the very link. */
#include "tutti-address.h"
#include "tutti-qr.h"
#include "tutti-share-dialog.h"

#include <glib/gstdio.h>

#define FINGERPRINT "8f3a0f5b7c1d2e4f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7"
#define INVITE "00112233445566778899aabbccddeeff"

/* (transfer full) */
static char *
jam_link (void)
{
  g_autoptr(TuttiAddress) address = tutti_address_parse ("[2001:db8::aaaa:bbbb:cccc:7]:7464", NULL);

  address->jam = g_strdup ("5f0c9a3d7e1b2c4d6a8f9e0b");
  address->fingerprint = g_strdup (FINGERPRINT);
  return tutti_address_to_link (address);
}

/* (transfer full) (nullable) */
static char *
read_back (const char *link, int size)
{
  g_autofree char *folder = g_dir_make_tmp ("tutti-qr-XXXXXX", NULL), *path = g_build_filename (folder, "qr.png", NULL);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, size, size);
  cairo_t *cr = cairo_create (surface);
  int side = 0;
  g_autofree guint8 *squares = tutti_qr_squares (link, &side);
  const char *argv[] = { "zbarimg", "-q", "--raw", "--nodbus", path, NULL };
  char *out = NULL;

  g_assert_nonnull (squares);
  /* Each square is at least one whole pixel, with its quiet edge. */
  g_assert_cmpint (side + 8, <=, size);
  tutti_qr_draw (cr, squares, side, size);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out, NULL, NULL, NULL);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_remove (path);
  g_rmdir (folder);
  return out != NULL ? g_strstrip (out) : NULL;
}

static void
test_link (gconstpointer size)
{
  g_autofree char *plain = jam_link (), *invited = tutti_share_link_with_invite (plain, INVITE);
  g_autofree char *first = read_back (plain, GPOINTER_TO_INT (size)), *second = read_back (invited, GPOINTER_TO_INT (size));
  g_autoptr(TuttiAddress) address = tutti_address_parse (second, NULL);

  g_assert_cmpstr (first, ==, plain);
  g_assert_cmpstr (second, ==, invited);
  g_assert_nonnull (address);
  g_assert_cmpstr (address->fingerprint, ==, FINGERPRINT);
  g_assert_cmpstr (address->invite, ==, INVITE);
}

int
main (int argc, char **argv)
{
  g_autofree char *reader = g_find_program_in_path ("zbarimg");

  g_test_init (&argc, &argv, NULL);
  if (!tutti_qr_is_available () || reader == NULL)
    {
      g_print ("1..0 # SKIP %s\n", reader == NULL ? "zbarimg is not installed" : "built without libqrencode");
      return 0;
    }
  /* As large as on the card and in the dialog. */
  g_test_add_data_func ("/qr/card", GINT_TO_POINTER (132), test_link);
  g_test_add_data_func ("/qr/dialog", GINT_TO_POINTER (296), test_link);
  return g_test_run ();
}
