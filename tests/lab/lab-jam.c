/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Announces a jam or looks for jams, one line an event, for the lab's tests and for hands:
 *   lab-jam announce NAME ID [PORT]     listens to: people N · tempo CBPM · name NAME · quit
 *   lab-jam look                        listens to: quit
 * With "in-thread" as first word all of it happens in a thread with a main context of its own. */

#include "tutti-avahi-discovery.h"

#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  int             argc;
  char          **argv;
  GMainContext   *context;
  GMainLoop      *loop;
  TuttiPublisher *publisher;
  TuttiBrowser   *browser;
} Program;

static const char *
nick (GType type, int value)
{
  g_autoptr(GEnumClass) klass = g_type_class_ref (type);

  return g_enum_get_value (klass, value)->value_nick;
}

static void
print_publisher (Program *program)
{
  printf ("%s %s\n", nick (TUTTI_TYPE_PUBLISHER_STATE, tutti_publisher_get_state (program->publisher)),
          tutti_publisher_get_name (program->publisher));
}

static void
print_jam (const char *sign, TuttiNearbyJam *jam)
{
  const TuttiJamAd *ad = tutti_nearby_jam_get_ad (jam);

  printf ("%s %s “%s” %u/%u bpm=%u lock=%d host=%s local=%d at", sign, ad->id, ad->name, ad->people,
          ad->people_max, ad->tempo_cbpm, ad->locked, ad->host, ad->local);
  for (guint i = 0; i < ad->n_addresses; i++)
    {
      g_autofree char *text = tutti_jam_address_to_string (&ad->addresses[i]);

      printf (" %s", text);
    }
  printf ("\n");
}

static void
on_ad (TuttiNearbyJam *jam, GParamSpec *pspec, Program *program)
{
  print_jam ("~", jam);
}

static void
on_items (GListModel *model, guint position, guint removed, guint added, Program *program)
{
  for (guint i = 0; i < added; i++)
    {
      g_autoptr(TuttiNearbyJam) jam = g_list_model_get_item (model, position + i);

      g_signal_connect (jam, "notify::ad", G_CALLBACK (on_ad), program);
      print_jam ("+", jam);
    }
  if (added > 0)
    printf ("rows %u\n", g_list_model_get_n_items (model));
  if (removed > 0)
    printf ("- left %u\n", g_list_model_get_n_items (model));
}

static void
on_state (Program *program)
{
  printf ("state %s\n", nick (TUTTI_TYPE_DISCOVERY_STATE, tutti_browser_get_state (program->browser)));
}

static void
on_refused (TuttiBrowser *browser, const char *name, const char *reason, Program *program)
{
  printf ("refused “%s”: %s\n", name, reason);
}

static void
obey (Program *program, char *line)
{
  TuttiJamAd ad = program->publisher != NULL ? *tutti_publisher_get_ad (program->publisher) : (TuttiJamAd) { 0 };
  char *value = strchr (line, ' ');

  if (strcmp (line, "quit") == 0)
    {
      g_main_loop_quit (program->loop);
      return;
    }
  if (program->publisher == NULL || value == NULL)
    return;
  *value++ = '\0';
  if (strcmp (line, "people") == 0)
    ad.people = (guint) atoi (value);
  else if (strcmp (line, "tempo") == 0)
    ad.tempo_cbpm = (guint) atoi (value);
  else if (strcmp (line, "name") == 0)
    tutti_jam_ad_set_name (&ad, value, NULL);
  if (!tutti_publisher_update (program->publisher, &ad, NULL))
    printf ("refused\n");
}

static gboolean
on_input (int fd, GIOCondition condition, gpointer data)
{
  Program *program = data;
  char line[256];

  if (fgets (line, sizeof line, stdin) == NULL)
    g_main_loop_quit (program->loop);
  else
    obey (program, g_strchomp (line));
  return G_SOURCE_CONTINUE;
}

static gboolean
start_publisher (Program *program, TuttiDiscovery *discovery)
{
  TuttiJamAd ad = { .proto = 1, .people = 1, .people_max = 16, .tempo_cbpm = 12000, .clock_port = 7464,
                    .port = program->argc > 4 ? (guint16) atoi (program->argv[4]) : 7464 };
  g_autofree char *fingerprint = g_compute_checksum_for_string (G_CHECKSUM_SHA256, program->argv[3], -1);
  g_autoptr(GError) error = NULL;

  g_strlcpy (ad.id, program->argv[3], sizeof ad.id);
  g_strlcpy (ad.fingerprint, fingerprint, sizeof ad.fingerprint);
  if (tutti_jam_ad_set_name (&ad, program->argv[2], &error))
    program->publisher = tutti_discovery_publish (discovery, &ad, &error);
  if (program->publisher == NULL)
    {
      printf ("refused %s\n", error->message);
      return FALSE;
    }
  g_signal_connect_swapped (program->publisher, "notify::state", G_CALLBACK (print_publisher), program);
  g_signal_connect_swapped (program->publisher, "notify::name", G_CALLBACK (print_publisher), program);
  return TRUE;
}

static void
start_browser (Program *program, TuttiDiscovery *discovery)
{
  program->browser = tutti_discovery_browse (discovery);
  g_signal_connect (program->browser, "items-changed", G_CALLBACK (on_items), program);
  g_signal_connect (program->browser, "refused", G_CALLBACK (on_refused), program);
  g_signal_connect_swapped (program->browser, "notify::state", G_CALLBACK (on_state), program);
}

static gpointer
run (gpointer data)
{
  Program *program = data;
  g_autoptr(TuttiAvahiDiscovery) discovery = NULL;
  g_autoptr(GSource) input = g_unix_fd_source_new (0, G_IO_IN | G_IO_HUP);

  g_main_context_push_thread_default (program->context);
  program->loop = g_main_loop_new (program->context, FALSE);
  discovery = tutti_avahi_discovery_new ();
  g_source_set_callback (input, G_SOURCE_FUNC (on_input), program, NULL);
  g_source_attach (input, program->context);
  if (strcmp (program->argv[1], "look") == 0)
    start_browser (program, TUTTI_DISCOVERY (discovery));
  if (strcmp (program->argv[1], "look") == 0 || start_publisher (program, TUTTI_DISCOVERY (discovery)))
    g_main_loop_run (program->loop);
  g_clear_object (&program->publisher);
  g_clear_object (&program->browser);
  g_source_destroy (input);
  g_main_loop_unref (program->loop);
  g_main_context_pop_thread_default (program->context);
  printf ("bye\n");
  return NULL;
}

int
main (int argc, char **argv)
{
  gboolean in_thread = argc > 1 && strcmp (argv[1], "in-thread") == 0;
  Program program = { .argc = argc - in_thread, .argv = argv + in_thread };

  if (program.argc < 2 || (strcmp (program.argv[1], "look") != 0 && program.argc < 4))
    {
      fprintf (stderr, "usage: lab-jam [in-thread] announce NAME ID [PORT] | look\n");
      return 2;
    }
  setvbuf (stdout, NULL, _IOLBF, 0);
  setvbuf (stdin, NULL, _IONBF, 0);     /* what was read ahead would not wake the loop */
  program.context = in_thread ? g_main_context_new () : g_main_context_ref (g_main_context_default ());
  if (in_thread)
    g_thread_join (g_thread_new ("jam", run, &program));
  else
    run (&program);
  g_main_context_unref (program.context);
  return 0;
}
