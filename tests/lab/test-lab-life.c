/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The box from outside: its exit codes, and that nothing outlives it. Whatever runs inside holds the other end of a
 * pipe, so that its end of file says when the last process is gone. */

static const char *
tool (void)
{
  return TUTTI_LAB_TOOL_PATH;
}

static int
run_in_box (const char *script)
{
  const char *argv[] = { tool (), "run", "sh", "-c", script, NULL };
  int status = 0;

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
                               NULL, &status, NULL));
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static void
test_exit_codes (void)
{
  g_assert_cmpint (run_in_box ("exit 0"), ==, 0);
  g_assert_cmpint (run_in_box ("exit 3"), ==, 3);
  g_assert_cmpint (run_in_box ("$TUTTI_LAB_TOOL add a && $TUTTI_LAB_TOOL exec a sh -c 'exit 5'"), ==, 5);
  g_assert_cmpint (run_in_box ("$TUTTI_LAB_TOOL add 'Not A Name'"), ==, 1);
  g_assert_cmpint (run_in_box ("$TUTTI_LAB_TOOL add a; $TUTTI_LAB_TOOL link a colour=1"), ==, 1);
  g_assert_cmpint (run_in_box ("$TUTTI_LAB_TOOL exec nobody true"), ==, 1);
}

static void
test_nothing_outlives (gconstpointer data)
{
  static const char script[] = "$TUTTI_LAB_TOOL add a --avahi; $TUTTI_LAB_TOOL exec a sleep 100000 & "
                               "setsid nohup sleep 100000 & echo up; wait";
  const char *argv[] = { tool (), "run", "sh", "-c", script, NULL };
  g_autoptr(GSubprocess) box = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  GInputStream *output = g_subprocess_get_stdout_pipe (box);
  char bytes[16];

  g_assert_cmpint (g_input_stream_read (output, bytes, sizeof bytes, NULL, NULL), >=, 3);
  g_subprocess_send_signal (box, GPOINTER_TO_INT (data));
  while (g_input_stream_read (output, bytes, sizeof bytes, NULL, NULL) > 0)
    ;
  g_assert_true (g_subprocess_wait (box, NULL, NULL));
}

int
main (int argc, char **argv)
{
  const char *check[] = { tool (), "check", NULL };
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  if (!g_spawn_sync (NULL, (char **) check, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, NULL) ||
      status != 0)
    {
      gboolean required = g_strcmp0 (g_getenv ("TUTTI_LAB_REQUIRED"), "1") == 0;

      printf (required ? "Bail out! no lab here\n" : "1..0 # SKIP no lab here\n");
      return required;
    }
  g_test_add_func ("/life/exit-codes", test_exit_codes);
  g_test_add_data_func ("/life/nothing-outlives-a-kill", GINT_TO_POINTER (SIGKILL), test_nothing_outlives);
  return g_test_run ();
}
