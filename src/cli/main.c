/* SPDX-License-Identifier: GPL-3.0-or-later */

/* tuttictl: jams from the command line. */
#include "tutti-command.h"

#include "tutti-close.h"
#include "tutti-limits.h"
#include "tutti-session.h"

#include <gst/gst.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

static const struct { const char *name; int (*run) (int argc, char **argv); const char *words; } commands[] = {
  { "browse", tutti_command_browse, "list the jams on this network" },
  { "status", tutti_command_status, "say what a jam is doing" },
  { "send", tutti_command_send, "make edits" },
  { "join", tutti_command_join, "take part without a window" },
  { "verify", tutti_command_verify, "see whether everyone renders the same sound" },
  { "render", tutti_command_render, "make a sound file of a jam" },
  { "soundfont", tutti_command_soundfont, "list the presets of a SoundFont, or bring one to a jam" },
  { "host", tutti_command_host, "look after a tutti-host on this machine" },
};

static void
print_usage (void)
{
  g_print ("Usage: tuttictl COMMAND [OPTION…] …\n\n"
           "  browse [--json] [--seconds S]\n"
           "  status ADDRESS [--json] [--fp SHA256]\n"
           "  send ADDRESS [--fp SHA256] JSON-OP…\n"
           "  join ADDRESS [--name N] [--seconds S] [--play] [--record FILE.wav] [--heir] [--tracks]\n"
           "       [--json] [--fp SHA256]\n"
           "  verify ADDRESS [--seconds S] [--json] [--fp SHA256]\n"
           "  render FILE|JAM-ID -o OUT [--seconds S] [--data DIR]\n"
           "  soundfont FILE [--json]\n"
           "  soundfont FILE BANK:PROGRAM --to ADDRESS [--track ID] [--fp SHA256]\n"
           "  host list|create|close|people|kick|ban|unban|backup|reload|stop … [--control PATH] [--json]\n"
           "  --version\n\n");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-9s %s\n", commands[i].name, commands[i].words);
  g_print ("\nADDRESS is a host name or number with an optional port and an optional /JAM-ID, or a tutti:// link; join\n"
           "also takes the short name of a jam on this network, like fuzzy-penguin-42.\n"
           "Each command explains itself with --help. Exit: 0 done, 1 did not work, 2 wrong arguments.\n");
}

const char *
tutti_command_passcode (void)
{
  const char *passcode = g_getenv ("TUTTI_PASSCODE");

  return passcode != NULL && strlen (passcode) <= TUTTI_PASSCODE_BYTES_MAX ? passcode : "";
}

int
tutti_command_fail (const GError *error)
{
  g_autofree char *words = error->domain == TUTTI_SESSION_ERROR ? tutti_close_tell ((TuttiClose) error->code, error->message)
                                                                : g_strdup (error->message);

  g_printerr ("tuttictl: %s\n", words);
  return TUTTI_EXIT_FAILED;
}

gboolean
tutti_command_parse (const char *usage, const char *words, const GOptionEntry *entries, int *argc, char ***argv)
{
  g_autoptr(GOptionContext) context = g_option_context_new (usage);
  g_autoptr(GError) error = NULL;
  g_autofree char *name = g_strconcat ("tuttictl ", (*argv)[0], NULL);

  /* What --help prints first. */
  g_set_prgname (name);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, words);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;
  g_printerr ("tuttictl: %s\n", error->message);
  return FALSE;
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  setvbuf (stdout, NULL, _IOLBF, 0);
  if (argc < 2 || g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h") || g_str_equal (argv[1], "help"))
    {
      print_usage ();
      return argc < 2 ? TUTTI_EXIT_USAGE : TUTTI_EXIT_OK;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      g_print ("tuttictl " TUTTI_VERSION "\n");
      return TUTTI_EXIT_OK;
    }
  gst_init (NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name))
      return commands[i].run (argc - 1, argv + 1);
  g_printerr ("tuttictl: there is no command “%s”; see tuttictl --help\n", argv[1]);
  return TUTTI_EXIT_USAGE;
}
