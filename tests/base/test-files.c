/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-files.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <unistd.h>

static char *
in (const char *folder, const char *name)
{
  return g_build_filename (folder, name, NULL);
}

/* What a link leads to is somebody else's. */
static void
test_remove_tree (void)
{
  g_autofree char *top = g_dir_make_tmp ("tutti-XXXXXX", NULL), *kept = in (top, "kept"), *note = in (kept, "note");
  g_autofree char *gone = in (top, "gone"), *deep = in (gone, "a/b"), *file = in (deep, "file"), *link = in (gone, "link");

  g_assert_cmpint (g_mkdir (kept, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (deep, 0700), ==, 0);
  g_assert_true (g_file_set_contents (note, "x", -1, NULL));
  g_assert_true (g_file_set_contents (file, "x", -1, NULL));
  g_assert_cmpint (symlink (kept, link), ==, 0);
  tutti_remove_tree (gone);
  g_assert_false (g_file_test (gone, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (note, G_FILE_TEST_EXISTS));
  tutti_remove_tree (note);
  g_assert_false (g_file_test (note, G_FILE_TEST_EXISTS));
  tutti_remove_tree (note);
  tutti_remove_tree (top);
  g_assert_false (g_file_test (top, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/remove-tree", test_remove_tree);
  return g_test_run ();
}
