/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-e2e.h"

#include <string.h>

TuttiLabProcess *
tutti_e2e_start (const char *machine, const char *program, const char *const *words)
{
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();

  g_ptr_array_add (argv, (char *) "sh");
  g_ptr_array_add (argv, (char *) "-c");
  g_ptr_array_add (argv, (char *) "exec \"$0\" \"$@\" 2>&1");
  g_ptr_array_add (argv, (char *) (g_str_equal (program, "tutti-host") ? TUTTI_E2E_HOST : TUTTI_E2E_CTL));
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, (char *) words[i]);
  g_ptr_array_add (argv, NULL);
  return tutti_lab_spawnv (machine, (const char *const *) argv->pdata);
}

TuttiE2eHost *
tutti_e2e_host (const char *machine, const char *const *words)
{
  TuttiE2eHost *host = g_new0 (TuttiE2eHost, 1);
  g_autofree char *number = machine != NULL ? tutti_lab ("address %s", machine) : g_strdup ("127.0.0.1");
  g_autoptr(GRegex) regex = g_regex_new ("^listening [^ ]+:([0-9]+) jam=([^ ]+) fp=([0-9a-f]{64})$", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *port = NULL;

  host->process = tutti_e2e_start (machine, "tutti-host", words);
  g_regex_match (regex, tutti_lab_expect (host->process, g_regex_get_pattern (regex)), 0, &match);
  port = g_match_info_fetch (match, 1);
  host->port = (guint) g_ascii_strtoull (port, NULL, 10);
  host->place = g_strdup_printf ("%s:%s", number, port);
  host->jam = g_match_info_fetch (match, 2);
  host->fingerprint = g_match_info_fetch (match, 3);
  return host;
}

void
tutti_e2e_host_free (TuttiE2eHost *host)
{
  g_free (host->place);
  g_free (host->jam);
  g_free (host->fingerprint);
  g_free (host);
}

char *
tutti_e2e_finish (TuttiLabProcess *process, int exit_code)
{
  int ended = tutti_lab_finish (process);
  GString *said = g_string_new (NULL);

  while (tutti_lab_heard (process, ""))
    g_string_append_printf (said, "%s%s", said->len > 0 ? "\n" : "", tutti_lab_expect (process, ""));
  if (ended != exit_code)
    g_error ("exit %d instead of %d, after saying:\n%s", ended, exit_code, said->str);
  return g_string_free (said, FALSE);
}

char *
tutti_e2e_ctl (const char *machine, int exit_code, const char *const *words)
{
  return tutti_e2e_finish (tutti_e2e_start (machine, "tuttictl", words), exit_code);
}

TuttiLabProcess *
tutti_e2e_join (const char *machine, const TuttiE2eHost *host, double seconds, const char *const *more)
{
  g_autofree char *stay = g_strdup_printf ("%.1f", seconds);
  g_autoptr(GPtrArray) words = g_ptr_array_new ();
  TuttiLabProcess *join;

  g_ptr_array_add (words, (char *) "join");
  g_ptr_array_add (words, host->place);
  g_ptr_array_add (words, (char *) "--name");
  g_ptr_array_add (words, (char *) (machine != NULL ? machine : "nobody"));
  if (seconds > 0)
    {
      g_ptr_array_add (words, (char *) "--seconds");
      g_ptr_array_add (words, stay);
    }
  for (guint i = 0; more != NULL && more[i] != NULL; i++)
    g_ptr_array_add (words, (char *) more[i]);
  g_ptr_array_add (words, NULL);
  join = tutti_e2e_start (machine, "tuttictl", (const char *const *) words->pdata);
  tutti_lab_expect (join, "^joined ");
  return join;
}

JsonObject *
tutti_e2e_object (const char *text)
{
  const char *line = strrchr (text, '\n');
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = json_from_string (line != NULL ? line + 1 : text, &error);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    g_error ("not an object: %s", text);
  return json_node_dup_object (node);
}

JsonObject *
tutti_e2e_left (TuttiLabProcess *join)
{
  g_autofree char *said = tutti_e2e_finish (join, 0);

  return tutti_e2e_object (said);
}

JsonObject *
tutti_e2e_status (const char *machine, const TuttiE2eHost *host)
{
  g_autofree char *said = tutti_e2e_ctl (machine, 0, TUTTI_E2E_WORDS ("status", host->place, "--json"));

  return tutti_e2e_object (said);
}

void
tutti_e2e_await (const char *machine, const TuttiE2eHost *host, const char *key, const char *value)
{
  gint64 deadline = g_get_monotonic_time () + TUTTI_LAB_DEADLINE_S * G_USEC_PER_SEC;

  while (TRUE)
    {
      g_autoptr(JsonObject) status = tutti_e2e_status (machine, host);
      JsonNode *node = json_object_get_member (status, key);
      g_autofree char *number = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
                                  ? g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node))
                                  : g_strdup (json_node_get_string (node));

      if (g_strcmp0 (number, value) == 0)
        return;
      if (g_get_monotonic_time () > deadline)
        g_error ("the %s stays %s instead of %s", key, number, value);
    }
}

