/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a jam's name becomes as the name of a file or a folder, and how long it is said to be. */
#include "tutti-export-words.h"

static const struct { const char *name, *jam; TuttiExportFormat format; gboolean each_track; const char *file; } cases[] = {
  { "plain", "fuzzy-penguin-42", TUTTI_EXPORT_WAV_24, FALSE, "fuzzy-penguin-42.wav" },
  { "wav", "mix.wav", TUTTI_EXPORT_WAV_16, FALSE, "mix.wav" },
  { "upper", "mix.FLAC", TUTTI_EXPORT_FLAC, FALSE, "mix.FLAC" },
  { "dot", "v1.2", TUTTI_EXPORT_WAV_24, FALSE, "v1.2.wav" },
  { "mp3", "y.mp3", TUTTI_EXPORT_WAV_24, FALSE, "y.wav" },
  { "mp3-upper", "y.MP3", TUTTI_EXPORT_FLAC, FALSE, "y.flac" },
  { "flac-as-ogg", "y.flac", TUTTI_EXPORT_OGG, FALSE, "y.ogg" },
  { "two-endings", "y.ogg.wav", TUTTI_EXPORT_OGG, FALSE, "y.ogg.ogg" },
  { "folder", "drums/bass", TUTTI_EXPORT_WAV_24, FALSE, "drums-bass.wav" },
  { "up", "../mix", TUTTI_EXPORT_WAV_24, FALSE, "_.-mix.wav" },
  { "hidden", ".secret", TUTTI_EXPORT_WAV_FLOAT, FALSE, "_secret.wav" },
  { "only-ending", ".mp3", TUTTI_EXPORT_WAV_24, FALSE, "_wav" },
  { "empty", "", TUTTI_EXPORT_OGG, FALSE, "jam.ogg" },
  { "words", "Räuber Jam", TUTTI_EXPORT_WAV_24, FALSE, "Räuber Jam.wav" },
  { "tracks", "Räuber Jam", TUTTI_EXPORT_WAV_24, TRUE, "Räuber Jam" },
  { "tracks-wav", "mix.wav", TUTTI_EXPORT_FLAC, TRUE, "mix" },
};

static void
test_name (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  const TuttiExportOptions options = { .format = cases[row].format, .each_track = cases[row].each_track };
  g_autofree char *file = tutti_export_words_dup_name (cases[row].jam, &options);

  g_assert_cmpstr (file, ==, cases[row].file);
}

static void
test_length (void)
{
  static const struct { gint64 seconds; const char *words; } lengths[] = {
    { 1, "1 second" }, { 18, "18 seconds" }, { 60, "1:00 minutes" }, { 125, "2:05 minutes" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *words = tutti_export_words_of_length (lengths[i].seconds * TUTTI_FRAMES_PER_SECOND + 100);

      g_assert_cmpstr (words, ==, lengths[i].words);
    }
}

static void
test_failures (void)
{
  g_autoptr(GError) space = g_error_new (TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_SPACE, "x");
  g_autoptr(GError) taken = g_error_new (TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_TAKEN, "x");
  g_autofree char *words = tutti_export_words_of_failure (space, 4999999);
  g_autofree char *other = tutti_export_words_of_failure (taken, 0);

  g_assert_cmpstr (words, ==, "Not enough space: 5 MB needed");
  g_assert_cmpstr (other, ==, "That name is taken. Choose another for the folder of the tracks.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/export-words/name/%s", cases[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_name);
    }
  g_test_add_func ("/export-words/length", test_length);
  g_test_add_func ("/export-words/failures", test_failures);
  return g_test_run ();
}
