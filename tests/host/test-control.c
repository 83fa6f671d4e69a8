/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The control socket of a box that runs: what is asked rightly, what wrongly, and what somebody does who only wants to be in the
 * way. */
#include "tutti-control-commands.h"
#include "tutti-files.h"
#include "tutti-json-read.h"

#include "harness.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  char                *folder, *path;
  TuttiHostConfig      config;
  TuttiBox            *box;
  TuttiControlCommands commands;
  TuttiControl        *control;
  gboolean             stopped;
} Place;

static char *
on_reload (gpointer user, GError **error)
{
  return g_strdup ("[host] port");
}

static void
on_stop (gpointer user)
{
  ((Place *) user)->stopped = TRUE;
}

static void
set_up (Place *place, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  memset (place, 0, sizeof *place);
  place->folder = g_dir_make_tmp ("tutti-control-XXXXXX", &error);
  g_assert_no_error (error);
  place->path = g_build_filename (place->folder, "run", "control", NULL);
  tutti_host_config_init (&place->config);
  place->config.data = g_build_filename (place->folder, "data", NULL);
  place->config.port = 0;
  place->config.announce = FALSE;
  place->box = tutti_box_open (&place->config, &error);
  g_assert_no_error (error);
  place->commands = (TuttiControlCommands) { place, place->box, on_reload, on_stop };
  place->control = tutti_control_new (place->path, tutti_control_commands_run, &place->commands, &error);
  g_assert_no_error (error);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_clear_pointer (&place->control, tutti_control_free);
  g_assert_false (g_file_test (place->path, G_FILE_TEST_EXISTS));
  tutti_box_close (place->box);
  tutti_host_config_clear (&place->config);
  tutti_remove_tree (place->folder);
  g_free (place->folder);
  g_free (place->path);
}

/* ---- somebody at the other end ---- */

static GSocketConnection *
call_up (Place *place)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (place->path);
  g_autoptr(GError) error = NULL;
  GSocketConnection *connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
say (GSocketConnection *connection, const char *text, gsize length)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text, length, NULL, NULL, NULL);
}

typedef struct
{
  gboolean done;
  char    *line;                   /* NULL: it hung up */
} Heard;

static void
on_line (GObject *stream, GAsyncResult *result, gpointer data)
{
  Heard *heard = data;

  heard->line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (stream), result, NULL, NULL);
  heard->done = TRUE;
}

/* The next line; NULL: it hung up. (transfer full) */
static char *
hear (GSocketConnection *connection)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr(GDataInputStream) lines = g_data_input_stream_new (input);
  Heard heard = { 0 };

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, on_line, &heard);
  WAIT_FOR (heard.done);
  return heard.line;
}

static char *
ask (Place *place, const char *line)
{
  g_autoptr(GSocketConnection) connection = call_up (place);
  g_autofree char *whole = g_strconcat (line, "\n", NULL);
  char *answer;

  say (connection, whole, strlen (whole));
  answer = hear (connection);
  g_assert_nonnull (answer);
  g_test_message ("%s → %s", line, answer);
  return answer;
}

static void
ask_and_match (Place *place, const char *line, const char *pattern)
{
  g_autofree char *answer = ask (place, line);

  g_assert_true (g_regex_match_simple (pattern, answer, 0, 0));
  /* Whatever is answered is strict JSON. */
  g_autoptr(JsonNode) node = tutti_json_parse (answer, strlen (answer), TUTTI_JSON_DEFAULT, NULL);

  g_assert_nonnull (node);
}

/* ---- asked rightly ---- */

