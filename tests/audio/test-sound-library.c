/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sound-fixture.h"

#include <string.h>
#include <unistd.h>

typedef struct
{
  GMainLoop      *loop;
  int             n_answers, n_wanted;
  TuttiSound     *sound;       /* of the last answer */
  TuttiSoundInfo *info;
  GError         *error;
} Answer;

static void
answer_clear (Answer *answer)
{
  g_clear_object (&answer->sound);
  g_clear_pointer (&answer->info, tutti_sound_info_free);
  g_clear_error (&answer->error);
  answer->n_answers = 0;
}

static void
answered (Answer *answer)
{
  if (++answer->n_answers >= answer->n_wanted)
    g_main_loop_quit (answer->loop);
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->info, tutti_sound_info_free);
  answer->info = tutti_sound_import_finish (TUTTI_SOUND_LIBRARY (source), result, &answer->error);
  answered (answer);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;
  TuttiSound *sound;

  g_clear_error (&answer->error);
  sound = tutti_sound_library_load_finish (TUTTI_SOUND_LIBRARY (source), result, &answer->error);
  g_assert_true (answer->sound == NULL || answer->sound == sound);     /* decoded once for all */
  g_set_object (&answer->sound, sound);
  g_clear_object (&sound);
  answered (answer);
}

static void
import (TuttiSoundLibrary *library, const char *path, Answer *answer)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);

  answer_clear (answer);
  answer->n_wanted = 1;
  tutti_sound_import_async (library, file, NULL, NULL, NULL, on_imported, answer);
  g_main_loop_run (answer->loop);
}

static void
load (TuttiSoundLibrary *library, const char *hash, int times, Answer *answer)
{
  answer_clear (answer);
  answer->n_wanted = times;
  for (int i = 0; i < times; i++)
    tutti_sound_library_load_async (library, hash, NULL, on_loaded, answer);
  g_main_loop_run (answer->loop);
}

static void
receive (TuttiSoundLibrary *library, const char *hash, GBytes *bytes, Answer *answer)
{
  answer_clear (answer);
  answer->n_wanted = 1;
  tutti_sound_library_receive_async (library, hash, bytes, NULL, on_loaded, answer);
  g_main_loop_run (answer->loop);
}

static guint
count_files (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      n += g_file_test (path, G_FILE_TEST_IS_DIR) ? count_files (path) : 1;
    }
  return n;
}

typedef struct
{
  char              *folder, *sounds;
  TuttiSoundLibrary *library;
  Answer             answer;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_folder ();
  f->sounds = g_build_filename (f->folder, "samples", NULL);
  f->library = tutti_sound_library_new (f->sounds, 4 << 20);
  f->answer.loop = g_main_loop_new (NULL, FALSE);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  answer_clear (&f->answer);
  g_main_loop_unref (f->answer.loop);
  g_clear_object (&f->library);
  tutti_remove_tree (f->folder);
  g_free (f->sounds);
  g_free (f->folder);
}

static char *
tone_file (Fixture *f, const char *name, double hz, gsize n_frames)
{
  g_autofree float *tone = fixture_tone (44100, 2, n_frames, hz);

  return fixture_write (f->folder, name, SF_FORMAT_WAV | SF_FORMAT_PCM_16, 44100, 2, tone, n_frames);
}

