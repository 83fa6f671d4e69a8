/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-command.h"

#include "tutti-demos.h"
#include "tutti-json-read.h"
#include "tutti-json-write.h"
#include "tutti-limits.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>

#define ANSWER_BYTES_MAX (1 << 20)

typedef struct
{
  char    *control, *name;
  char    *demo;                   /* owned, nullable */
  gboolean json;
} Options;

/* One word behind `tuttictl host`: how many arguments it takes, and how they become members. */
typedef struct
{
  const char *word;
  int         arguments;
  const char *usage;
  gboolean  (*put) (GString *out, const Options *options, char **arguments, GError **error);
} Order;

/* ---- what is asked ---- */

static gboolean
put_nothing (GString *out, const Options *options, char **arguments, GError **error)
{
  return TRUE;
}

static gboolean
put_create (GString *out, const Options *options, char **arguments, GError **error)
{
  if (options->name != NULL)
    tutti_json_put_member_text (out, "name", options->name);
  if (options->demo != NULL)
    tutti_json_put_member_text (out, "demo", options->demo);
  return TRUE;
}

static gboolean
put_jam (GString *out, const Options *options, char **arguments, GError **error)
{
  tutti_json_put_member_text (out, "jam", arguments[0]);
  return TRUE;
}

static gboolean
put_kick (GString *out, const Options *options, char **arguments, GError **error)
{
  guint64 person;

  if (!g_ascii_string_to_unsigned (arguments[1], 10, 1, 65535, &person, error))
    return FALSE;
  tutti_json_put_member_int (out, "person", (gint64) person);
  return put_jam (out, options, arguments, error);
}

/* The host lives elsewhere in the tree of folders. */
static gboolean
put_backup (GString *out, const Options *options, char **arguments, GError **error)
{
  g_autofree char *to = g_canonicalize_filename (arguments[0], NULL);

  tutti_json_put_member_text (out, "to", to);
  return TRUE;
}

static const Order orders[] = {
  { "list", 0, "list", put_nothing },
  { "create", 0, "create [--name NAME] [--demo[=NAME]]", put_create },
  { "close", 1, "close JAM-ID", put_jam },
  { "people", 1, "people JAM-ID", put_jam },
  { "kick", 2, "kick JAM-ID PERSON", put_kick },
  { "ban", 2, "ban JAM-ID PERSON", put_kick },
  { "unban", 2, "unban JAM-ID PERSON", put_kick },
  { "backup", 1, "backup DIR|FILE.db", put_backup },
  { "reload", 0, "reload", put_nothing },
  { "stop", 0, "stop", put_nothing },
};

/* ---- asking ---- */

/* The session's own host, else the machine's. (transfer full) */
static char *
usual_path (void)
{
  const char *session = g_getenv ("XDG_RUNTIME_DIR");
  char *path = session != NULL ? g_build_filename (session, "tutti-host", "control", NULL) : NULL;

  if (path != NULL && g_file_test (path, G_FILE_TEST_EXISTS))
    return path;
  g_free (path);
  return g_strdup ("/run/tutti-host/control");
}

/* One line there, one back. (transfer full) */
static char *
ask (const char *path, const char *line, GError **error)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr(GSocketConnection) connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, error);
  g_autoptr(GString) answer = g_string_new (NULL);
  char piece[4096];
  gssize n = 1;

  if (connection == NULL)
    {
      g_prefix_error (error, "no tutti-host answers at %s; --control names another socket: ", path);
      return NULL;
    }
  if (!g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), line, strlen (line), NULL, NULL, error))
    return NULL;
  while (n > 0 && strchr (answer->str, '\n') == NULL && answer->len < ANSWER_BYTES_MAX)
    {
      n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), piece, sizeof piece, NULL, error);
      if (n > 0)
        g_string_append_len (answer, piece, n);
    }
  if (n < 0)
    return NULL;
  if (!g_str_has_suffix (answer->str, "\n"))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "the host hung up before it had answered");
      return NULL;
    }
  g_string_truncate (answer, answer->len - 1);
  return g_string_free (g_steal_pointer (&answer), FALSE);
}

/* ---- what is answered ---- */

static void
print_value (JsonNode *value)
{
  if (json_node_get_value_type (value) == G_TYPE_STRING)
    g_print ("  %s", json_node_get_string (value));
  else if (json_node_get_value_type (value) == G_TYPE_INT64)
    g_print ("  %" G_GINT64_FORMAT, json_node_get_int (value));
}

