/* SPDX-License-Identifier: GPL-3.0-or-later */

/* tutti-host: a jam for a room, without a screen. */
#include "tutti-avahi-discovery.h"
#include "tutti-demo.h"
#include "tutti-hosting.h"
#include "tutti-names.h"
#include "tutti-net-time.h"

#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>

typedef struct
{
  char    *name;
  int      port;
  char    *data;
  gboolean demo, no_mdns;
  int      people_max;
} Options;

typedef struct
{
  TuttiStudio    *studio;
  TuttiHosting   *hosting;
  TuttiNetTime   *time;
  TuttiPublisher *publisher;
  GMainLoop      *loop;
  guint16         port, clock_port;
} Program;

static gboolean
parse (Options *options, int argc, char **argv, GError **error)
{
  GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &options->name, "Name of the jam", "NAME" },
    { "port", 0, 0, G_OPTION_ARG_INT, &options->port, "TCP port, the next free one when taken; 0: any", "PORT" },
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &options->data, "Where jams and sounds are kept", "DIR" },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &options->demo, "A new jam starts with the demo beat", NULL },
    { "no-mdns", 0, 0, G_OPTION_ARG_NONE, &options->no_mdns, "Do not announce the jam on the network", NULL },
    { "max-participants", 0, 0, G_OPTION_ARG_INT, &options->people_max, "People present at once", "N" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, "Hosts a jam that others on this network join with Tutti.");
  g_option_context_set_description (context, "Prints one line when it is ready:\n"
                                    "  listening ADDRESS:PORT jam=ID fp=SHA256\n"
                                    "SIGTERM and SIGINT save and leave. Exit: 0 left, 1 could not host, 2 wrong options.");
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (argc > 1 || options->port < 0 || options->port > 65535 || options->people_max < 1 ||
      options->people_max > TUTTI_PEOPLE_MAX || (options->name != NULL && options->name[0] == '\0'))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "A port is 0 to 65535, participants are 1 to %d, a name is not empty, and there are no other arguments",
                   TUTTI_PEOPLE_MAX);
      return FALSE;
    }
  return TRUE;
}

/* The jam called @name that was opened last, or a new one. (transfer full) */
static char *
find_or_make (TuttiStore *store, const Options *options, GError **error)
{
  g_autoptr(GPtrArray) jams = tutti_store_list_jams (store, FALSE, 0, error);
  g_autofree char *invented = tutti_names_jam (((guint64) g_random_int () << 32) | g_random_int ());
  guint32 counter = 0, creator = g_random_int_range (1, G_MAXINT32);

  if (jams == NULL)
    return NULL;
  for (guint i = 0; i < jams->len; i++)
    {
      const TuttiStoreJam *jam = jams->pdata[i];

      if (options->name == NULL || g_str_equal (jam->name, options->name))
        return g_strdup (jam->id);
    }
  g_autoptr(GPtrArray) ops = options->demo ? tutti_demo_ops (creator, &counter) : tutti_demo_empty (creator, &counter);

  return tutti_room_create (store, options->name != NULL ? options->name : invented, ops, error);
}

static void
fill_ad (Program *program, TuttiJamAd *ad)
{
  TuttiRoomStatus status;

  tutti_hosting_get_status (program->hosting, &status);
  *ad = (TuttiJamAd) { .proto = TUTTI_PROTOCOL_VERSION, .epoch = (guint32) status.epoch, .people = status.people,
                       .locked = status.locked,
                       .people_max = status.people_max, .tempo_cbpm = (guint) status.tempo_cbpm,
                       .clock_port = program->clock_port, .port = program->port };
  tutti_jam_ad_set_name (ad, status.name, NULL);
  g_strlcpy (ad->id, status.jam, sizeof ad->id);
  g_strlcpy (ad->fingerprint, tutti_identity_get_fingerprint (tutti_studio_get_identity (program->studio)),
             sizeof ad->fingerprint);
  g_strlcpy (ad->host, g_get_host_name (), sizeof ad->host);
}

