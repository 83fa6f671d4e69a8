/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-command.h"
#include "tutti-passing.h"

#include "tutti-json-write.h"

#include <glib-unix.h>

typedef struct
{
  char    *fingerprint;
  int      seconds;
  gboolean json;
} Options;

typedef struct
{
  const Options *options;
  GMainLoop     *loop;
  TuttiSession  *session;
  GString       *json;             /* items */
  int            left;             /* seconds still to compare */
  guint          ticks;            /* source */
  guint          compared, differed, most;   /* seconds, of them those that differed, machines */
} Check;

static const char * const state_names[] = { "ok", "settling", "late", "unknown" };

static const char *
name_of (Check *check, guint number)
{
  const TuttiPerson *person = tutti_jam_person (tutti_session_get_jam (check->session), number);

  return person != NULL ? person->name : "somebody";
}

static const char *
track_of (Check *check, TuttiId id)
{
  const TuttiTrack *track = tutti_jam_track (tutti_session_get_jam (check->session), id, NULL);

  return track != NULL ? track->name : tutti_id_is_none (id) ? "the mix alone" : "a track that is gone";
}

/* ---- what is said of one second ---- */

static void
say_one (Check *check, const TuttiCompared *each)
{
  const char *name = name_of (check, each->number);

  if (each->rendered.state != TUTTI_RENDERED_OK)
    g_print ("  %-24s %s\n", name, state_names[each->rendered.state]);
  else if (each->same)
    g_print ("  %-24s %016" G_GINT64_MODIFIER "x\n", name, each->rendered.hash);
  else
    g_print ("  %-24s %016" G_GINT64_MODIFIER "x differs in %s\n", name, each->rendered.hash, track_of (check, each->track));
}

static void
put_one (Check *check, GString *out, const TuttiCompared *each)
{
  char hash[17], track[TUTTI_ID_TEXT_SIZE];

  g_snprintf (hash, sizeof hash, "%016" G_GINT64_MODIFIER "x", each->rendered.hash);
  tutti_json_open (out, '{');
  tutti_json_put_member_int (out, "person", each->number);
  tutti_json_put_member_text (out, "name", name_of (check, each->number));
  tutti_json_put_member_text (out, "state", state_names[each->rendered.state]);
  tutti_json_put_member_text (out, "hash", hash);
  tutti_json_key (out, "same");
  tutti_json_put_raw (out, each->rendered.state == TUTTI_RENDERED_OK && each->same ? "true" : "false");
  tutti_json_put_member_text (out, "track", tutti_id_print (each->track, track));
  tutti_json_close (out, '}');
}

static void
put_second (Check *check, gint64 second, const GArray *comparison)
{
  GString *out = check->json;

  tutti_json_open (out, '{');
  tutti_json_put_member_int (out, "second", second);
  tutti_json_key (out, "machines");
  tutti_json_open (out, '[');
  for (guint i = 0; i < comparison->len; i++)
    put_one (check, out, &g_array_index (comparison, TuttiCompared, i));
  tutti_json_close (out, ']');
  tutti_json_close (out, '}');
}

static void
on_compared (TuttiSession *session, gint64 second, const GArray *comparison, Check *check)
{
  guint ready = tutti_comparison_count (comparison, TUTTI_RENDERED_OK);

  check->most = MAX (check->most, ready);
  check->compared += ready > 1;
  check->differed += ready > 1 && !tutti_comparison_agrees (comparison);
  put_second (check, second, comparison);
  if (check->options->json)
    return;
  g_print ("second %" G_GINT64_FORMAT ": %s\n", second, ready < 2 ? "nothing to compare yet"
                                                        : tutti_comparison_agrees (comparison) ? "the same" : "NOT the same");
  for (guint i = 0; i < comparison->len; i++)
    say_one (check, &g_array_index (comparison, TuttiCompared, i));
}

/* ---- the visit ---- */

