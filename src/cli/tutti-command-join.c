/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-code-search.h"
#include "tutti-command.h"
#include "tutti-passing.h"
#include "tutti-recorder.h"

#include "tutti-json-write.h"
#include "tutti-names.h"
#include "tutti-session.h"

#include <glib-unix.h>

#define STAY_MAX_S (30 * 24 * 60 * 60)

typedef struct
{
  char    *name, *record, *fingerprint;
  double   seconds;
  gboolean play, json, heir, tracks;
} Options;

typedef struct
{
  const Options *options;
  GMainLoop     *loop;
  TuttiSession  *session;
  gint64         first_second;     /* of fingerprints already taken */
  GString       *prints;           /* JSON items */
  gint64         live_us;          /* when it was in, 0 not yet */
  gint64         start_us;
  TuttiRecorder *recorder;         /* borrowed (nullable) */
  gboolean       told_stopped, told_heir, told_silent;
} Visit;

static void
put_print (Visit *visit, gint64 second, const TuttiPrint *print)
{
  static const char * const states[] = { "ok", "settling", "late" };
  GString *out = visit->prints;

  g_string_append_printf (out, "%s[%" G_GINT64_FORMAT ",\"%016" G_GINT64_MODIFIER "x\",\"%s\"", out->len > 0 ? "," : "", second,
                          print->hash, states[print->state]);
  for (guint i = 0; visit->options->tracks && i < print->n_tracks; i++)
    {
      guint64 key = print->tracks[i].track_id;
      char id[TUTTI_ID_TEXT_SIZE];

      g_string_append_printf (out, "%s\"%s\":\"%016" G_GINT64_MODIFIER "x\"", i == 0 ? ",{" : ",",
                              tutti_id_print (tutti_id ((guint32) (key >> 32), (guint32) key), id), print->tracks[i].hash);
    }
  g_string_append (out, visit->options->tracks && print->n_tracks > 0 ? "}]" : "]");
}

/* Of all seconds but the last @but. Prints last a minute in the mix. */
static void
take_prints (Visit *visit, gint64 but)
{
  TuttiMix *mix = tutti_playback_get_mix (tutti_session_get_playback (visit->session));
  gint64 last = tutti_mix_get_last_second (mix);
  g_autofree TuttiPrint *print = g_new0 (TuttiPrint, 1);

  if (last == INT64_MIN)
    return;
  last -= but;
  for (gint64 second = MAX (visit->first_second, last - 50); second <= last; second++)
    if (tutti_mix_get_print (mix, second, print))
      {
        put_print (visit, second, print);
        visit->first_second = second + 1;
      }
}

/* An edit that comes late corrects some seconds back, and what was taken before would tell of a mix that nobody has any more. */
#define SETTLED_AFTER_S 8

static void
look_at_recorder (Visit *visit)
{
  g_autofree char *why = visit->recorder != NULL && !visit->told_stopped ? tutti_recorder_why_stopped (visit->recorder) : NULL;

  if (why == NULL)
    return;
  visit->told_stopped = TRUE;
  g_printerr ("tuttictl: recording stopped: %s\n", why);
}

/* Whoever is to take the host away waits for this. */
static void
look_at_heir (Visit *visit)
{
  if (visit->options->json || visit->told_heir || !tutti_session_is_heir (visit->session))
    return;
  visit->told_heir = TRUE;
  g_print ("heir: this machine goes on with the jam if its host is gone\n");
}

static void
look_at_clock (Visit *visit)
{
  TuttiTiming timing;

  if (visit->told_silent)
    return;
  tutti_session_get_timing (visit->session, &timing);
  if (timing.silent_clock == 0)
    return;
  visit->told_silent = TRUE;
  g_printerr ("tuttictl: the host's clock does not answer, so nothing is rendered yet; is UDP port %u open there?\n",
              timing.silent_clock);
}

