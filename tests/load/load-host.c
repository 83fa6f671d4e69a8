/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load-host.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tutti-demo.h"
#include "tutti-files.h"
#include "tutti-room.h"
#include "tutti-store-sqlite.h"

static void
configure (const LoadHost *host)
{
  g_autofree char *path = g_build_filename (host->folder, "host.conf", NULL), *text = NULL, *limits = NULL;
  g_autoptr(GError) error = NULL;

  /* What was written at first, with the port that it has now. */
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  limits = g_strdup (strstr (text, "[announce]"));
  g_free (text);
  text = g_strdup_printf ("[host]\nport=%u\n%s", host->port, limits);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

void
load_host_init (LoadHost *host, const char *program, const char *limits)
{
  g_autofree char *text = g_strdup_printf ("[host]\nport=0\n[announce]\nenabled=false\n%s", limits);
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;

  *host = (LoadHost) { .program = g_strdup (program), .folder = g_dir_make_tmp ("tutti-load-XXXXXX", &error) };
  g_assert_no_error (error);
  path = g_build_filename (host->folder, "host.conf", NULL);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
reap (LoadHost *host)
{
  waitpid (host->pid, NULL, 0);
  g_spawn_close_pid (host->pid);
  host->pid = 0;
}

void
load_host_stop (LoadHost *host)
{
  kill (host->pid, SIGTERM);
  reap (host);
}

void
load_host_clear (LoadHost *host)
{
  if (host->pid != 0)
    load_host_stop (host);
  tutti_remove_tree (host->folder);
  g_free (host->folder);
  g_free (host->program);
}

TuttiId
load_scene (guint n)
{
  return tutti_id (0x10ad, 1 + n);
}

static TuttiId
first_clip (const GPtrArray *ops)
{
  g_autoptr(TuttiJam) jam = tutti_jam_new ();
  TuttiStamp stamp = { 0 };

  for (guint i = 0; i < ops->len; i++)
    g_assert_true (tutti_jam_apply (jam, ops->pdata[i], &stamp, NULL, NULL));
  return jam->tracks[0]->clips[0]->id;
}

char *
load_host_jam (LoadHost *host, guint scenes, TuttiId *clip)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiStore) store = tutti_store_sqlite_open (host->folder, TUTTI_STORE_SQLITE_PATIENCE_MS, &error);
  guint32 counter = 0;
  g_autoptr(GPtrArray) ops = tutti_demo_ops (1, &counter);
  char *id;

  g_assert_no_error (error);
  for (guint i = 0; i < scenes; i++)
    g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_SCENE_ADD, load_scene (i), "0", TUTTI_N (0)));
  *clip = first_clip (ops);
  id = tutti_room_create (store, "Load", ops, &error);
  g_assert_no_error (error);
  g_assert_true (tutti_store_close (store, NULL));
  return id;
}

/* A benchmark that is cut leaves nothing behind. */
static void
die_along (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

void
load_host_start (LoadHost *host)
{
  g_autofree char *config = g_build_filename (host->folder, "host.conf", NULL);
  const char *argv[] = { host->program, "--config", config, "--data", host->folder, NULL };
  g_autoptr(GError) error = NULL;
  char line[256] = "";
  int out;

  configure (host);
  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, die_along, NULL, &host->pid, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  FILE *said = fdopen (out, "r");

  if (fgets (line, sizeof line, said) == NULL || strchr (line, ':') == NULL)
    g_error ("the host does not start: %s", line);
  host->port = (guint16) strtoul (strchr (line, ':') + 1, NULL, 10);
  fclose (said);
}

void
load_host_signal (LoadHost *host, int number)
{
  g_assert_cmpint (kill (host->pid, number), ==, 0);
}

void
load_host_kill (LoadHost *host)
{
  load_host_signal (host, SIGKILL);
  reap (host);
}

/* ---- what it takes ---- */

double
load_host_memory_kb (const LoadHost *host)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/statm", (int) host->pid), *text = NULL;
  long pages, resident = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpint (sscanf (text, "%ld %ld", &pages, &resident), ==, 2);
  return (double) resident * (double) sysconf (_SC_PAGESIZE) / 1024;
}

double
load_host_cpu_s (const LoadHost *host)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", (int) host->pid), *text = NULL;
  unsigned long user, system;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpint (sscanf (strrchr (text, ')') + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system), ==, 2);
  return (double) (user + system) / (double) sysconf (_SC_CLK_TCK);
}

double
load_host_starved_s (const LoadHost *host)
{
  g_autofree char *tasks = g_strdup_printf ("/proc/%d/task", (int) host->pid);
  g_autoptr(GDir) dir = g_dir_open (tasks, 0, NULL);
  guint64 ran, waited, sum = 0;
  const char *task;

  while (dir != NULL && (task = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (tasks, task, "schedstat", NULL), *text = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL) &&
          sscanf (text, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, &ran, &waited) == 2)
        sum += waited;
    }
  return (double) sum / 1e9;
}