static gboolean
on_tick (gpointer data)
{
  Check *check = data;

  if (check->left-- > 0 && tutti_session_compare (check->session, NULL))
    return G_SOURCE_CONTINUE;
  check->ticks = 0;
  g_main_loop_quit (check->loop);
  return G_SOURCE_REMOVE;
}

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static void
on_state (TuttiSession *session, GParamSpec *spec, Check *check)
{
  TuttiSessionState state = tutti_session_get_state (session);

  if (state == TUTTI_SESSION_ENDED)
    g_main_loop_quit (check->loop);
  else if (state == TUTTI_SESSION_JOINED && check->ticks == 0)
    check->ticks = g_timeout_add_seconds (1, on_tick, check);
}

static int
conclude (Check *check)
{
  gboolean same = check->compared > 0 && check->differed == 0;

  if (check->options->json)
    g_print ("{\"jam\":\"%s\",\"seconds\":[%s],\"compared\":%u,\"differed\":%u,\"machines\":%u,\"same\":%s}\n",
             tutti_session_get_jam_id (check->session), check->json->str, check->compared, check->differed, check->most,
             same ? "true" : "false");
  else if (check->compared == 0)
    g_print ("Nothing could be compared: fewer than two machines rendered sound that had settled.\n");
  else if (same)
    g_print ("The same, bit for bit: %u seconds on %u machines.\n", check->compared, check->most);
  else
    g_print ("NOT the same in %u of %u seconds.\n", check->differed, check->compared);
  return same ? TUTTI_EXIT_OK : TUTTI_EXIT_FAILED;
}

static int
visit (Check *check, TuttiStudio *studio, const TuttiAddress *address)
{
  TuttiPlaybackOptions sound = { .make_sink = tutti_passing_no_sink };
  int exit_code;

  check->session = tutti_session_join (studio, address, check->options->fingerprint, FALSE, &sound);
  g_signal_connect (check->session, "notify::state", G_CALLBACK (on_state), check);
  g_signal_connect (check->session, "compared", G_CALLBACK (on_compared), check);
  g_main_loop_run (check->loop);
  exit_code = tutti_session_get_end (check->session) != NULL ? tutti_command_fail (tutti_session_get_end (check->session))
                                                             : conclude (check);
  g_clear_handle_id (&check->ticks, g_source_remove);
  g_signal_handlers_disconnect_by_data (check->session, check);
  tutti_session_leave (check->session);
  g_object_unref (check->session);
  return exit_code;
}

static int
verify (const Options *options, const TuttiAddress *address)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GString) json = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  Check check = { .options = options, .loop = loop, .json = json, .left = options->seconds };
  TuttiPassing passing = { 0 };
  int exit_code;

  if (!tutti_passing_open (&passing, "tuttictl verify", &error))
    return tutti_command_fail (error);
  tutti_studio_set_watching (passing.studio, TRUE);
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
  exit_code = visit (&check, passing.studio, address);
  tutti_passing_close (&passing);
  return exit_code;
}

int
tutti_command_verify (int argc, char **argv)
{
  Options options = { .seconds = 10 };
  g_autoptr(GError) error = NULL;
  GOptionEntry entries[] = {
    { "seconds", 0, 0, G_OPTION_ARG_INT, &options.seconds, "Compare so many times, once a second (10)", "S" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "As one JSON object", NULL },
    { "fp", 0, 0, G_OPTION_ARG_STRING, &options.fingerprint, "The fingerprint that the host must show", "SHA256" },
    G_OPTION_ENTRY_NULL
  };

  if (!tutti_command_parse ("ADDRESS - see whether everyone renders the same sound",
                            "Looks on unseen, asks all machines for the fingerprints of what they rendered, of the\n"
                            "mix and of each track, and compares them. Exit: 0 the same, 1 not, or nothing could be compared.",
                            entries, &argc, &argv))
    return TUTTI_EXIT_USAGE;
  g_autoptr(TuttiAddress) address = argc == 2 ? tutti_address_parse (argv[1], &error) : NULL;

  if (address == NULL || options.seconds < 1)
    {
      g_printerr ("tuttictl: %s\n", error != NULL ? error->message : "verify takes one address, and one second or more");
      return TUTTI_EXIT_USAGE;
    }
  address->passcode = g_strdup (tutti_command_passcode ());
  int exit_code = verify (&options, address);

  g_free (options.fingerprint);
  return exit_code;
}