static void
test_same_sound_is_one_file (Fixture *f, gconstpointer data)
{
  g_autofree char *one = tone_file (f, "Big_Kick.wav", 200, 9000), *two = tone_file (f, "copy.of.it.wav", 200, 9000);
  g_autofree char *other = tone_file (f, "other.wav", 201, 9000), *hash = NULL, *path = NULL;
  g_autoptr(TuttiSound) first = NULL;
  g_autoptr(GBytes) bytes = NULL;

  import (f->library, one, &f->answer);
  g_assert_no_error (f->answer.error);
  g_assert_cmpstr (f->answer.info->name, ==, "Big Kick");
  g_assert_cmpuint (f->answer.info->n_channels, ==, 2);
  g_assert_cmpuint (f->answer.info->n_frames, ==, 9796);           /* ceil (9000 · 48000 / 44100) */
  hash = g_strdup (f->answer.info->hash);
  g_assert_cmpint (tutti_sound_library_get_state (f->library, hash, NULL), ==, TUTTI_SOUND_STATE_HERE);
  first = tutti_sound_library_lookup (f->library, hash);
  g_assert_nonnull (first);

  path = tutti_sound_files_path (f->sounds, hash);
  bytes = fixture_bytes (path);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, f->answer.info->n_bytes);

  import (f->library, two, &f->answer);
  g_assert_cmpstr (f->answer.info->hash, ==, hash);
  g_assert_cmpstr (f->answer.info->name, ==, "copy.of.it");
  g_assert_cmpuint (count_files (f->sounds), ==, 1);
  import (f->library, path, &f->answer);                           /* what is kept, dropped on the window again */
  g_assert_cmpstr (f->answer.info->hash, ==, hash);
  import (f->library, other, &f->answer);
  g_assert_cmpstr (f->answer.info->hash, !=, hash);
  g_assert_cmpuint (count_files (f->sounds), ==, 2);
}

static void
test_refused_keeps_nothing (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "words.wav", NULL);

  g_assert_true (g_file_set_contents (path, "these are no sounds", -1, NULL));
  import (f->library, path, &f->answer);
  g_assert_error (f->answer.error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_NOT_AUDIO);
  g_assert_cmpuint (count_files (f->sounds), ==, 0);
}

static void
test_loaded_once_for_all (Fixture *f, gconstpointer data)
{
  g_autofree char *path = tone_file (f, "a.wav", 200, 9000), *hash = NULL;
  g_autoptr(TuttiSound) before = NULL;

  import (f->library, path, &f->answer);
  hash = g_strdup (f->answer.info->hash);
  before = tutti_sound_library_lookup (f->library, hash);

  /* Another life of the program. */
  g_clear_object (&f->library);
  f->library = tutti_sound_library_new (f->sounds, 4 << 20);
  g_assert_null (tutti_sound_library_lookup (f->library, hash));
  g_assert_cmpint (tutti_sound_library_get_state (f->library, hash, NULL), ==, TUTTI_SOUND_STATE_HERE);
  load (f->library, hash, 5, &f->answer);
  g_assert_no_error (f->answer.error);
  g_assert_cmpmem (tutti_sound_get_frames (before), tutti_sound_get_n_bytes (before),
                   tutti_sound_get_frames (f->answer.sound), tutti_sound_get_n_bytes (f->answer.sound));
}

static void
test_memory_is_bounded (Fixture *f, gconstpointer data)
{
  g_autoptr(TuttiSound) held = NULL;
  g_autofree char *held_hash = NULL;

  /* 12 sounds of 0.8 MB through 4 MiB; the first one is held by somebody. */
  for (int i = 0; i < 12; i++)
    {
      g_autofree char *path = tone_file (f, "a.wav", 200 + i, 91875);

      import (f->library, path, &f->answer);
      g_assert_no_error (f->answer.error);
      g_assert_cmpuint (tutti_sound_library_get_memory (f->library), <=, 4 << 20);
      if (i == 0)
        {
          held_hash = g_strdup (f->answer.info->hash);
          held = tutti_sound_library_lookup (f->library, held_hash);
        }
    }
  {
    g_autoptr(TuttiSound) again = tutti_sound_library_lookup (f->library, held_hash);

    g_assert_true (again == held);
  }
  g_assert_cmpuint (tutti_sound_library_get_memory (f->library), >, 2 << 20);
}

/* --- from peers --- */

typedef struct
{
  GString *story;
} Seen;

static void
on_changed (TuttiSoundLibrary *library, const char *hash, int state, guint percent, gpointer data)
{
  g_string_append_printf (((Seen *) data)->story, "%d:%u ", state, percent);
}

static GBytes *
peers_file (double hz)
{
  g_autofree float *tone = fixture_tone (48000, 1, 20000, hz);

  return fixture_file (SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 48000, 1, tone, 20000);
}

