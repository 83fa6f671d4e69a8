/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-command.h"
#include "tutti-passing.h"

#include "tutti-json-write.h"
#include "tutti-session.h"

/* As long as bringing the sounds of a preset to a host may take. */
#define PATIENCE_S 300

typedef struct
{
  const char *to, *track, *fingerprint, *name;
} Options;

typedef struct
{
  const Options  *options;
  GMainLoop      *loop;
  TuttiSession   *session;         /* owned */
  TuttiSoundFont *font;            /* borrowed */
  guint           preset;
  TuttiId         track;
  gboolean        begun, named;    /* it is made; it is said, and the host's answer outstanding */
  guint           n_left_out;
  int             exit_code;
} Bringing;

/* ---- listing ---- */

static void
list_plainly (TuttiSoundFont *font)
{
  for (guint i = 0; i < tutti_soundfont_get_n_presets (font); i++)
    {
      const TuttiSoundFontPreset *preset = tutti_soundfont_get_preset (font, i);

      g_print ("%u:%u\t%s\t%u\n", preset->bank, preset->program, preset->name, preset->n_regions);
    }
}

static void
list_as_json (TuttiSoundFont *font)
{
  g_autoptr(GString) out = g_string_new (NULL);

  tutti_json_open (out, '[');
  for (guint i = 0; i < tutti_soundfont_get_n_presets (font); i++)
    {
      const TuttiSoundFontPreset *preset = tutti_soundfont_get_preset (font, i);

      tutti_json_open (out, '{');
      tutti_json_put_member_int (out, "bank", preset->bank);
      tutti_json_put_member_int (out, "program", preset->program);
      tutti_json_put_member_text (out, "name", preset->name);
      tutti_json_put_member_int (out, "zones", preset->n_regions);
      tutti_json_close (out, '}');
    }
  tutti_json_close (out, ']');
  g_print ("%s\n", out->str);
}

/* ---- bringing ---- */

static void
finish (Bringing *bringing, int exit_code)
{
  bringing->exit_code = exit_code;
  g_main_loop_quit (bringing->loop);
}

static void
say_it_is_there (Bringing *bringing)
{
  char id[TUTTI_ID_TEXT_SIZE];

  g_print ("added “%s” as track %s", tutti_soundfont_get_preset (bringing->font, bringing->preset)->name,
           tutti_id_print (bringing->track, id));
  if (bringing->n_left_out > 0)
    g_print (", without %u of its zones: a track has room for %d of them, %d at a time, and for %d seconds of sound",
             bringing->n_left_out, TUTTI_ZONES_MAX, TUTTI_SOUNDFONT_LAYERS_MAX, TUTTI_SOUNDFONT_SECONDS_MAX);
  g_print ("\n");
  finish (bringing, TUTTI_EXIT_OK);
}

/* It is there when the host has answered: until then the edit is only ours. */
static gboolean
look_for_answer (gpointer data)
{
  Bringing *bringing = data;
  TuttiTiming timing;

  tutti_session_get_timing (bringing->session, &timing);
  if (bringing->named && timing.pending == 0)
    say_it_is_there (bringing);
  return G_SOURCE_CONTINUE;
}

static void
on_brought (GObject *session, GAsyncResult *result, gpointer user_data)
{
  Bringing *bringing = user_data;
  g_autoptr(GError) error = NULL;

  if (!tutti_session_bring_soundfont_finish (TUTTI_SESSION (session), result, &bringing->n_left_out, &error))
    {
      finish (bringing, tutti_command_fail (error));
      return;
    }
  bringing->named = TRUE;
}

static void
on_refused (TuttiSession *session, const TuttiOp *op, const GError *why, Bringing *bringing)
{
  finish (bringing, tutti_command_fail (why));
}

static void
on_patience (gpointer data)
{
  g_printerr ("tuttictl: the host takes too long\n");
  finish (data, TUTTI_EXIT_FAILED);
}

static void
begin (Bringing *bringing)
{
  TuttiId none = tutti_id (0, 0);
  gboolean fresh = tutti_id_is_none (bringing->track);
  TuttiId track = bringing->track;

  bringing->begun = TRUE;
  if (fresh)
    bringing->track = tutti_session_new_id (bringing->session);
  tutti_session_import_soundfont_async (bringing->session, bringing->font, bringing->preset, track, fresh ? bringing->track : none,
                                        TUTTI_COLOUR_SKY, NULL, NULL, NULL, on_brought, bringing);
}

static void
on_state (TuttiSession *session, GParamSpec *spec, Bringing *bringing)
{
  TuttiSessionState state = tutti_session_get_state (session);

  if (state == TUTTI_SESSION_ENDED)
    finish (bringing, tutti_session_get_end (session) != NULL ? tutti_command_fail (tutti_session_get_end (session)) :
                      TUTTI_EXIT_FAILED);
  else if (state == TUTTI_SESSION_JOINED && !bringing->begun)
    begin (bringing);
}