static void
test_commands (Place *place, gconstpointer data)
{
  g_autofree char *created = ask (place, "{\"do\":\"create\",\"name\":\"Room 12\",\"demo\":true}");
  g_autoptr(GRegex) id = g_regex_new ("\"jam\":\"([0-9a-f]{24})\"", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;

  g_assert_true (g_regex_match (id, created, 0, &match));
  g_autofree char *jam = g_match_info_fetch (match, 1);
  g_autofree char *close = g_strdup_printf ("{\"do\":\"close\",\"jam\":\"%s\"}", jam);
  g_autofree char *people = g_strdup_printf ("{\"do\":\"people\",\"jam\":\"%s\"}", jam);
  g_autofree char *kick = g_strdup_printf ("{\"do\":\"kick\",\"jam\":\"%s\",\"person\":1}", jam);
  g_autofree char *ban = g_strdup_printf ("{\"do\":\"ban\",\"jam\":\"%s\",\"person\":1}", jam);
  g_autofree char *close_default = g_strdup_printf ("{\"do\":\"close\",\"jam\":\"%s\"}", tutti_box_get_jam (place->box));

  /* In whatever order. */
  ask_and_match (place, "{\"do\":\"list\"}", "\"name\":\"Room 12\",\"open\":false");
  ask_and_match (place, "{\"do\":\"list\"}", "\"open\":true,\"people\":0");
  ask_and_match (place, people, "^\\{\"ok\":true,\"people\":\\[\\]\\}$");
  ask_and_match (place, kick, "not open");
  ask_and_match (place, ban, "not open");
  ask_and_match (place, close, "not open");
  ask_and_match (place, close_default, "^\\{\"ok\":true\\}$");
  ask_and_match (place, "{\"do\":\"list\"}", "\"jams\":\\[[^]]*\"open\":false[^]]*\"open\":false[^]]*\\]");
  ask_and_match (place, "{\"do\":\"reload\"}", "\"waits\":\"\\[host\\] port\"");
  ask_and_match (place, "{\"do\":\"stop\"}", "^\\{\"ok\":true\\}$");
  g_assert_true (place->stopped);
}

/* Several in one piece, and one in several. */
static void
test_lines (Place *place, gconstpointer data)
{
  static const char two[] = "{\"do\":\"reload\"}\n{\"do\":\"reload\"}\n{\"do\":", rest[] = "\"reload\"}\n";
  g_autoptr(GSocketConnection) connection = call_up (place);

  say (connection, two, strlen (two));
  /* A reader of lines takes both at once: one stream for all three. */
  g_autoptr(GDataInputStream) lines = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));

  for (guint i = 0; i < 3; i++)
    {
      Heard heard = { 0 };

      if (i == 2)
        say (connection, rest, strlen (rest));
      g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, on_line, &heard);
      WAIT_FOR (heard.done);
      g_assert_nonnull (heard.line);
      g_assert_true (g_str_has_prefix (heard.line, "{\"ok\":true"));
      g_free (heard.line);
    }
}

