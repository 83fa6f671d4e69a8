/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the library finds, and in which order. */
#include "tutti-jam-words.h"
#include "tutti-library-item.h"
#include "tutti-limits.h"

#include <string.h>

static TuttiLibraryItem *
item (const char *name, const char *description, gint64 created_us, gint64 opened_us)
{
  TuttiStoreJam jam = { .id = (char *) "jam", .name = (char *) name, .description = (char *) description, .created_us = created_us,
                        .updated_us = created_us, .opened_us = opened_us };

  return tutti_library_item_new (&jam);
}

static const struct
{
  const char *name, *description, *search;
  gboolean    found;
} searches[] = {
  { "Friday", NULL, "fri", TRUE },
  { "Friday", NULL, "FRIDAY", TRUE },
  { "Friday", "Dusty drums", "DRUMS", TRUE },
  { "Friday", "Dusty drums", "polka", FALSE },
  { "Straße", "", "STRASSE", TRUE },
  { "Café", "", "cafe", TRUE },
  { "Cafe\xcc\x81", "", "CAFÉ", TRUE },
  { "ΌΔΥΣΣΕΥΣ", "", "οδυσσευς", TRUE },
  { "低音", "", "低", TRUE },
  { "100 %", "", "%", TRUE },
  { "Friday", "", "_", FALSE },
};

static void
test_search (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_autoptr(TuttiLibraryItem) one = item (searches[i].name, searches[i].description, 1, 1);
      g_autofree char *folded = tutti_library_fold (searches[i].search);

      g_test_message ("“%s” in “%s”", searches[i].search, searches[i].name);
      g_assert_cmpint (tutti_library_item_matches (one, folded), ==, searches[i].found);
      g_assert_true (tutti_library_item_matches (one, NULL));
    }
}

static void
test_order (void)
{
  g_autoptr(TuttiLibraryItem) two = item ("Jam 2", "", 10, 300), ten = item ("Jam 10", "", 20, 200);

  g_assert_cmpint (tutti_library_item_compare (two, ten, TUTTI_LIBRARY_BY_OPENED), <, 0);
  g_assert_cmpint (tutti_library_item_compare (two, ten, TUTTI_LIBRARY_BY_CREATED), >, 0);
  g_assert_cmpint (tutti_library_item_compare (two, ten, TUTTI_LIBRARY_BY_NAME), <, 0);
  g_assert_cmpint (tutti_library_item_compare (two, two, TUTTI_LIBRARY_BY_NAME), ==, 0);
}

/* Within the bound of names, valid, and not there yet. */
static void
test_names (void)
{
  g_autoptr(GPtrArray) taken = g_ptr_array_new ();
  TuttiStoreJam there = { .name = (char *) "Friday Remix" };
  g_autofree char *first = tutti_jam_words_remix_name ("Friday", NULL), *long_name = g_strnfill (TUTTI_NAME_BYTES_MAX, 'x');

  g_ptr_array_add (taken, &there);
  g_autofree char *second = tutti_jam_words_remix_name ("Friday", taken), *cut = tutti_jam_words_copy_name (long_name, taken);
  GString *umlauts = g_string_new (NULL);

  for (int i = 0; i < TUTTI_NAME_BYTES_MAX / 2; i++)
    g_string_append (umlauts, "ä");
  g_autofree char *whole = g_string_free (umlauts, FALSE), *valid = tutti_jam_words_remix_name (whole, taken);

  g_assert_cmpstr (first, ==, "Friday Remix");
  g_assert_cmpstr (second, ==, "Friday Remix 2");
  g_assert_cmpuint (strlen (cut), ==, TUTTI_NAME_BYTES_MAX);
  g_assert_true (g_str_has_suffix (cut, "x Copy"));
  g_assert_cmpuint (strlen (valid), <=, TUTTI_NAME_BYTES_MAX);
  g_assert_true (g_utf8_validate (valid, -1, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library-item/search", test_search);
  g_test_add_func ("/library-item/order", test_order);
  g_test_add_func ("/library-item/names", test_names);
  return g_test_run ();
}
