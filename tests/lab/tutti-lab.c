/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-lab.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct _TuttiLabProcess
{
  GSubprocess      *subprocess;
  GDataInputStream *output;
  GOutputStream    *input;
  GPtrArray        *lines;              /* (element-type utf8) all of them, for the transcript */
  guint             next;               /* the first that no expectation has passed yet */
  gboolean          ended;
  char             *label;
};

static GPtrArray *processes;

static const char *
tool (void)
{
  const char *path = g_getenv ("TUTTI_LAB_TOOL");

  return path != NULL ? path : TUTTI_LAB_TOOL_PATH;
}

/* Where the kernel forbids the box: skipped and counted; where it was demanded, a failure. */
static void
skip (const char *why)
{
  gboolean required = g_strcmp0 (g_getenv ("TUTTI_LAB_REQUIRED"), "1") == 0;

  if (required)
    printf ("Bail out! %s\n", why);
  else
    printf ("1..0 # SKIP %s\n", why);
  fflush (stdout);
  exit (required ? 1 : 0);
}

/* First thing in main(): from here on the program runs inside a box. Outside it starts itself again within one, or
 * is skipped (in TAP) where that is not possible; TUTTI_LAB_REQUIRED=1 makes the skip a failure. */
void
tutti_lab_enter (int *argc, char ***argv)
{
  const char *check[] = { tool (), "check", NULL };
  g_autoptr(GPtrArray) words = g_ptr_array_new ();
  g_autofree char *why = NULL;
  int status = 0;

  if (g_getenv ("TUTTI_LAB") != NULL)
    return;
  if (!g_spawn_sync (NULL, (char **) check, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &why, &status, NULL) ||
      status != 0)
    skip (why != NULL ? g_strstrip (why) : "the lab does not start");
  g_ptr_array_add (words, (char *) tool ());
  g_ptr_array_add (words, (char *) "run");
  for (int i = 0; i < *argc; i++)
    g_ptr_array_add (words, (*argv)[i]);
  g_ptr_array_add (words, NULL);
  execv (tool (), (char **) words->pdata);
  skip ("the lab does not start");
}

/* One word of the lab with what belongs to it, as in the shell: tutti_lab ("link %s delay=10 jitter=5", name).
 * Returns: (transfer full): what it answered. A refusal ends the test. */
char *
tutti_lab (const char *words, ...)
{
  g_autofree char *line = NULL, *answer = NULL, *why = NULL;
  g_auto(GStrv) split = NULL;
  g_autoptr(GStrvBuilder) argv = g_strv_builder_new ();
  g_autoptr(GError) error = NULL;
  va_list args;
  int status = 0;

  va_start (args, words);
  line = g_strdup_vprintf (words, args);
  va_end (args);
  if (!g_shell_parse_argv (line, NULL, &split, &error))
    g_error ("lab %s: %s", line, error->message);
  g_strv_builder_add (argv, tool ());
  g_strv_builder_addv (argv, (const char **) split);

  g_auto(GStrv) all = g_strv_builder_end (argv);

  if (!g_spawn_sync (NULL, all, NULL, G_SPAWN_DEFAULT, NULL, NULL, &answer, &why, &status, &error))
    g_error ("lab %s: %s", line, error->message);
  if (status != 0)
    g_error ("lab %s: %s%s", line, answer, why);
  return g_strchomp (g_steal_pointer (&answer));
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TuttiLabProcess *process = user_data;
  char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  if (line == NULL)
    {
      process->ended = TRUE;
      return;
    }
  g_ptr_array_add (process->lines, g_utf8_make_valid (line, -1));
  g_free (line);
  g_data_input_stream_read_line_async (process->output, G_PRIORITY_DEFAULT, NULL, on_line, process);
}

/* Runs a program on a machine (NULL: beside all machines), its standard input and output at our end, its errors
 * at the test's own. Returns: (transfer none): lives until tutti_lab_sweep(). */
TuttiLabProcess *
tutti_lab_spawnv (const char *machine, const char *const *argv)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) all = NULL;
  g_autoptr(GError) error = NULL;
  TuttiLabProcess *process = g_new0 (TuttiLabProcess, 1);

  if (machine != NULL)
    {
      g_strv_builder_add_many (builder, tool (), "exec", machine, "--", NULL);
    }
  g_strv_builder_addv (builder, (const char **) argv);
  all = g_strv_builder_end (builder);
  process->subprocess = g_subprocess_newv ((const char *const *) all, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                           &error);
  if (process->subprocess == NULL)
    g_error ("%s: %s", argv[0], error->message);
  process->label = g_strdup_printf ("%s on %s", argv[0], machine != NULL ? machine : "no machine");
  process->lines = g_ptr_array_new_with_free_func (g_free);
  process->input = g_object_ref (g_subprocess_get_stdin_pipe (process->subprocess));
  process->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process->subprocess));
  g_data_input_stream_read_line_async (process->output, G_PRIORITY_DEFAULT, NULL, on_line, process);
  if (processes == NULL)
    processes = g_ptr_array_new ();
  g_ptr_array_add (processes, process);
  return process;
}