static gboolean
collect_prints (gpointer data)
{
  look_at_clock (data);
  take_prints (data, SETTLED_AFTER_S);
  look_at_recorder (data);
  look_at_heir (data);
  return G_SOURCE_CONTINUE;
}

static void
on_seconds (gpointer data)
{
  g_main_loop_quit (((Visit *) data)->loop);
}

static gboolean
on_signal (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static const char *
away_words (TuttiClose why)
{
  switch ((int) why)
    {
    case TUTTI_CLOSE_HANDED_OVER:
      return "the host handed the jam over";
    case TUTTI_CLOSE_SERVER_RESTARTING:
      return "the host is restarting";
    case TUTTI_CLOSE_GOING_AWAY:
      return "the host went away";
    default:
      return "the host does not answer";
    }
}

/* Whoever waits for us in a terminal or a script sees that the host was lost and found again. */
static void
tell_way (Visit *visit, TuttiSessionState state)
{
  if (state == TUTTI_SESSION_AWAY)
    g_print ("away: %s\n", away_words (tutti_session_get_away_reason (visit->session)));
  else if (state == TUTTI_SESSION_JOINED)
    g_print ("back in %s at edit %" G_GINT64_FORMAT "\n", tutti_session_get_jam (visit->session)->name,
             tutti_session_get_seq (visit->session));
  else if (state == TUTTI_SESSION_HOSTING)
    g_print ("hosting at port %u\n", tutti_session_get_port (visit->session));
}

static void
on_state (TuttiSession *session, GParamSpec *spec, Visit *visit)
{
  TuttiSessionState state = tutti_session_get_state (session);

  if (state == TUTTI_SESSION_ENDED)
    g_main_loop_quit (visit->loop);
  if (visit->live_us != 0 && !visit->options->json)
    tell_way (visit, state);
  if (state != TUTTI_SESSION_JOINED || visit->live_us != 0)
    return;
  visit->live_us = g_get_monotonic_time ();
  if (!visit->options->json)
    g_print ("joined %s as %s\n", tutti_session_get_jam (session)->name, visit->options->name);
  if (!visit->options->json && visit->recorder != NULL)
    g_print ("recording to %s, four hours at most\n", visit->options->record);
  if (visit->options->seconds > 0)
    g_timeout_add_once ((guint) (visit->options->seconds * 1000), on_seconds, visit);
}

/* For who reads along in a terminal. */
static void
on_said (TuttiSession *session, const TuttiLine *fresh, Visit *visit)
{
  const TuttiJam *jam = tutti_session_get_jam (session);
  const TuttiPerson *person = fresh != NULL && jam != NULL ? tutti_jam_person (jam, fresh->by) : NULL;

  if (fresh != NULL && !visit->options->json)
    g_print ("%s: %s\n", person != NULL ? person->name : "somebody", fresh->text);
}

/* That somebody was sent away concerns those who are left. */
static void
on_left (TuttiSession *session, TuttiMember *member, Visit *visit)
{
  const TuttiRemoval *removal = tutti_member_get_removal (member);
  const TuttiPerson *admin = removal != NULL ? tutti_jam_person (tutti_session_get_jam (session), removal->by) : NULL;

  if (removal == NULL || visit->options->json)
    return;
  if (admin != NULL)
    g_print ("%s %s %s\n", admin->name, removal->banned ? "banned" : "removed", tutti_member_get_name (member));
  else
    g_print ("%s was %s\n", tutti_member_get_name (member), removal->banned ? "banned" : "removed");
}

static void
put_number (GString *out, const char *key, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  tutti_json_key (out, key);
  tutti_json_put_raw (out, g_ascii_formatd (text, sizeof text, "%.1f", number));
}

/* How often what it remembers of the past was lost: then its effects are everybody's again after the next refresh only. */
static gint64
count_breaks (Visit *visit)
{
  TuttiMixStats stats;

  tutti_mix_get_stats (tutti_playback_get_mix (tutti_session_get_playback (visit->session)), &stats);
  return (gint64) (stats.too_late + stats.restarts);
}

static void
print_summary (Visit *visit)
{
  g_autoptr(GString) out = g_string_new (NULL);
  TuttiTiming timing;
  char hash[17];

  tutti_session_get_timing (visit->session, &timing);
  g_snprintf (hash, sizeof hash, "%016" G_GINT64_MODIFIER "x", tutti_session_get_hash (visit->session));
  tutti_json_open (out, '{');
  tutti_json_put_member_text (out, "jam", tutti_session_get_jam_id (visit->session));
  tutti_json_put_member_int (out, "me", tutti_session_get_me (visit->session));
  tutti_json_put_member_int (out, "seq", tutti_session_get_seq (visit->session));
  tutti_json_put_member_text (out, "hash", hash);
  put_number (out, "join_ms", (double) (visit->live_us - visit->start_us) / 1000.0);
  put_number (out, "clock_error_us", timing.clock_error_us);
  put_number (out, "round_trip_us", timing.round_trip_ms * 1000.0);
  put_number (out, "edit_latency_us", timing.edit_latency_us);
  put_number (out, "lead_ms", timing.lead_ms);
  tutti_json_put_member_int (out, "late", (gint64) timing.late);
  tutti_json_put_member_int (out, "edits", (gint64) timing.edits);
  tutti_json_put_member_int (out, "repairs", (gint64) timing.repairs);
  tutti_json_put_member_int (out, "drop_outs", timing.drop_outs);
  tutti_json_put_member_int (out, "breaks", count_breaks (visit));
  tutti_json_put_member_int (out, "bytes_in", (gint64) timing.bytes_in);
  tutti_json_put_member_int (out, "bytes_out", (gint64) timing.bytes_out);
  tutti_json_put_member_int (out, "messages_in", (gint64) timing.messages_in);
  tutti_json_put_member_int (out, "messages_out", (gint64) timing.messages_out);
  tutti_json_key (out, "fingerprints");
  tutti_json_open (out, '[');
  g_string_append (out, visit->prints->str);
  tutti_json_close (out, ']');
  tutti_json_close (out, '}');
  g_print ("%s\n", out->str);
}

static int
stay (Visit *visit, TuttiStudio *studio, const TuttiAddress *address)
{
  TuttiPlaybackOptions sound = { .make_sink = visit->options->play ? NULL : tutti_passing_no_sink,
                                 .tap = visit->recorder != NULL ? tutti_recorder_tap : NULL, .tap_data = visit->recorder };
  int exit_code = TUTTI_EXIT_OK;

  visit->start_us = g_get_monotonic_time ();
  visit->session = tutti_session_join (studio, address, visit->options->fingerprint, FALSE, &sound);
  g_signal_connect (visit->session, "notify::state", G_CALLBACK (on_state), visit);
  g_signal_connect (visit->session, "said", G_CALLBACK (on_said), visit);
  g_signal_connect (visit->session, "left", G_CALLBACK (on_left), visit);
  guint prints = g_timeout_add_seconds (1, collect_prints, visit);

  g_main_loop_run (visit->loop);
  g_source_remove (prints);
  if (tutti_session_get_end (visit->session) != NULL)
    exit_code = tutti_command_fail (tutti_session_get_end (visit->session));
  else
    {
      take_prints (visit, 0);
      print_summary (visit);
    }
  g_signal_handlers_disconnect_by_data (visit->session, visit);
  tutti_session_leave (visit->session);
  g_object_unref (visit->session);
  return exit_code;
}

/* Of a visit that went wrong, what was recorded until then is kept. */
static int
end_recording (TuttiRecorder *recorder, int exit_code)
{
  g_autoptr(GError) error = NULL;
  guint64 lost = 0;

  if (recorder == NULL || exit_code != TUTTI_EXIT_OK)
    return exit_code;
  if (!tutti_recorder_finish (recorder, &lost, &error))
    return tutti_command_fail (error);
  if (lost > 0)
    g_printerr ("tuttictl: the disk was too slow for %.1f s of the recording; they are silent\n",
                (double) lost / TUTTI_FRAMES_PER_SECOND);
  return exit_code;
}

static int
join (const Options *options, const TuttiAddress *address)
{
  g_autoptr(GError) error = NULL;
  TuttiPassing passing = { 0 };
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GString) prints = g_string_new (NULL);
  g_autoptr(TuttiRecorder) recorder = NULL;
  Visit visit = { .options = options, .loop = loop, .prints = prints, .first_second = G_MININT64 };
  int exit_code;

  if (options->record != NULL && !tutti_recorder_may_save (options->record, &error))
    return tutti_command_fail (error);
  if (!tutti_passing_open (&passing, options->name, &error))
    return tutti_command_fail (error);
  tutti_studio_set_passing (passing.studio, !options->heir);
  tutti_studio_set_heir (passing.studio, options->heir);
  if (options->record != NULL)
    visit.recorder = recorder = tutti_recorder_new (options->record, TUTTI_RECORDER_SECONDS_MAX);
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
  exit_code = end_recording (recorder, stay (&visit, passing.studio, address));
  tutti_passing_close (&passing);
  return exit_code;
}

