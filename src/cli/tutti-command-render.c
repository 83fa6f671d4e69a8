/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-command.h"

#include "tutti-export.h"
#include "tutti-notation.h"
#include "tutti-room-record.h"
#include "tutti-sound-library.h"
#include "tutti-store-sqlite.h"

#include <glib-unix.h>
#include <math.h>
#include <unistd.h>

/* Decoded sounds held although no track names them. */
#define LIBRARY_MEMORY (64 * 1024 * 1024)

typedef struct
{
  char    *out, *data, *format;    /* owned, nullable */
  double   seconds;                /* NO_SECONDS, or what stands in the command line */
  int      bars;
  gboolean tracks;
} Options;

/* What nobody would ask for. */
#define NO_SECONDS (-HUGE_VAL)
#define NO_BARS G_MININT

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

/* ---- how ---- */

static gboolean
refuse (const char *words)
{
  g_printerr ("tuttictl: %s\n", words);
  return FALSE;
}

static gboolean
check_length (const Options *options)
{
  if (options->seconds != NO_SECONDS && options->bars != NO_BARS)
    return refuse ("--seconds and --bars both say how long it is; take one");
  if (options->seconds != NO_SECONDS && !(options->seconds > 0))
    return refuse ("--seconds takes a number above 0");
  if (options->bars != NO_BARS && options->bars < 1)
    return refuse ("--bars takes a number from 1 on");
  return TRUE;
}

/* By the name that was given, else by that of the file. */
static gboolean
choose_format (const Options *options, TuttiExportFormat *format)
{
  if (options->format != NULL)
    return tutti_export_format_parse (options->format, format) ||
           refuse ("--format takes wav-24, wav-16, wav-float, flac or ogg");
  return options->tracks || tutti_export_format_of_file (options->out, format) ||
         refuse ("the name of OUT ends in .wav, .flac or .ogg");
}

/* FALSE: it was said why not. */
static gboolean
choose_export (const Options *options, TuttiExportOptions *export)
{
  *export = (TuttiExportOptions) { .each_track = options->tracks };
  if (!check_length (options) || !choose_format (options, &export->format))
    return FALSE;
  if (options->seconds != NO_SECONDS)
    export->seconds = options->seconds;
  return tutti_export_format_is_there (export->format) || refuse ("what GStreamer needs for this format is not installed");
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
render (const TuttiJam *jam, const Options *options, TuttiExportOptions *export)
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
  if (options->bars != NO_BARS)
    export->ticks = options->bars * tutti_ticks_per_bar (jam->transport.beats, jam->transport.unit);
  tutti_export_async (jam, bank, file, export, on_progress, &rendering, cancellable, on_exported, &rendering);
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
  TuttiExportOptions export;
  g_autoptr(TuttiJam) jam = NULL;
  g_autoptr(GError) error = NULL;

  if (!choose_export (options, &export))
    return TUTTI_EXIT_USAGE;
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
  return jam != NULL ? render (jam, options, &export) : tutti_command_fail (error);
}

int
tutti_command_render (int argc, char **argv)
{
  Options options = { .seconds = NO_SECONDS, .bars = NO_BARS };
  GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.out, "The file to make: .wav (24 bits), .flac or .ogg", "OUT" },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &options.format, "wav-24, wav-16, wav-float, flac or ogg", "NAME" },
    { "tracks", 0, 0, G_OPTION_ARG_NONE, &options.tracks, "Each track as a file of its own; OUT is a folder to make", NULL },
    { "bars", 0, 0, G_OPTION_ARG_INT, &options.bars, "So many bars, and what rings on", "N" },
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
  g_free (options.format);
  g_free (options.data);
  return exit_code;
}
