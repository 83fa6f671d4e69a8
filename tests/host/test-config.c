/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a host is told, by file and by command line: the shipped file means the defaults, options count more, and whatever is wrong
 * is answered with its place. */
#include "tutti-files.h"
#include "tutti-host-options.h"

#include <string.h>
#include <sys/stat.h>

typedef struct
{
  char *folder, *path;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  place->folder = g_dir_make_tmp ("tutti-config-XXXXXX", &error);
  g_assert_no_error (error);
  place->path = g_build_filename (place->folder, "host.conf", NULL);
}

static void
tear_down (Place *place, gconstpointer data)
{
  tutti_remove_tree (place->folder);
  g_free (place->folder);
  g_free (place->path);
}

static void
write_file (const Place *place, const char *text)
{
  g_assert_true (g_file_set_contents (place->path, text, -1, NULL));
}

/* Every line of the shipped file that is only a # away from counting says what is the default anyway. */
static void
test_shipped (Place *place, gconstpointer data)
{
  g_auto(TuttiHostConfig) plain = { 0 }, read = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GRegex) off = g_regex_new ("^#([a-z-]+=)", G_REGEX_MULTILINE, 0, NULL);
  g_autofree char *text = NULL, *on = NULL;

  tutti_host_config_init (&plain);
  tutti_host_config_init (&read);
  g_assert_true (tutti_host_config_read (&read, TUTTI_CONF, &error));
  g_assert_no_error (error);
  g_assert_null (tutti_host_config_difference (&plain, &read));
  g_assert_true (g_file_get_contents (TUTTI_CONF, &text, NULL, NULL));
  on = g_regex_replace (off, text, -1, 0, "\\1", 0, NULL);
  write_file (place, on);
  g_assert_true (tutti_host_config_read (&read, place->path, &error));
  g_assert_no_error (error);
  g_autofree char *texts = tutti_host_config_difference (&plain, &read);

  /* Those have no default that fits every machine. */
  g_assert_cmpstr (texts, ==, "[host] name, [host] data, [host] control, [api] cors-origins");
  g_assert_cmpint (read.jams_max, ==, plain.jams_max);
  g_assert_cmpint (read.people_max, ==, plain.people_max);
  g_assert_cmpint (read.people_a_jam_max, ==, plain.people_a_jam_max);
  g_assert_cmpint (read.idle_s, ==, plain.idle_s);
  g_assert_cmpint (read.log_level, ==, plain.log_level);
}

static void
test_whole (Place *place, gconstpointer data)
{
  g_auto(TuttiHostConfig) config = { 0 };
  g_autoptr(GError) error = NULL;
  TuttiHouseLimits limits;

  write_file (place, "[host]\nname=Room 12\nport=0\ndata=/srv/jams\ndemo=true\nlog-level=debug\n"
              "[announce]\nenabled=false\n[limits]\njams=7\nparticipants=8\nparticipants-per-jam=3\nidle-seconds=0\n"
              "[metrics]\neveryone=true\n");
  tutti_host_config_init (&config);
  g_assert_true (tutti_host_config_read (&config, place->path, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (config.name, ==, "Room 12");
  g_assert_cmpstr (config.data, ==, "/srv/jams");
  g_assert_cmpint (config.port, ==, 0);
  g_assert_true (g_str_equal (config.demo, "beat") && !config.announce && config.metrics_for_all);
  g_assert_cmpint (config.log_level, ==, G_LOG_LEVEL_DEBUG);
  tutti_host_config_get_limits (&config, &limits);
  g_assert_cmpuint (limits.rooms, ==, 7);
  g_assert_cmpuint (limits.people, ==, 8);
  g_assert_cmpuint (limits.people_a_room, ==, 3);
  g_assert_cmpuint (limits.idle_s, ==, 0);
  g_assert_true (limits.on_demand);
}

static const struct { const char *name, *text, *words; } wrong[] = {
  { "no-group", "name=x\n", "group" },
  { "no-key-file", "{\"host\": 1}\n", "host.conf: .+" },
  { "unknown-group", "[hosts]\nname=x\n", "host.conf: \\[hosts\\]: there is no such group" },
  { "unknown-key", "[host]\nnmae=x\n", "host.conf: \\[host\\] nmae: there is no such key" },
  { "key-of-another-group", "[limits]\nport=1\n", "host.conf: \\[limits\\] port: there is no such key" },
  { "no-name", "[host]\nname=\n", "host.conf: \\[host\\] name: must be text" },
  { "long-name", "[host]\nname=0123456789012345678901234567890123456789012345678901234567890123456789\n", "1 to 64 bytes" },
  { "not-utf8", "[host]\nname=\xc3\x28\n", "host.conf: \\[host\\] name: .*UTF-8" },
  { "port-text", "[host]\nport=many\n", "\\[host\\] port: must be a whole number from 0 to 65535, not “many”" },
  { "port-out-of-range", "[host]\nport=65536\n", "\\[host\\] port: must be .* not “65536”" },
  { "port-fraction", "[host]\nport=1.5\n", "must be a whole number" },
  { "port-endless", "[host]\nport=99999999999999999999999\n", "must be a whole number" },
  { "data-relative", "[host]\ndata=jams\n", "\\[host\\] data: must be a path from the root" },
  { "yes", "[host]\ndemo=yes\n", "\\[host\\] demo: must be true, false or one of beat, .*, not “yes”" },
  { "level", "[host]\nlog-level=loud\n", "must be error, warning, notice, info or debug, not “loud”" },
  { "no-jams", "[limits]\njams=0\n", "\\[limits\\] jams: must be a whole number from 1" },
  { "idle-negative", "[limits]\nidle-seconds=-1\n", "\\[limits\\] idle-seconds: must be" },
  { "second-half", "[host]\nport=1\n[limits]\njams=x\n", "\\[limits\\] jams" },
};

/* Whatever is wrong: words with the place, and nothing of the file counts. */
static void
test_wrong (Place *place, gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_auto(TuttiHostConfig) config = { 0 }, before = { 0 };
  g_autoptr(GError) error = NULL;

  write_file (place, wrong[row].text);
  tutti_host_config_init (&config);
  tutti_host_config_init (&before);
  g_assert_false (tutti_host_config_read (&config, place->path, &error));
  g_assert_error (error, TUTTI_HOST_CONFIG_ERROR, TUTTI_HOST_CONFIG_ERROR_INVALID);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, place->path));
  g_assert_true (g_regex_match_simple (wrong[row].words, error->message, 0, 0));
  g_assert_null (tutti_host_config_difference (&config, &before));
}

