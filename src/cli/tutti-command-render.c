/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-command.h"

#include "tutti-export.h"
#include "tutti-notation.h"
#include "tutti-room-record.h"
#include "tutti-sound-library.h"
#include "tutti-store-sqlite.h"

#include <glib-unix.h>
#include <unistd.h>

/* Decoded sounds held although no track names them. */
#define LIBRARY_MEMORY (64 * 1024 * 1024)

typedef struct
{
  char  *out, *data;
  double seconds;
} Options;

typedef struct
{
  GMainLoop    *loop;
  GCancellable *cancellable;
  GError       *error;
  gboolean      shown;             /* a percentage stands on the terminal */
} Rendering;

/* ---- what is to be rendered ---- */

/* A text that says nothing is a mistake of whoever named the file, not eight bars of silence. */
static gboolean
check_sounds (const TuttiJam *jam, GError **error)
{
  if (jam->n_tracks > 0)
    return TRUE;
  g_set_error (error, TUTTI_NOTATION_ERROR, TUTTI_NOTATION_ERROR_INVALID, "there is no track in it, so there is nothing to hear");
  return FALSE;
}

static TuttiJam *
read_notation (const char *path, GError **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autofree char *text = g_malloc (TUTTI_NOTATION_BYTES_MAX + 1);
  guint32 counter = 0;
  gsize length;

  /* One byte more than allowed: the reader says that it is too long. */
  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), text, TUTTI_NOTATION_BYTES_MAX + 1, &length, NULL, error))
    return NULL;
  g_autoptr(TuttiJam) jam = tutti_notation_parse_jam (text, (gssize) length, 1, &counter, NULL, NULL, error);

  return jam != NULL && check_sounds (jam, error) ? g_steal_pointer (&jam) : NULL;
}

static TuttiJam *
load_jam (const char *id, const char *directory, GError **error)
{
  g_autoptr(TuttiStore) store = NULL;
  g_auto(TuttiRoomRecord) record = { 0 };

  /* Looking for a jam makes no store. */
  if (!g_file_test (directory, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "“%s” is no file, and there are no jams in “%s”", id, directory);
      return NULL;
    }
  store = tutti_store_sqlite_open (directory, TUTTI_STORE_SQLITE_PATIENCE_MS, error);
  if (store == NULL || !tutti_room_record_load (store, id, &record, error))
    {
      g_prefix_error (error, "“%s” is no file, and no jam of “%s”: ", id, directory);
      return NULL;
    }
  return g_steal_pointer (&record.jam);
}

/* ---- rendering ---- */

static void
on_progress (double done, gpointer data)
{
  Rendering *rendering = data;

  if (!isatty (STDERR_FILENO))
    return;
  g_printerr ("\r%3d %%", (int) (done * 100));
  rendering->shown = TRUE;
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  Rendering *rendering = data;

  tutti_export_finish (result, &rendering->error);
  g_main_loop_quit (rendering->loop);
}

static gboolean
on_signal (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_CONTINUE;
}

static int
render (const TuttiJam *jam, const Options *options)
{
  g_autofree char *sounds = g_build_filename (options->data, "samples", NULL);
  g_autoptr(TuttiSoundLibrary) library = tutti_sound_library_new (sounds, LIBRARY_MEMORY);
  g_autoptr(TuttiSoundBank) bank = tutti_sound_bank_new (library);
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (options->out);
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Rendering rendering = { .loop = loop, .cancellable = cancellable };
  int exit_code = TUTTI_EXIT_OK;

  g_unix_signal_add (SIGTERM, on_signal, cancellable);
  g_unix_signal_add (SIGINT, on_signal, cancellable);
  tutti_export_async (jam, bank, file, options->seconds, on_progress, &rendering, cancellable, on_exported, &rendering);
  g_main_loop_run (loop);
  if (rendering.shown)
    g_printerr ("\n");
  if (rendering.error == NULL)
    return exit_code;
  exit_code = tutti_command_fail (rendering.error);
  if (g_error_matches (rendering.error, TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_FORMAT) ||
      g_error_matches (rendering.error, TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_LENGTH))
    exit_code = TUTTI_EXIT_USAGE;
  g_clear_error (&rendering.error);
  return exit_code;
}

static int
find_and_render (const char *what, Options *options)
{
  g_autoptr(TuttiJam) jam = NULL;
  g_autoptr(GError) error = NULL;

  if (options->data == NULL)
    options->data = g_build_filename (g_get_user_data_dir (), "tutti", NULL);
  if (g_file_test (what, G_FILE_TEST_EXISTS))
    {
      jam = read_notation (what, &error);
      if (jam == NULL)
        g_prefix_error (&error, "%s: ", what);
    }
  else
    jam = load_jam (what, options->data, &error);
  return jam != NULL ? render (jam, options) : tutti_command_fail (error);
}

int
tutti_command_render (int argc, char **argv)
{
  Options options = { 0 };
  GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.out, "The file to make: .wav or .flac, 24 bits", "OUT" },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &options.seconds, "So long; else the loop range or 8 bars, and what rings on", "S" },
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &options.data, "Where jams and sounds are kept", "DIR" },
    G_OPTION_ENTRY_NULL
  };
  int exit_code = TUTTI_EXIT_USAGE;

  if (tutti_command_parse ("FILE|JAM-ID - make a sound file of a jam",
                           "FILE is a text in Tutti's notation, JAM-ID a jam of this machine (its id).", entries, &argc, &argv))
    {
      if (argc == 2 && options.out != NULL)
        exit_code = find_and_render (argv[1], &options);
      else
        g_printerr ("tuttictl: render takes one FILE or JAM-ID, and -o OUT\n");
    }
  g_free (options.out);
  g_free (options.data);
  return exit_code;
}
