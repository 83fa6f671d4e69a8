/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-host-options.h"

#include "tutti-demos.h"

static const char description[] =
  "Prints a line for each address at which guests find it, when it is ready:\n"
  "  listening ADDRESS:PORT jam=ID fp=SHA256\n"
  "where ID is the default jam. SIGTERM and SIGINT save and leave, SIGHUP reads the file again.\n"
  "Exit: 0 left, 1 could not host, 2 wrong options or a wrong file. More in tutti-host(1).";

gboolean
tutti_host_options_parse (TuttiHostOptions *self, int argc, char **argv, GError **error)
{
  GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &self->config, "What else there is to say, in a file", "FILE" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &self->name, "The default jam: the one kept by that name, or a new one", "NAME" },
    { "port", 0, 0, G_OPTION_ARG_STRING, &self->port, "TCP port, the next free one when taken; 0: any", "PORT" },
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &self->data, "Where jams and sounds are kept", "DIR" },
    { "demo", 0, 0, G_OPTION_ARG_STRING, &self->demo, "A new jam starts with the demo beat, or the demo jam of this name", "NAME" },
    { "no-mdns", 0, 0, G_OPTION_ARG_NONE, &self->no_mdns, "Do not announce jams on the network", NULL },
    { "max-participants", 0, 0, G_OPTION_ARG_STRING, &self->people, "People present at once in a jam", "N" },
    { "control", 0, 0, G_OPTION_ARG_FILENAME, &self->control, "The socket that tuttictl host speaks to", "PATH" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, "Print the version", NULL },
    { "log-level", 0, 0, G_OPTION_ARG_STRING, &self->log_level, "error, warning, notice, info or debug", "LEVEL" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, "Hosts jams that others on this network join with Tutti.");
  g_option_context_set_description (context, description);
  tutti_demos_complete_argv (argc, argv);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  if (argc > 1)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "there are no other arguments, such as “%s”", argv[1]);
  return argc == 1;
}

void
tutti_host_options_clear (TuttiHostOptions *self)
{
  char **texts[] = { &self->config, &self->name, &self->port, &self->data, &self->control, &self->people, &self->log_level,
                    &self->demo };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
}

/* A command line is read where it was typed. */
static gboolean
set_path (TuttiHostConfig *config, const char *where, const char *key, const char *path, GError **error)
{
  g_autofree char *whole = path != NULL ? g_canonicalize_filename (path, NULL) : NULL;

  return whole == NULL || tutti_host_config_set (config, where, "host", key, whole, error);
}

static gboolean
set (TuttiHostConfig *config, const char *where, const char *group, const char *key, const char *value, GError **error)
{
  return value == NULL || tutti_host_config_set (config, where, group, key, value, error);
}

static gboolean
read_all (const TuttiHostOptions *self, TuttiHostConfig *config, GError **error)
{
  return (self->config == NULL || tutti_host_config_read (config, self->config, error)) &&
         set (config, "--name", "host", "name", self->name, error) &&
         set (config, "--port", "host", "port", self->port, error) &&
         set_path (config, "--data", "data", self->data, error) &&
         set_path (config, "--control", "control", self->control, error) &&
         set (config, "--max-participants", "limits", "participants-per-jam", self->people, error) &&
         set (config, "--log-level", "host", "log-level", self->log_level, error) &&
         set (config, "--demo", "host", "demo", self->demo, error) &&
         set (config, "--no-mdns", "announce", "enabled", self->no_mdns ? "false" : NULL, error);
}

gboolean
tutti_host_options_read (const TuttiHostOptions *self, TuttiHostConfig *config, GError **error)
{
  tutti_host_config_init (config);
  if (!read_all (self, config, error))
    {
      tutti_host_config_clear (config);
      return FALSE;
    }
  if (config->data == NULL)
    config->data = g_build_filename (g_get_user_data_dir (), "tutti-host", NULL);
  return TRUE;
}
