/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A host that cannot begin: it says why in one line, leaves what it found as it was, and ends with 1. What the programs say of
 * themselves, and of a text that says nothing. No network is touched. */
#include "tutti-files.h"
#include "tutti-store-sqlite.h"

#include <sqlite3.h>
#include <string.h>

typedef struct
{
  char *folder, *path;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  place->folder = g_dir_make_tmp ("tutti-start-XXXXXX", &error);
  g_assert_no_error (error);
  place->path = g_build_filename (place->folder, "jams.db", NULL);
}

static void
tear_down (Place *place, gconstpointer data)
{
  tutti_remove_tree (place->folder);
  g_free (place->folder);
  g_free (place->path);
}

/* What the host said. */
static char *
run_host (const char *folder)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) host = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error,
                                                  TUTTI_E2E_HOST, "--no-mdns", "--port", "0", "--data", folder, NULL);
  g_autofree char *out = NULL;
  char *words = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (host, NULL, NULL, &out, &words, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (host));
  g_assert_cmpint (g_subprocess_get_exit_status (host), ==, 1);
  g_assert_cmpstr (out, ==, "");
  g_test_message ("%s", words);
  return words;
}

static void
make_store (const Place *place, const char *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiStore) store = tutti_store_sqlite_open (place->folder, 1000, &error);
  sqlite3 *db = NULL;

  g_assert_no_error (error);
  g_clear_object (&store);
  g_assert_cmpint (sqlite3_open (place->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
put_text (const Place *place)
{
  g_autofree char *text = g_strnfill (20000, 'x');

  g_assert_true (g_file_set_contents (place->path, text, 20000, NULL));
}

static void
put_newer (const Place *place)
{
  make_store (place, "PRAGMA user_version = 999");
}

static void
put_foreign (const Place *place)
{
  make_store (place, "PRAGMA application_id = 1");
}

/* The head is kept, so that only reading on finds it out. */
static void
put_torn (const Place *place)
{
  g_autofree char *bytes = NULL;
  gsize length;

  make_store (place, "PRAGMA user_version");
  g_assert_true (g_file_get_contents (place->path, &bytes, &length, NULL));
  g_assert_cmpuint (length, >, 8192);
  memset (bytes + 100, 0xff, length - 100);
  g_assert_true (g_file_set_contents (place->path, bytes, (gssize) length, NULL));
}

static const struct { const char *name; void (*put) (const Place *place); const char *words; } stores[] = {
  { "text", put_text, "^tutti-host: .+\n$" },
  { "newer", put_newer, "^tutti-host: .*newer.*\n$" },
  { "foreign", put_foreign, "^tutti-host: .+\n$" },
  { "torn", put_torn, "^tutti-host: .+\n$" },
};

static void
test_store (Place *place, gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data), length, length_after;
  g_autofree char *before = NULL, *after = NULL, *words = NULL;

  stores[row].put (place);
  g_assert_true (g_file_get_contents (place->path, &before, &length, NULL));
  words = run_host (place->folder);
  g_assert_true (g_regex_match_simple (stores[row].words, words, 0, 0));
  g_assert_true (g_file_get_contents (place->path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length, after, length_after);
}

/* Where a folder should be there is a file. */
static void
test_no_folder (Place *place, gconstpointer data)
{
  g_autofree char *words = NULL;

  g_assert_true (g_file_set_contents (place->path, "a file", -1, NULL));
  words = run_host (place->path);
  g_assert_true (g_regex_match_simple ("^tutti-host: .+\n$", words, 0, 0));
}

/* What a program says, errors too, when it ends with @exit_code. (transfer full) */
static char *
say (int exit_code, const char *const *words)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) program = g_subprocess_newv (words, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error);
  char *said = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (program, NULL, NULL, &said, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("%s", said);
  g_assert_cmpint (g_subprocess_get_exit_status (program), ==, exit_code);
  return said;
}

static void
test_version (gconstpointer program)
{
  const char *words[] = { program, "--version", NULL };
  g_autofree char *said = say (0, words), *name = g_path_get_basename (program);
  g_autofree char *wanted = g_strdup_printf ("^%s [0-9]+\\.[0-9]+\\.[0-9]+\n$", name);

  g_assert_true (g_regex_match_simple (wanted, said, 0, 0));
}

/* Each option of joining is in the short help. */
static void
test_help (void)
{
  const char *words[] = { TUTTI_E2E_CTL, "--help", NULL }, *join[] = { TUTTI_E2E_CTL, "join", "--help", NULL };
  g_autofree char *all = say (0, words), *one = say (0, join);
  g_autoptr(GRegex) option = g_regex_new ("^  (--[a-z]+)", G_REGEX_MULTILINE, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  guint n = 0;

  for (g_regex_match (option, one, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL), n++)
    {
      g_autofree char *name = g_match_info_fetch (match, 1);

      g_test_message ("%s", name);
      g_assert_nonnull (strstr (all, name));
    }
  g_assert_cmpuint (n, >=, 6);
}

/* Nothing to hear: no file is made, and the reason is said. */
static void
test_nothing_to_render (Place *place, gconstpointer text)
{
  g_autofree char *beat = g_build_filename (place->folder, "beat.txt", NULL);
  g_autofree char *out = g_build_filename (place->folder, "beat.wav", NULL);
  const char *words[] = { TUTTI_E2E_CTL, "render", beat, "-o", out, NULL };

  g_assert_true (g_file_set_contents (beat, text, -1, NULL));
  g_autofree char *said = say (1, words);

  g_assert_true (g_regex_match_simple ("^tuttictl: .*beat\\.txt: there is no track in it, .*\n$", said, 0, 0));
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
}

/* What cannot be meant is said before anything is made. */
static const struct { const char *name, *words[4], *said; } mistakes[] = {
  { "no-seconds", { "--seconds", "0" }, "--seconds takes a number above 0" },
  { "seconds-below", { "--seconds=-1" }, "--seconds takes a number above 0" },
  { "seconds-nan", { "--seconds", "nan" }, "--seconds takes a number above 0" },
  { "no-bars", { "--bars", "0" }, "--bars takes a number from 1 on" },
  { "both", { "--bars=2", "--seconds=2" }, "--seconds and --bars both say how long it is; take one" },
  { "format", { "--format", "mp3" }, "--format takes wav-24, wav-16, wav-float, flac or ogg" },
  { "not-so-called", { "--format", "flac" }, "“[^”]*beat\\.wav” does not end in \\.flac" },
};

static void
test_render_mistake (Place *place, gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autofree char *beat = g_build_filename (place->folder, "beat.txt", NULL);
  g_autofree char *out = g_build_filename (place->folder, "beat.wav", NULL);
  g_autofree char *pattern = g_strconcat ("^tuttictl: ", mistakes[row].said, "\n$", NULL);
  const char *words[] = { TUTTI_E2E_CTL, "render", beat, "-o", out, mistakes[row].words[0], mistakes[row].words[1], NULL };

  g_assert_true (g_file_set_contents (beat, "kick: x...x...x...x...\n", -1, NULL));
  g_autofree char *said = say (2, words);

  g_test_message ("%s", said);
  g_assert_true (g_regex_match_simple (pattern, said, 0, 0));
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
}

static void
test_render_tracks (Place *place, gconstpointer data)
{
  g_autofree char *beat = g_build_filename (place->folder, "beat.txt", NULL), *out = g_build_filename (place->folder, "parts", NULL);
  g_autofree char *kick = g_build_filename (out, "01 kick.wav", NULL), *snare = g_build_filename (out, "02 snare.wav", NULL);
  const char *words[] = { TUTTI_E2E_CTL, "render", beat, "-o", out, "--tracks", "--bars", "1", "--format", "wav-16", NULL };

  g_assert_true (g_file_set_contents (beat, "kick: x...x...x...x...\nsnare: ....x.......x..o\n", -1, NULL));
  g_free (say (0, words));
  g_assert_true (g_file_test (kick, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (snare, G_FILE_TEST_EXISTS));
  /* It is there now. */
  g_autofree char *said = say (1, words);

  g_assert_true (g_regex_match_simple ("^tuttictl: “.*parts” is there already\n$", said, 0, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (stores); i++)
    {
      g_autofree char *path = g_strconcat ("/start/store/", stores[i].name, NULL);

      g_test_add (path, Place, GSIZE_TO_POINTER (i), set_up, test_store, tear_down);
    }
  g_test_add ("/start/no-folder", Place, NULL, set_up, test_no_folder, tear_down);
  g_test_add_data_func ("/start/version/host", TUTTI_E2E_HOST, test_version);
  g_test_add_data_func ("/start/version/ctl", TUTTI_E2E_CTL, test_version);
  g_test_add_data_func ("/start/version/window", TUTTI_E2E_WINDOW, test_version);
  g_test_add_func ("/start/help", test_help);
  g_test_add ("/start/render/empty", Place, "", set_up, test_nothing_to_render, tear_down);
  g_test_add ("/start/render/tempo-alone", Place, "tempo: 120\n", set_up, test_nothing_to_render, tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autofree char *path = g_strconcat ("/start/render/mistake/", mistakes[i].name, NULL);

      g_test_add (path, Place, GSIZE_TO_POINTER (i), set_up, test_render_mistake, tear_down);
    }
  g_test_add ("/start/render/tracks", Place, NULL, set_up, test_render_tracks, tear_down);
  return g_test_run ();
}
