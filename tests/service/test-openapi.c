/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-rest.h"

/* The published file is the tables'. When it is not: build/tests/service/print-openapi > data/protocol/tutti-1.openapi.json */
static void
test_published (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "protocol", "tutti-1.openapi.json", NULL);
  g_autofree char *generated = tutti_rest_openapi_to_text ();
  g_autofree char *published = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &published, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_strcmp0 (published, generated) == 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/openapi/published", test_published);
  return g_test_run ();
}