/* Not a number is neither. */
static gboolean
may_stay (const Options *options)
{
  return options->seconds >= 0 && options->seconds <= STAY_MAX_S;
}

int
tutti_command_join (int argc, char **argv)
{
  Options options = { 0 };
  g_autoptr(GError) error = NULL;
  GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, "How others see you", "NAME" },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &options.seconds, "Leave after this long; 0 or none: at SIGTERM or SIGINT", "S" },
    { "play", 0, 0, G_OPTION_ARG_NONE, &options.play, "Through this machine's loudspeakers", NULL },
    { "record", 0, 0, G_OPTION_ARG_FILENAME, &options.record,
      "Write the mix, as everyone renders it, to FILE.wav while it plays, up to four hours of it", "FILE" },
    { "heir", 0, 0, G_OPTION_ARG_NONE, &options.heir, "Go on with the jam when its host is gone", NULL },
    { "tracks", 0, 0, G_OPTION_ARG_NONE, &options.tracks, "With the fingerprints of each track", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "Only the last line: one JSON object", NULL },
    { "fp", 0, 0, G_OPTION_ARG_STRING, &options.fingerprint, "The fingerprint that the host must show", "SHA256" },
    G_OPTION_ENTRY_NULL
  };

  if (!tutti_command_parse ("ADDRESS - take part without a window", NULL, entries, &argc, &argv))
    return TUTTI_EXIT_USAGE;
  g_autofree char *code = NULL;
  g_autoptr(TuttiAddress) address = NULL;

  if (argc == 2 && tutti_names_is_code (argv[1], &code))
    address = tutti_code_search (code, &error);
  else if (argc == 2)
    address = tutti_address_parse (argv[1], &error);

  if (address == NULL)
    {
      g_printerr ("tuttictl: %s\n", error != NULL ? error->message : "join takes one address, or the short name of a jam nearby");
      return TUTTI_EXIT_USAGE;
    }
  if (!may_stay (&options))
    {
      g_printerr ("tuttictl: --seconds is from 0 (stay) to %d, which are %d days\n", STAY_MAX_S, STAY_MAX_S / (24 * 60 * 60));
      return TUTTI_EXIT_USAGE;
    }
  if (options.record != NULL && !g_str_has_suffix (options.record, ".wav"))
    {
      g_printerr ("tuttictl: the name of a recording ends in .wav\n");
      return TUTTI_EXIT_USAGE;
    }
  if (options.name == NULL || options.name[0] == '\0')
    options.name = g_strdup ("tuttictl");
  address->passcode = g_strdup (tutti_command_passcode ());
  int exit_code = join (&options, address);

  g_free (options.name);
  g_free (options.record);
  g_free (options.fingerprint);
  return exit_code;
}