/* Jams and people, one a line: what text and numbers each has, and what holds. */
static void
print_row (JsonObject *row)
{
  g_autoptr(GList) names = json_object_get_members (row);

  for (const GList *each = names; each != NULL; each = each->next)
    {
      JsonNode *value = json_object_get_member (row, each->data);

      if (!JSON_NODE_HOLDS_VALUE (value))
        continue;
      if (json_node_get_value_type (value) != G_TYPE_BOOLEAN)
        {
          print_value (value);
          if (json_node_get_value_type (value) == G_TYPE_INT64)
            g_print (" %s", (const char *) each->data);
        }
      else if (json_node_get_boolean (value))
        g_print ("  %s", (const char *) each->data);
    }
  g_print ("\n");
}

static void
print_rows (JsonNode *node)
{
  JsonArray *rows = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (rows, i)))
      print_row (json_array_get_object_element (rows, i));
}

static void
print_answer (JsonObject *answer)
{
  g_autoptr(GList) names = json_object_get_members (answer);

  for (const GList *each = names; each != NULL; each = each->next)
    {
      JsonNode *value = json_object_get_member (answer, each->data);

      if (JSON_NODE_HOLDS_ARRAY (value))
        print_rows (value);
      else if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) != G_TYPE_BOOLEAN)
        {
          g_print ("%s:", (const char *) each->data);
          print_value (value);
          g_print ("\n");
        }
    }
}

static int
tell (const char *text, gboolean json)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = tutti_json_parse (text, strlen (text), TUTTI_JSON_DEFAULT, &error);
  JsonObject *answer;
  const char *why;
  gboolean ok;

  if (node == NULL || !tutti_json_check_object (node, "an answer", &answer, &error) ||
      !tutti_json_read_bool (answer, "ok", &ok, &error) ||
      (!ok && !tutti_json_read_text (answer, "why", ANSWER_BYTES_MAX, &why, &error)))
    return tutti_command_fail (error);
  if (json)
    g_print ("%s\n", text);
  else if (ok)
    print_answer (answer);
  else
    g_printerr ("tuttictl: %s\n", why);
  return ok ? TUTTI_EXIT_OK : TUTTI_EXIT_FAILED;
}

/* ---- the command ---- */

static const Order *
find_order (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    if (g_str_equal (orders[i].word, word))
      return &orders[i];
  return NULL;
}

static int
explain (void)
{
  g_printerr ("tuttictl: host takes one of these:\n");
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    g_printerr ("  %s\n", orders[i].usage);
  return TUTTI_EXIT_USAGE;
}

static int
carry_out (const Options *options, const Order *order, char **arguments)
{
  g_autofree char *path = options->control != NULL ? g_strdup (options->control) : usual_path ();
  g_autoptr(GString) line = g_string_new (NULL);
  g_autofree char *answer = NULL;
  g_autoptr(GError) error = NULL;

  tutti_json_open (line, '{');
  tutti_json_put_member_text (line, "do", order->word);
  if (!order->put (line, options, arguments, &error))
    {
      tutti_command_fail (error);
      return TUTTI_EXIT_USAGE;
    }
  tutti_json_close (line, '}');
  g_string_append_c (line, '\n');
  answer = ask (path, line->str, &error);
  return answer != NULL ? tell (answer, options->json) : tutti_command_fail (error);
}

int
tutti_command_host (int argc, char **argv)
{
  Options options = { 0 };
  GOptionEntry entries[] = {
    { "control", 0, 0, G_OPTION_ARG_FILENAME, &options.control, "The host's control socket", "PATH" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, "create: what the jam is called", "NAME" },
    { "demo", 0, 0, G_OPTION_ARG_STRING, &options.demo, "create: with the demo beat, or the demo jam of this name", "NAME" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "The host's answer as it is: one JSON object", NULL },
    G_OPTION_ENTRY_NULL
  };
  int exit_code;

  tutti_demos_complete_argv (argc, argv);
  if (!tutti_command_parse ("COMMAND … - look after a tutti-host on this machine", NULL, entries, &argc, &argv))
    return TUTTI_EXIT_USAGE;
  const Order *order = argc >= 2 ? find_order (argv[1]) : NULL;

  if (order == NULL || argc - 2 != order->arguments)
    exit_code = explain ();
  else
    exit_code = carry_out (&options, order, argv + 2);
  g_free (options.control);
  g_free (options.name);
  g_free (options.demo);
  return exit_code;
}