static void
on_changed (TuttiHosting *hosting, Program *program)
{
  TuttiJamAd ad;

  if (program->publisher == NULL)
    return;
  fill_ad (program, &ad);
  tutti_publisher_update (program->publisher, &ad, NULL);
}

static void
announce (Program *program)
{
  TuttiDiscovery *discovery = tutti_studio_get_discovery (program->studio);
  g_autoptr(GError) error = NULL;
  TuttiJamAd ad;

  if (discovery == NULL)
    return;
  fill_ad (program, &ad);
  program->publisher = tutti_discovery_publish (discovery, &ad, &error);
  if (program->publisher == NULL)
    g_printerr ("tutti-host: not announced: %s\n", error->message);
}

static gboolean
open_door (Program *program, const Options *options, GError **error)
{
  TuttiHostingPlace place = { .port = (guint16) options->port };

  program->clock_port = tutti_net_time_serve (program->time, place.port, NULL);
  if (program->clock_port == 0)
    program->clock_port = tutti_net_time_serve (program->time, 0, error);
  place.clock_port = program->clock_port;
  program->port = program->clock_port != 0 ? tutti_hosting_listen (program->hosting, &place, error) : 0;
  return program->port != 0;
}

static gboolean
start (Program *program, const Options *options, GError **error)
{
  g_autoptr(TuttiDiscovery) discovery = options->no_mdns ? NULL : TUTTI_DISCOVERY (tutti_avahi_discovery_new ());
  g_autofree char *jam = NULL;

  program->studio = tutti_studio_new (options->data, discovery, error);
  if (program->studio == NULL)
    return FALSE;
  jam = find_or_make (tutti_studio_get_store (program->studio), options, error);
  if (jam == NULL)
    return FALSE;
  program->hosting = tutti_hosting_open (program->studio, jam, (guint) options->people_max, error);
  if (program->hosting == NULL)
    return FALSE;
  program->time = tutti_net_time_new (NULL);
  if (!open_door (program, options, error))
    return FALSE;
  g_signal_connect (program->hosting, "changed", G_CALLBACK (on_changed), program);
  announce (program);
  g_print ("listening 127.0.0.1:%u jam=%s fp=%s\n", program->port, jam,
           tutti_identity_get_fingerprint (tutti_studio_get_identity (program->studio)));
  return TRUE;
}

static gboolean
on_signal (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static void
stop (Program *program)
{
  g_clear_object (&program->publisher);
  if (program->hosting != NULL)
    tutti_hosting_close (program->hosting, TUTTI_CLOSE_GOING_AWAY);
  g_clear_object (&program->hosting);
  g_clear_object (&program->time);
  g_clear_object (&program->studio);
}

int
main (int argc, char **argv)
{
  Options options = { .port = TUTTI_DEFAULT_PORT, .people_max = 100 };
  Program program = { 0 };
  g_autoptr(GError) error = NULL;
  int exit_code = 0;

  setlocale (LC_ALL, "");
  setvbuf (stdout, NULL, _IOLBF, 0);
  gst_init (NULL, NULL);
  if (!parse (&options, argc, argv, &error))
    {
      g_printerr ("tutti-host: %s\n", error->message);
      return 2;
    }
  if (options.data == NULL)
    options.data = g_build_filename (g_get_user_data_dir (), "tutti-host", NULL);
  program.loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGTERM, on_signal, program.loop);
  g_unix_signal_add (SIGINT, on_signal, program.loop);
  if (start (&program, &options, &error))
    g_main_loop_run (program.loop);
  else
    {
      g_printerr ("tutti-host: %s\n", error->message);
      exit_code = 1;
    }
  stop (&program);
  g_main_loop_unref (program.loop);
  g_free (options.name);
  g_free (options.data);
  return exit_code;
}
