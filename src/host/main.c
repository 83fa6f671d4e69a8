/* SPDX-License-Identifier: GPL-3.0-or-later */

/* tutti-host: jams for a room or a house, without a screen. */
#include "tutti-box.h"
#include "tutti-control-commands.h"
#include "tutti-heart.h"
#include "tutti-host-log.h"
#include "tutti-host-options.h"
#include "tutti-where.h"

#include <glib-unix.h>
#include <gst/gst.h>
#include <locale.h>
#include <stdio.h>
#include <sys/resource.h>

enum { EXIT_LEFT = 0, EXIT_COULD_NOT = 1, EXIT_WRONG_OPTIONS = 2 };

typedef struct
{
  TuttiHostOptions options;
  TuttiBox        *box;            /* owned */
  TuttiControl    *control;        /* owned (nullable) */
  GMainLoop       *loop;
} Program;

/* Each guest is an open file, and the usual 1024 were chosen for programs that select(). */
static void
allow_many_files (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

static gboolean
on_end (gpointer data)
{
  g_main_loop_quit (((Program *) data)->loop);
  return G_SOURCE_CONTINUE;
}

/* (transfer full) (nullable) */
static char *
reload (gpointer data, GError **error)
{
  Program *program = data;
  g_auto(TuttiHostConfig) config = { 0 };
  char *waits;

  if (!tutti_host_options_read (&program->options, &config, error))
    return NULL;
  waits = tutti_box_reload (program->box, &config);
  g_message ("The configuration was read again%s%s", waits != NULL ? "; these wait for a restart: " : "",
             waits != NULL ? waits : "");
  return waits;
}

static gboolean
on_reload (gpointer data)
{
  g_autoptr(GError) error = NULL;

  g_free (reload (data, &error));
  if (error != NULL)
    g_warning ("Nothing was changed: %s", error->message);
  return G_SOURCE_CONTINUE;
}

/* After the answer is out. */
static void
stop (gpointer data)
{
  g_idle_add_full (G_PRIORITY_LOW, on_end, data, NULL);
}

/* Where nobody asked for one, a host without a control socket is a host all the same. */
static gboolean
open_control (Program *program, TuttiControlCommands *commands, const char *path, GError **error)
{
  g_autofree char *usual = path == NULL ? tutti_control_default_path () : NULL;
  g_autoptr(GError) problem = NULL;

  *commands = (TuttiControlCommands) { program, program->box, reload, stop };
  if (path == NULL && usual == NULL)
    return TRUE;
  program->control = tutti_control_new (path != NULL ? path : usual, tutti_control_commands_run, commands, &problem);
  if (program->control != NULL)
    return TRUE;
  if (path != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else
    g_info ("Nobody can speak to this host: %s", problem->message);
  return path == NULL;
}

/* The same for each address: a script that reads one line knows enough. */
static void
say_where (TuttiBox *box)
{
  const char *fingerprint = tutti_identity_get_fingerprint (tutti_studio_get_identity (tutti_box_get_studio (box)));
  struct ifaddrs *interfaces = NULL;
  g_autoptr(GPtrArray) where = NULL;

  if (getifaddrs (&interfaces) != 0)
    interfaces = NULL;
  where = tutti_where_list (interfaces, (guint16) tutti_box_get_port (box));
  g_clear_pointer (&interfaces, freeifaddrs);
  for (guint i = 0; i < where->len; i++)
    g_print ("listening %s jam=%s fp=%s\n", (const char *) where->pdata[i], tutti_box_get_jam (box), fingerprint);
}

static gboolean
start (Program *program, TuttiControlCommands *commands, const TuttiHostConfig *config, GError **error)
{
  program->box = tutti_box_open (config, error);
  if (program->box == NULL || !open_control (program, commands, config->control, error))
    return FALSE;
  g_unix_signal_add (SIGTERM, on_end, program);
  g_unix_signal_add (SIGINT, on_end, program);
  g_unix_signal_add (SIGHUP, on_reload, program);
  return TRUE;
}

static int
say_version (void)
{
  g_print ("tutti-host " TUTTI_VERSION "\n");
  return EXIT_LEFT;
}

static int
run (Program *program, const TuttiHostConfig *config)
{
  TuttiControlCommands commands = { 0 };
  g_autoptr(GError) error = NULL;
  TuttiHeart *heart;
  gboolean started = start (program, &commands, config, &error);

  if (started)
    {
      say_where (program->box);
      heart = tutti_heart_new (tutti_box_get_hosting (program->box), tutti_notify_new (g_getenv ("NOTIFY_SOCKET")),
                               tutti_notify_watchdog_us (g_getenv ("WATCHDOG_USEC"), g_getenv ("WATCHDOG_PID")));
      g_main_loop_run (program->loop);
      tutti_heart_free (heart);
    }
  else
    g_printerr ("tutti-host: %s\n", error->message);
  g_clear_pointer (&program->control, tutti_control_free);
  g_clear_pointer (&program->box, tutti_box_close);
  return started ? EXIT_LEFT : EXIT_COULD_NOT;
}

int
main (int argc, char **argv)
{
  Program program = { 0 };
  g_auto(TuttiHostConfig) config = { 0 };
  g_autoptr(GError) error = NULL;
  int exit_code = EXIT_WRONG_OPTIONS;

  setlocale (LC_ALL, "");
  setvbuf (stdout, NULL, _IOLBF, 0);
  tutti_host_log_start ();
  allow_many_files ();
  gst_init (NULL, NULL);
  if (!tutti_host_options_parse (&program.options, argc, argv, &error))
    g_printerr ("tutti-host: %s\n", error->message);
  else if (program.options.version)
    exit_code = say_version ();
  else if (tutti_host_options_read (&program.options, &config, &error))
    {
      tutti_host_log_set_level (config.log_level);
      program.loop = g_main_loop_new (NULL, FALSE);
      exit_code = run (&program, &config);
      g_main_loop_unref (program.loop);
    }
  else
    g_printerr ("tutti-host: %s\n", error->message);
  tutti_host_options_clear (&program.options);
  return exit_code;
}