/* What is asked beside people who play: all of it is in the copy, and the copy opens. */
static void
test_backup (Place *place, gconstpointer data)
{
  g_autofree char *to = g_build_filename (place->folder, "backup", NULL);
  g_autofree char *line = g_strdup_printf ("{\"do\":\"backup\",\"to\":\"%s\"}", to);
  g_autofree char *sound = g_build_filename (place->config.data, "samples", "ab", NULL);
  g_autofree char *file = g_build_filename (sound, "abcd.flac", NULL), *copied = g_build_filename (to, "samples/ab/abcd.flac", NULL);
  g_autofree char *pem = g_build_filename (to, "identity.pem", NULL);
  g_auto(TuttiHostConfig) config = { 0 };
  g_autoptr(GError) error = NULL;
  GStatBuf info;

  g_assert_cmpint (g_mkdir_with_parents (sound, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "a sound", -1, NULL));
  ask_and_match (place, line, "^\\{\"ok\":true,\"to\":\".*\",\"sounds\":1,\"bytes\":[0-9]+\\}$");
  g_assert_true (g_file_test (copied, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpint (g_stat (pem, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  ask_and_match (place, line, "is there already");

  tutti_host_config_copy (&config, &place->config);
  g_free (config.data);
  config.data = g_strdup (to);
  TuttiBox *other = tutti_box_open (&config, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (tutti_box_get_jam (other), ==, tutti_box_get_jam (place->box));
  tutti_box_close (other);
}

/* ---- asked wrongly ---- */

static const struct { const char *name, *line, *words; } wrong[] = {
  { "nothing", "", "." }, { "no-json", "list", "." }, { "no-object", "[\"list\"]", "object" },
  { "deep", "[[[[[[[[[[[[[[[[[[[[[[[[[[", "." }, { "twice", "{\"do\":\"list\",\"do\":\"stop\"}", "second time" },
  { "no-do", "{}", "do" }, { "unknown", "{\"do\":\"frobnicate\"}", "no such command" },
  { "do-number", "{\"do\":1}", "do" }, { "no-jam", "{\"do\":\"close\"}", "jam" },
  { "no-such-jam", "{\"do\":\"close\",\"jam\":\"nonesuch\"}", "no such jam" },
  { "jam-path", "{\"do\":\"people\",\"jam\":\"../../etc\"}", "no such jam" },
  { "name-long", "{\"do\":\"create\",\"name\":\"0123456789012345678901234567890123456789012345678901234567890123456789\"}", "64" },
  { "name-empty", "{\"do\":\"create\",\"name\":\"\"}", "." },
  { "demo-text", "{\"do\":\"create\",\"demo\":\"yes\"}", "demo" },
  { "backup-relative", "{\"do\":\"backup\",\"to\":\"here\"}", "path from the root" },
  { "backup-nowhere", "{\"do\":\"backup\",\"to\":\"/nowhere/at/all\"}", "cannot be made" },
  { "backup-nowhere-file", "{\"do\":\"backup\",\"to\":\"/nowhere/at.db\"}", "cannot be made" },
  { "backup-no-place", "{\"do\":\"backup\"}", "to" },
};

static void
test_wrong (Place *place, gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autofree char *pattern = g_strdup_printf ("^\\{\"ok\":false,\"why\":\".*(%s).*\"\\}$", wrong[row].words);

  ask_and_match (place, wrong[row].line, pattern);
  g_assert_false (place->stopped);
}

/* ---- in the way ---- */

static void
test_endless (Place *place, gconstpointer data)
{
  g_autoptr(GSocketConnection) connection = call_up (place);
  g_autofree char *much = g_strnfill (8000, 'x');
  g_autofree char *answer = NULL, *more = NULL;

  say (connection, much, 8000);
  answer = hear (connection);
  g_assert_nonnull (answer);
  g_assert_nonnull (strstr (answer, "at most 4096 bytes"));
  more = hear (connection);
  g_assert_null (more);
  ask_and_match (place, "{\"do\":\"list\"}", "\"ok\":true");
}

/* Those who only keep the line busy leave room for none; when they go, there is room again. */
static void
test_crowd (Place *place, gconstpointer data)
{
  g_autoptr(GPtrArray) crowd = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *answer = NULL;

  for (guint i = 0; i < 8; i++)
    {
      g_ptr_array_add (crowd, call_up (place));
      say (crowd->pdata[i], "{\"do\":\"list\"}\n", 14);
      g_free (hear (crowd->pdata[i]));
    }
  g_autoptr(GSocketConnection) ninth = call_up (place);

  answer = hear (ninth);
  g_assert_null (answer);
  g_io_stream_close (crowd->pdata[0], NULL, NULL);
  while (answer == NULL)
    {
      g_autoptr(GSocketConnection) again = call_up (place);

      say (again, "{\"do\":\"list\"}\n", 14);
      answer = hear (again);
    }
  g_assert_nonnull (strstr (answer, "\"ok\":true"));
}

static void
refuse_place (const char *path)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (tutti_control_new (path, tutti_control_commands_run, NULL, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_places (Place *place, gconstpointer data)
{
  g_autofree char *file = g_build_filename (place->folder, "file", NULL), *left = g_build_filename (place->folder, "left", NULL);
  g_autofree char *length = g_strnfill (200, 'x'), *far = g_build_filename (place->folder, length, NULL);
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (left);
  g_autoptr(GError) error = NULL;
  GStatBuf info;

  g_assert_cmpint (g_stat (place->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  /* Somebody listens there; something else is there; too far away. */
  refuse_place (place->path);
  g_assert_true (g_file_set_contents (file, "mine", -1, NULL));
  refuse_place (file);
  g_assert_true (g_file_test (file, G_FILE_TEST_IS_REGULAR));
  refuse_place (far);
  /* Whoever was there is gone. */
  GSocket *gone = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);

  g_assert_true (g_socket_bind (gone, address, FALSE, NULL));
  g_object_unref (gone);
  TuttiControl *control = tutti_control_new (left, tutti_control_commands_run, &place->commands, &error);

  g_assert_no_error (error);
  tutti_control_free (control);
}

int
main (int argc, char **argv)
{
  static const struct { const char *path; void (*run) (Place *place, gconstpointer data); } tests[] = {
    { "/control/commands", test_commands }, { "/control/lines", test_lines }, { "/control/backup", test_backup },
    { "/control/endless", test_endless }, { "/control/crowd", test_crowd }, { "/control/places", test_places },
  };

  harness_init (&argc, &argv);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Place, NULL, set_up, tests[i].run, tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = g_strconcat ("/control/wrong/", wrong[i].name, NULL);

      g_test_add (path, Place, GSIZE_TO_POINTER (i), set_up, test_wrong, tear_down);
    }
  return g_test_run ();
}