static void
refuse_path (const char *path)
{
  g_auto(TuttiHostConfig) config = { 0 };
  g_autoptr(GError) error = NULL;

  g_assert_false (tutti_host_config_read (&config, path, &error));
  g_assert_error (error, TUTTI_HOST_CONFIG_ERROR, TUTTI_HOST_CONFIG_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, path));
}

/* Missing, no file, without end, or too long. */
static void
test_no_file (Place *place, gconstpointer data)
{
  g_autofree char *huge = g_strnfill (1 << 20, '#'), *fifo = g_build_filename (place->folder, "fifo", NULL);

  refuse_path (place->path);
  refuse_path (place->folder);
  refuse_path ("/dev/zero");
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  refuse_path (fifo);
  write_file (place, huge);
  refuse_path (place->path);
}

/* ---- the command line ---- */

static gboolean
read_words (const char *line, TuttiHostConfig *config, GError **error)
{
  g_auto(TuttiHostOptions) options = { 0 };
  g_auto(GStrv) words = NULL;
  g_autofree char **moved = NULL;
  int n;

  g_assert_true (g_shell_parse_argv (line, &n, &words, NULL));
  moved = g_memdup2 (words, sizeof *words * ((gsize) n + 1));
  return tutti_host_options_parse (&options, n, moved, error) && tutti_host_options_read (&options, config, error);
}

static void
test_options (Place *place, gconstpointer data)
{
  g_auto(TuttiHostConfig) config = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *line = g_strdup_printf ("tutti-host --config %s --port 7 --data jams --max-participants 9 --no-mdns", place->path);
  g_autofree char *here = g_canonicalize_filename ("jams", NULL);

  write_file (place, "[host]\nname=Room 12\nport=1\n[limits]\nparticipants-per-jam=3\n");
  g_assert_true (read_words (line, &config, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (config.name, ==, "Room 12");
  g_assert_cmpint (config.port, ==, 7);
  g_assert_cmpint (config.people_a_jam_max, ==, 9);
  g_assert_cmpstr (config.data, ==, here);
  g_assert_false (config.announce);
}

static const struct { const char *name, *line; } wrong_lines[] = {
  { "port", "tutti-host --port 65536" }, { "port-text", "tutti-host --port x" }, { "participants", "tutti-host --max-participants 0" },
  { "many", "tutti-host --max-participants 501" }, { "name", "tutti-host --name ''" }, { "argument", "tutti-host jam" },
  { "unknown", "tutti-host --frobnicate" }, { "level", "tutti-host --log-level loud" },
  { "no-such-file", "tutti-host --config /nowhere/host.conf" },
};

static void
test_wrong_line (Place *place, gconstpointer data)
{
  g_auto(TuttiHostConfig) config = { 0 };
  g_autoptr(GError) error = NULL;

  g_assert_false (read_words (wrong_lines[GPOINTER_TO_SIZE (data)].line, &config, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
}

/* What a running host takes over, and what it says about the rest. */
static void
test_reload (Place *place, gconstpointer data)
{
  g_auto(TuttiHostConfig) runs = { 0 }, read = { 0 };
  g_autofree char *waits = NULL;

  tutti_host_config_init (&runs);
  tutti_host_config_init (&read);
  read.port = 1;
  read.announced_max = 1;
  read.idle_s = 9;
  read.log_level = G_LOG_LEVEL_DEBUG;
  waits = tutti_host_config_difference (&runs, &read);
  g_assert_cmpstr (waits, ==, "[host] port, [announce] most");
  tutti_host_config_take_over (&runs, &read);
  g_assert_cmpint (runs.idle_s, ==, 9);
  g_assert_cmpint (runs.log_level, ==, G_LOG_LEVEL_DEBUG);
  g_assert_cmpint (runs.port, ==, 7464);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/config/shipped", Place, NULL, set_up, test_shipped, tear_down);
  g_test_add ("/config/whole", Place, NULL, set_up, test_whole, tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = g_strconcat ("/config/wrong/", wrong[i].name, NULL);

      g_test_add (path, Place, GSIZE_TO_POINTER (i), set_up, test_wrong, tear_down);
    }
  g_test_add ("/config/no-file", Place, NULL, set_up, test_no_file, tear_down);
  g_test_add ("/config/options", Place, NULL, set_up, test_options, tear_down);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong_lines); i++)
    {
      g_autofree char *path = g_strconcat ("/config/wrong-line/", wrong_lines[i].name, NULL);

      g_test_add (path, Place, GSIZE_TO_POINTER (i), set_up, test_wrong_line, tear_down);
    }
  g_test_add ("/config/reload", Place, NULL, set_up, test_reload, tear_down);
  return g_test_run ();
}
