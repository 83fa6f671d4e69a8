/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Paths against patterns, and origins in their one spelling. */
#include "tutti-origin.h"
#include "tutti-path.h"

static const struct { const char *pattern, *path, *one, *two; } paths[] = {
  { "/a", "/a", "", "" },
  { "/a", "/a/", NULL, NULL },
  { "/a", "/b", NULL, NULL },
  { "/a", "", NULL, NULL },
  { "/a/{x}", "/a/b", "b", "" },
  { "/a/{x}", "/a/", NULL, NULL },
  { "/a/{x}", "/a/b/c", NULL, NULL },
  { "/a/{x}", "/a/..", NULL, NULL },
  { "/a/{x}", "/a/.", NULL, NULL },
  { "/a/{x}", "/a/1z.5", "1z.5", "" },
  { "/a/{x}", "/a/b c", NULL, NULL },
  { "/a/{x}", "/a/b\xc3\xa4", NULL, NULL },
  { "/a/{x}", "/a/0123456789012345678901234567890123456789012345678901234567890123",
    "0123456789012345678901234567890123456789012345678901234567890123", "" },
  { "/a/{x}", "/a/01234567890123456789012345678901234567890123456789012345678901234", NULL, NULL },
  { "/a/{x}/b/{y}", "/a/1/b/2", "1", "2" },
  { "/a/{x}/b/{y}", "/a/1/c/2", NULL, NULL },
};

static void
test_path (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  TuttiPathValues values = { { "untouched" } };

  g_assert_cmpint (tutti_path_match (paths[row].pattern, paths[row].path, &values), ==, paths[row].one != NULL);
  g_assert_cmpstr (values.text[0], ==, paths[row].one != NULL ? paths[row].one : "untouched");
  g_assert_cmpstr (values.text[1], ==, paths[row].one != NULL ? paths[row].two : "");
}

static const struct { const char *text; gboolean valid; } origins[] = {
  { "https://example.org", TRUE }, { "http://localhost:8080", TRUE }, { "https://192.168.0.7", TRUE }, { "https://[::1]:7464", TRUE },
  { "https://example.org/", FALSE }, { "https://example.org/a", FALSE }, { "https://a@example.org", FALSE }, { "example.org", FALSE },
  { "*", FALSE }, { "null", FALSE }, { "", FALSE }, { "file:///a", FALSE }, { "https://example.org?a", FALSE }, { " https://a.org", FALSE },
};

static void
test_origin (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);

  g_assert_cmpint (tutti_origin_is_valid (origins[row].text), ==, origins[row].valid);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *name = g_strdup_printf ("/paths/%zu", i);

      g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_path);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (origins); i++)
    {
      g_autofree char *name = g_strdup_printf ("/origins/%zu", i);

      g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_origin);
    }
  return g_test_run ();
}