static void
visit (Bringing *bringing, TuttiStudio *studio, const TuttiAddress *address)
{
  TuttiPlaybackOptions silent = { .make_sink = tutti_passing_no_sink };
  guint answer = g_timeout_add (50, look_for_answer, bringing), patience;

  bringing->session = tutti_session_join (studio, address, bringing->options->fingerprint, FALSE, &silent);
  g_signal_connect (bringing->session, "notify::state", G_CALLBACK (on_state), bringing);
  g_signal_connect (bringing->session, "refused", G_CALLBACK (on_refused), bringing);
  patience = g_timeout_add_once (PATIENCE_S * 1000, on_patience, bringing);
  g_main_loop_run (bringing->loop);
  g_source_remove (answer);
  if (g_main_context_find_source_by_id (NULL, patience) != NULL)
    g_source_remove (patience);
  g_signal_handlers_disconnect_by_data (bringing->session, bringing);
  tutti_session_leave (bringing->session);
  g_object_unref (bringing->session);
}

static int
bring (const Options *options, const TuttiAddress *address, TuttiSoundFont *font, guint preset, TuttiId track)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GError) error = NULL;
  TuttiPassing passing = { 0 };
  Bringing bringing = { .options = options, .loop = loop, .font = font, .preset = preset, .track = track,
                        .exit_code = TUTTI_EXIT_FAILED };

  if (!tutti_passing_open (&passing, options->name != NULL ? options->name : "tuttictl", &error))
    return tutti_command_fail (error);
  visit (&bringing, passing.studio, address);
  tutti_passing_close (&passing);
  return bringing.exit_code;
}

/* ---- the command ---- */

/* "BANK:PROGRAM", or -1. */
static int
find_preset (TuttiSoundFont *font, const char *text)
{
  g_auto(GStrv) parts = g_strsplit (text, ":", 2);
  guint64 bank, program;

  if (g_strv_length (parts) != 2 || !g_ascii_string_to_unsigned (parts[0], 10, 0, G_MAXUINT16, &bank, NULL) ||
      !g_ascii_string_to_unsigned (parts[1], 10, 0, G_MAXUINT16, &program, NULL))
    return -1;
  return tutti_soundfont_find_preset (font, (guint) bank, (guint) program);
}

static int
usage (const char *words)
{
  g_printerr ("tuttictl: %s\n", words);
  return TUTTI_EXIT_USAGE;
}

static int
bring_preset (const Options *options, TuttiSoundFont *font, const char *which)
{
  int preset = find_preset (font, which);
  TuttiId track = tutti_id (0, 0);
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiAddress) address = NULL;

  if (options->track != NULL && !tutti_id_parse (options->track, &track))
    return usage ("--track takes the id of a track, as GET /api/v1/jams/JAM/tracks tells it");
  address = tutti_address_parse (options->to, &error);
  if (address == NULL)
    return usage (error->message);
  if (preset < 0)
    {
      g_printerr ("tuttictl: there is no preset %s; without --to all are listed\n", which);
      return TUTTI_EXIT_FAILED;
    }
  address->passcode = g_strdup (tutti_command_passcode ());
  return bring (options, address, font, (guint) preset, track);
}

static void
on_loaded (GObject *nothing, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static TuttiSoundFont *
load (const char *path, GError **error)
{
  g_autoptr(GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr(GAsyncResult) result = NULL;

  tutti_soundfont_load_async (file, NULL, on_loaded, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return tutti_soundfont_load_finish (result, error);
}

int
tutti_command_soundfont (int argc, char **argv)
{
  g_autofree char *to = NULL, *track = NULL, *fingerprint = NULL, *name = NULL;
  gboolean json = FALSE;
  g_autoptr(GError) error = NULL;
  GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, "Bring the preset to this jam", "ADDRESS" },
    { "track", 0, 0, G_OPTION_ARG_STRING, &track, "On this track, instead of a new one", "ID" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, "How others see you", "NAME" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "The list as JSON", NULL },
    { "fp", 0, 0, G_OPTION_ARG_STRING, &fingerprint, "The fingerprint that the host must show", "SHA256" },
    G_OPTION_ENTRY_NULL
  };

  if (!tutti_command_parse ("FILE [BANK:PROGRAM --to ADDRESS] - list the presets of a SoundFont, or bring one to a jam",
                            "Lists bank:program, name and number of zones. A preset becomes sounds, zones and numbers of a track: one "
                            "edit, and nothing of the file itself.", entries, &argc, &argv))
    return TUTTI_EXIT_USAGE;
  if (argc != (to != NULL ? 3 : 2))
    return usage (to != NULL ? "soundfont takes a file and BANK:PROGRAM" : "soundfont takes a file, and with --to also BANK:PROGRAM");
  Options options = { to, track, fingerprint, name };
  g_autoptr(TuttiSoundFont) font = load (argv[1], &error);

  if (font == NULL)
    {
      g_prefix_error (&error, "%s: ", argv[1]);
      return tutti_command_fail (error);
    }
  if (to != NULL)
    return bring_preset (&options, font, argv[2]);
  if (json)
    list_as_json (font);
  else
    list_plainly (font);
  return TUTTI_EXIT_OK;
}
