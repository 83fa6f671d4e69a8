/* SPDX-License-Identifier: GPL-3.0-or-later */

/* tutti-host: jams for a room or a house, without a screen. */
#include "tutti-box.h"
#include "tutti-host-log.h"
#include "tutti-host-options.h"

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

static gboolean
on_reload (gpointer data)
{
  Program *program = data;
  g_auto(TuttiHostConfig) config = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *waits = NULL;

  if (!tutti_host_options_read (&program->options, &config, &error))
    {
      g_warning ("Nothing was changed: %s", error->message);
      return G_SOURCE_CONTINUE;
    }
  waits = tutti_box_reload (program->box, &config);
  if (waits != NULL)
    g_warning ("These wait for a restart: %s", waits);
  else
    g_message ("The configuration was read again");
  return G_SOURCE_CONTINUE;
}

static void
say_where (TuttiBox *box)
{
  g_print ("listening 127.0.0.1:%u jam=%s fp=%s\n", tutti_box_get_port (box), tutti_box_get_jam (box),
           tutti_identity_get_fingerprint (tutti_studio_get_identity (tutti_box_get_studio (box))));
}

static int
run (Program *program, const TuttiHostConfig *config)
{
  g_autoptr(GError) error = NULL;

  program->box = tutti_box_open (config, &error);
  if (program->box == NULL)
    {
      g_printerr ("tutti-host: %s\n", error->message);
      return EXIT_COULD_NOT;
    }
  g_unix_signal_add (SIGTERM, on_end, program);
  g_unix_signal_add (SIGINT, on_end, program);
  g_unix_signal_add (SIGHUP, on_reload, program);
  say_where (program->box);
  g_main_loop_run (program->loop);
  tutti_box_close (program->box);
  return EXIT_LEFT;
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
  if (tutti_host_options_parse (&program.options, argc, argv, &error) &&
      tutti_host_options_read (&program.options, &config, &error))
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
