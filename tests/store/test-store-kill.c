/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kill -9 at any moment loses no acknowledged edit. A child appends and says each number on a pipe when the
 * store has acknowledged it; it is killed after a seeded number of them, in the middle of whatever comes next. */
#include "store-fixture.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS 40

static int
work_until_killed (const char *folder, int acknowledged)
{
  g_autoptr(TuttiStore) store = tutti_store_sqlite_open (folder, 1000, NULL);
  gint64 seq = store != NULL ? fixture_last_seq (store, "jam-a") : -1;

  for (seq = seq + 1; seq > 0; seq++)
    {
      if (!fixture_append (store, "jam-a", seq, NULL) ||
          write (acknowledged, &seq, sizeof seq) != sizeof seq)
        return 1;
      if (seq % 97 == 0)
        tutti_store_save_snapshot_async (store, "jam-a", seq, "{\"document\":1}", seq, NULL, NULL, NULL);
    }
  return 1;
}

/* Reads acknowledgements; kills the child after @enough of them and reads what it still said. */
static gint64
reap (GPid child, int acknowledged, gint64 enough, gint64 spin)
{
  gint64 last = 0, n = 0, seq;
  volatile gint64 wait;
  int status;

  while (read (acknowledged, &seq, sizeof seq) == sizeof seq)
    {
      g_assert_true (last == 0 || seq == last + 1);
      last = seq;
      if (++n != enough)
        continue;
      for (wait = 0; wait < spin; wait++)           /* lands somewhere inside the next appends */
        ;
      g_assert_cmpint (kill (child, SIGKILL), ==, 0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  return last;
}

static void
test_killed (void)
{
  char *folder = fixture_folder ();
  gint64 floor = 0;

  {
    g_autoptr(TuttiStore) store = fixture_open (folder);

    fixture_jam (store, "jam-a", 1);
  }
  for (int round = 0; round < ROUNDS; round++)
    {
      g_autofree char *fd = NULL;
      const char *argv[] = { "/proc/self/exe", "--child", folder, NULL, NULL };
      g_autoptr(TuttiStore) store = NULL;
      g_autoptr(TuttiStoreLoaded) loaded = NULL;
      g_autoptr(GError) error = NULL;
      gint64 last, kept;
      int pipe_fds[2];
      GPid child;

      g_assert_cmpint (pipe (pipe_fds), ==, 0);
      fd = g_strdup_printf ("%d", pipe_fds[1]);
      argv[3] = fd;
      child = fork ();
      if (child == 0)
        {
          close (pipe_fds[0]);
          execv (argv[0], (char **) argv);
          _exit (127);
        }
      close (pipe_fds[1]);
      last = reap (child, pipe_fds[0], g_test_rand_int_range (1, 400), g_test_rand_int_range (0, 200000));
      close (pipe_fds[0]);

      store = fixture_open (folder);
      kept = fixture_last_seq (store, "jam-a");
      g_test_message ("round %d: acknowledged %" G_GINT64_FORMAT ", kept %" G_GINT64_FORMAT, round, last, kept);
      g_assert_cmpint (kept, >=, last);
      g_assert_cmpint (kept, <=, last + 1);         /* at most the one on its way */
      g_assert_cmpint (kept, >=, floor);
      loaded = tutti_store_load (store, "jam-a", TUTTI_STORE_LOAD_WHOLE, &error);
      g_assert_no_error (error);
      g_assert_cmpint (fixture_check_ops (loaded->ops, loaded->snapshot_seq), ==, kept);
      floor = kept;
    }
  fixture_remove (folder);
}

int
main (int argc, char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--child"))
    return work_until_killed (argv[2], atoi (argv[3]));
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/killed-at-any-moment", test_killed);
  return g_test_run ();
}