static void
test_received (Fixture *f, gconstpointer data)
{
  g_autoptr(GBytes) bytes = peers_file (300), served = NULL;
  g_autofree char *hash = tutti_sound_files_hash (bytes);
  Seen seen = { g_string_new (NULL) };
  guint percent = 7;

  g_signal_connect (f->library, "changed", G_CALLBACK (on_changed), &seen);
  g_assert_cmpint (tutti_sound_library_get_state (f->library, hash, &percent), ==, TUTTI_SOUND_STATE_MISSING);
  g_assert_cmpuint (percent, ==, 0);
  load (f->library, hash, 1, &f->answer);
  g_assert_error (f->answer.error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_MISSING);
  tutti_sound_library_set_received (f->library, hash, 0, 0);
  tutti_sound_library_set_received (f->library, hash, 50, 200);
  tutti_sound_library_set_received (f->library, hash, 50, 200);       /* no news is no signal */
  tutti_sound_library_give_up (f->library, hash);
  tutti_sound_library_set_received (f->library, hash, 900, 200);      /* more than promised */
  receive (f->library, hash, bytes, &f->answer);
  g_assert_no_error (f->answer.error);
  g_assert_cmpuint (tutti_sound_get_n_frames (f->answer.sound), ==, 20000);
  tutti_sound_library_set_received (f->library, hash, 1, 2);          /* too late to matter */
  tutti_sound_library_give_up (f->library, hash);
  g_assert_cmpstr (seen.story->str, ==, "1:0 1:25 0:0 1:100 2:100 ");
  served = tutti_sound_files_read (f->sounds, hash, NULL);
  g_assert_true (g_bytes_equal (served, bytes));
  g_string_free (seen.story, TRUE);
}

static void
test_unverified_goes_nowhere (Fixture *f, gconstpointer data)
{
  g_autoptr(GBytes) good = peers_file (300), other = peers_file (301), words = g_bytes_new_static ("fLaC? no", 8);
  g_autofree char *hash = tutti_sound_files_hash (good), *of_words = tutti_sound_files_hash (words);
  g_autoptr(GBytes) half = g_bytes_new_from_bytes (good, 0, g_bytes_get_size (good) / 2);
  g_autofree char *of_half = tutti_sound_files_hash (half);
  const struct { const char *hash; GBytes *bytes; int code; } rows[] = {
    { hash, other, TUTTI_SOUND_ERROR_DAMAGED },            /* another sound */
    { hash, half, TUTTI_SOUND_ERROR_DAMAGED },             /* cut on the way */
    { of_half, half, TUTTI_SOUND_ERROR_DAMAGED },          /* cut, and named so */
    { of_words, words, TUTTI_SOUND_ERROR_DAMAGED },        /* rightly named, no sound */
    { "../../../../etc/passwd", good, TUTTI_SOUND_ERROR_MISSING },
    { "", good, TUTTI_SOUND_ERROR_MISSING },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      tutti_sound_library_set_received (f->library, rows[i].hash, 1, 1);
      receive (f->library, rows[i].hash, rows[i].bytes, &f->answer);
      g_assert_error (f->answer.error, TUTTI_SOUND_ERROR, rows[i].code);
      g_assert_cmpint (tutti_sound_library_get_state (f->library, rows[i].hash, NULL), ==, TUTTI_SOUND_STATE_MISSING);
    }
  g_assert_cmpuint (count_files (f->sounds), ==, 0);
}

static void
test_damaged_on_disk_is_fetched_again (Fixture *f, gconstpointer data)
{
  g_autoptr(GBytes) bytes = peers_file (300), served = NULL;
  g_autofree char *hash = tutti_sound_files_hash (bytes), *path = tutti_sound_files_path (f->sounds, hash);
  g_autofree char *broken = NULL;
  gsize n;

  receive (f->library, hash, bytes, &f->answer);
  g_assert_no_error (f->answer.error);
  answer_clear (&f->answer);
  g_clear_object (&f->library);

  g_assert_true (g_file_get_contents (path, &broken, &n, NULL));
  broken[n / 2] ^= 1;
  g_assert_true (g_file_set_contents (path, broken, (gssize) n, NULL));
  f->library = tutti_sound_library_new (f->sounds, 4 << 20);
  load (f->library, hash, 3, &f->answer);
  g_assert_error (f->answer.error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_DAMAGED);
  g_assert_null (tutti_sound_files_read (f->sounds, hash, NULL));          /* nor is it served to anybody */
  g_assert_cmpint (tutti_sound_library_get_state (f->library, hash, NULL), ==, TUTTI_SOUND_STATE_MISSING);
  receive (f->library, hash, bytes, &f->answer);
  g_assert_no_error (f->answer.error);
  served = tutti_sound_files_read (f->sounds, hash, NULL);
  g_assert_true (g_bytes_equal (served, bytes));
}