TuttiLabProcess *
tutti_lab_spawn (const char *machine, ...)
{
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();
  va_list args;
  char *word;

  va_start (args, machine);
  do
    g_ptr_array_add (argv, word = va_arg (args, char *));
  while (word != NULL);
  va_end (args);
  return tutti_lab_spawnv (machine, (const char *const *) argv->pdata);
}

static gboolean
on_deadline (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_CONTINUE;
}

G_GNUC_NORETURN static void
give_up (TuttiLabProcess *process, const char *wanted)
{
  g_autoptr(GString) said = g_string_new (NULL);

  for (guint i = 0; i < process->lines->len; i++)
    g_string_append_printf (said, "\n  %s%s", i >= process->next ? "> " : "  ",
                            (const char *) g_ptr_array_index (process->lines, i));
  g_error ("%s: %s “%s”; it said:%s", process->label,
           process->ended ? "ended without saying" : "never said", wanted, said->str);
}

static const char *
find_line (TuttiLabProcess *process, const char *pattern)
{
  for (guint i = process->next; i < process->lines->len; i++)
    {
      const char *line = g_ptr_array_index (process->lines, i);

      if (g_regex_match_simple (pattern, line, 0, 0))
        {
          process->next = i + 1;
          return line;
        }
    }
  return NULL;
}

/* Waits for a line that matches a regular expression, after the last one that was expected. Lines between are passed
 * over. Returns: (transfer none): the line. At the deadline the test ends with all that was said. */
const char *
tutti_lab_expect (TuttiLabProcess *process, const char *pattern)
{
  return tutti_lab_expect_within (process, pattern, TUTTI_LAB_DEADLINE_S);
}

/* As tutti_lab_expect(), for what takes longer by its nature. */
const char *
tutti_lab_expect_within (TuttiLabProcess *process, const char *pattern, guint seconds)
{
  gboolean late = FALSE;
  guint deadline = g_timeout_add_seconds (seconds, on_deadline, &late);
  const char *line;

  while ((line = find_line (process, pattern)) == NULL && !late && !process->ended)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  if (line == NULL)
    give_up (process, pattern);
  return line;
}

/* Whether such a line has come since the last one that was expected; passes over nothing, never waits. */
gboolean
tutti_lab_heard (TuttiLabProcess *process, const char *pattern)
{
  guint next = process->next;
  gboolean heard;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  heard = find_line (process, pattern) != NULL;
  process->next = next;
  return heard;
}

/* What was said until now counts no more. */
void
tutti_lab_forget (TuttiLabProcess *process)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  process->next = process->lines->len;
}

/* Gives the program one line on its standard input. */
void
tutti_lab_say (TuttiLabProcess *process, const char *line)
{
  g_autofree char *text = g_strconcat (line, "\n", NULL);
  g_autoptr(GError) error = NULL;

  if (!g_output_stream_write_all (process->input, text, strlen (text), NULL, NULL, &error))
    g_error ("%s does not listen to “%s”: %s", process->label, line, error->message);
}

/* The program itself gets the signal: "exec" becomes it. */
void
tutti_lab_signal (TuttiLabProcess *process, int number)
{
  g_subprocess_send_signal (process->subprocess, number);
}

const char *
tutti_lab_get_pid (TuttiLabProcess *process)
{
  return g_subprocess_get_identifier (process->subprocess);
}

/* Waits for the program's end. Returns: its exit code, or −signal. */
int
tutti_lab_finish (TuttiLabProcess *process)
{
  gboolean late = FALSE;
  guint deadline = g_timeout_add_seconds (TUTTI_LAB_DEADLINE_S, on_deadline, &late);

  while (!process->ended && !late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  if (!process->ended)
    give_up (process, "goodbye");
  g_subprocess_wait (process->subprocess, NULL, NULL);
  return g_subprocess_get_if_exited (process->subprocess) ? g_subprocess_get_exit_status (process->subprocess)
                                                          : -g_subprocess_get_term_sig (process->subprocess);
}

static void
process_free (TuttiLabProcess *process)
{
  g_subprocess_force_exit (process->subprocess);
  while (!process->ended)
    g_main_context_iteration (NULL, TRUE);
  g_subprocess_wait (process->subprocess, NULL, NULL);
  g_object_unref (process->subprocess);
  g_object_unref (process->output);
  g_object_unref (process->input);
  g_ptr_array_unref (process->lines);
  g_free (process->label);
  g_free (process);
}

/* An empty box again: all programs killed, all machines gone. Call it at the end of each test. */
void
tutti_lab_sweep (void)
{
  g_autofree char *names = tutti_lab ("list");
  g_auto(GStrv) each = g_strsplit (names, "\n", -1);

  for (guint i = 0; each[i] != NULL; i++)
    if (each[i][0] != '\0')
      g_free (tutti_lab ("crash %s", each[i]));
  for (guint i = 0; processes != NULL && i < processes->len; i++)
    process_free (g_ptr_array_index (processes, i));
  g_clear_pointer (&processes, g_ptr_array_unref);
}