char *
tutti_e2e_find (const char *machine, guint n)
{
  gint64 deadline = g_get_monotonic_time () + TUTTI_LAB_DEADLINE_S * G_USEC_PER_SEC;

  while (TRUE)
    {
      g_autofree char *found = tutti_e2e_ctl (machine, 0, TUTTI_E2E_WORDS ("browse", "--json"));
      g_auto(GStrv) lines = g_strsplit (found, "\n", -1);

      if (g_strv_length (lines) == n && found[0] != '\0')
        return g_steal_pointer (&found);
      if (g_get_monotonic_time () > deadline)
        g_error ("not %u jams but:\n%s", n, found);
    }
}

void
tutti_e2e_match (const char *text, const char *pattern)
{
  if (!g_regex_match_simple (pattern, text, 0, 0))
    g_error ("not “%s” but:\n%s", pattern, text);
}

void
tutti_e2e_same (JsonObject *one, JsonObject *other)
{
  g_assert_cmpstr (json_object_get_string_member (one, "jam"), ==, json_object_get_string_member (other, "jam"));
  g_assert_cmpint (json_object_get_int_member (one, "seq"), ==, json_object_get_int_member (other, "seq"));
  g_assert_cmpstr (json_object_get_string_member (one, "hash"), ==, json_object_get_string_member (other, "hash"));
}

static const char *
find_print (JsonArray *prints, gint64 second)
{
  for (guint i = 0; i < json_array_get_length (prints); i++)
    {
      JsonArray *print = json_array_get_array_element (prints, i);

      if (json_array_get_int_element (print, 0) == second &&
          g_str_equal (json_array_get_string_element (print, 2), "ok"))
        return json_array_get_string_element (print, 1);
    }
  return NULL;
}

guint
tutti_e2e_same_sound (JsonObject *one, JsonObject *other)
{
  JsonArray *ours = json_object_get_array_member (one, "fingerprints");
  JsonArray *theirs = json_object_get_array_member (other, "fingerprints");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (ours); i++)
    {
      gint64 second = json_array_get_int_element (json_array_get_array_element (ours, i), 0);
      const char *here = find_print (ours, second), *there = find_print (theirs, second);

      if (here == NULL || there == NULL)
        continue;
      if (!g_str_equal (here, there))
        g_error ("second %" G_GINT64_FORMAT " sounds differently: %s and %s\n%s\n%s", second, here, there,
                 json_to_string (json_object_get_member (one, "fingerprints"), FALSE),
                 json_to_string (json_object_get_member (other, "fingerprints"), FALSE));
      n++;
    }
  return n;
}

gint64
tutti_e2e_breaks (JsonObject *left)
{
  return json_object_get_int_member (left, "breaks");
}
