/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a jam's name becomes as the name of a file. */
#include "tutti-jam-export.h"

static const struct { const char *name, *jam, *file; } cases[] = {
  { "plain", "fuzzy-penguin-42", "fuzzy-penguin-42.wav" },
  { "wav", "mix.wav", "mix.wav" },
  { "flac", "mix.FLAC", "mix.FLAC" },
  { "other-ending", "v1.2", "v1.2.wav" },
  { "folder", "drums/bass", "drums-bass.wav" },
  { "up", "../mix", "_.-mix.wav" },
  { "hidden", ".secret", "_secret.wav" },
  { "empty", "", "jam.wav" },
  { "words", "Räuber Jam", "Räuber Jam.wav" },
};

static void
test_name (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autofree char *file = tutti_jam_export_dup_name (cases[row].jam);

  g_assert_cmpstr (file, ==, cases[row].file);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/export-name/%s", cases[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_name);
    }
  return g_test_run ();
}