/* The folder cannot be made: in words, and nothing is said to be here. */
static void
test_no_room (Fixture *f, gconstpointer data)
{
  g_autofree char *path = tone_file (f, "a.wav", 200, 9000);

  g_assert_true (g_file_set_contents (f->sounds, "a file where the folder should be", -1, NULL));
  import (f->library, path, &f->answer);
  g_assert_error (f->answer.error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_FAILED);
}

static void
test_names (Fixture *f, gconstpointer data)
{
  static const struct { const char *file, *name; } rows[] = {
    { "Kick.wav", "Kick" },
    { "Snare_Rim-1.flac", "Snare Rim-1" },
    { "no extension", "no extension" },
    { ".wav", ".wav" },
    { "<b>bold</b> & co.wav", "<b>bold</b> & co" },         /* plain text: shown as it is */
    { "a\nb\tc\x7f.wav", "abc" },
    { "\xe2\x80\xae" "evil.wav", "evil" },                     /* right-to-left override */
    { "   .wav", "Sound" },
    { "Großes Crash-Becken.wav", "Großes Crash-Becken" },
  };
  g_autofree char *long_name = g_strnfill (300, 'x'), *cut = NULL, *invalid = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = tutti_sound_name_from_file (rows[i].file);

      g_assert_cmpstr (name, ==, rows[i].name);
    }
  cut = tutti_sound_name_from_file (long_name);
  g_assert_cmpuint (strlen (cut), ==, TUTTI_SOUND_NAME_MAX);
  invalid = tutti_sound_name_from_file ("\xff\xfe\x80.wav");
  g_assert_true (g_utf8_validate (invalid, -1, NULL) && strlen (invalid) > 0);
}

/* --- real kits --- */

static void
import_folder (Fixture *f, const char *folder, guint *n_imported)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr(TuttiSound) sound = NULL;

      if (!g_str_has_suffix (name, ".wav") && !g_str_has_suffix (name, ".flac"))
        continue;
      import (f->library, path, &f->answer);
      g_assert_no_error (f->answer.error);
      g_assert_cmpint (f->answer.info->notes & TUTTI_SOUND_NOTE_CUT_SHORT, ==, 0);
      sound = tutti_sound_library_lookup (f->library, f->answer.info->hash);
      fixture_check (sound);
      *n_imported += 1;
    }
}

static void
test_real_kits (Fixture *f, gconstpointer data)
{
  guint n_rock = 0, n_808 = 0;

  import_folder (f, "/usr/share/hydrogen/data/drumkits/GMRockKit", &n_rock);
  import_folder (f, "/usr/share/hydrogen/data/drumkits/TR808EmulationKit", &n_808);
  g_test_message ("%u and %u sounds, %u files", n_rock, n_808, count_files (f->sounds));
  if (n_rock + n_808 == 0 && getuid () != 0)
    {
      g_test_skip ("hydrogen-data is not installed");
      return;
    }
  g_assert_cmpuint (n_rock, >=, 70);
  g_assert_cmpuint (n_808, >=, 16);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/sound/library/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("same-sound-is-one-file", test_same_sound_is_one_file);
  ADD ("refused-keeps-nothing", test_refused_keeps_nothing);
  ADD ("loaded-once-for-all", test_loaded_once_for_all);
  ADD ("memory-is-bounded", test_memory_is_bounded);
  ADD ("received", test_received);
  ADD ("unverified-goes-nowhere", test_unverified_goes_nowhere);
  ADD ("damaged-on-disk-is-fetched-again", test_damaged_on_disk_is_fetched_again);
  ADD ("no-room", test_no_room);
  ADD ("names", test_names);
  ADD ("real-kits", test_real_kits);
#undef ADD
  return g_test_run ();
}
