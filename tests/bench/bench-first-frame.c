/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long the program takes from being started to having drawn its first frame: the start page, with an empty store. Starts itself
 * again as the program under test, because only that one knows when it has drawn. Needs a display: see on-a-display. */
#include <locale.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <gst/gst.h>

#include "bench-row.h"
#include "tutti-application.h"

#define RUNS 7

static void
on_drawn (GdkFrameClock *clock, GApplication *application)
{
  printf ("%" G_GINT64_FORMAT "\n", g_get_monotonic_time ());
  fflush (stdout);
  /* What it does to end well is not measured. */
  _Exit (EXIT_SUCCESS);
}

static void
on_mapped (GtkWidget *window, GApplication *application)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_drawn), application);
}

static void
on_window (GtkApplication *application, GtkWindow *window, gpointer data)
{
  g_signal_connect (window, "map", G_CALLBACK (on_mapped), application);
}

static int
be_the_program (char *name)
{
  g_autoptr(TuttiApplication) application = NULL;
  char *words[] = { name, NULL };

  setlocale (LC_ALL, "");
  gst_init (NULL, NULL);
  application = tutti_application_new ();
  g_signal_connect (application, "window-added", G_CALLBACK (on_window), NULL);
  return g_application_run (G_APPLICATION (application), 1, words);
}

/* Milliseconds, or −1 when nothing was drawn. */
static double
run_once (const char *name)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr(GError) error = NULL;
  g_autofree char *told = NULL;
  g_autoptr(GSubprocess) program = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, name, "--program", NULL);

  if (program == NULL || !g_subprocess_communicate_utf8 (program, NULL, NULL, &told, NULL, &error) || *told == '\0')
    return -1;
  return (double) (g_ascii_strtoll (told, NULL, 10) - start) / 1e3;
}

/* Of all runs together; beside the clock's time it tells what a busy machine added. */
static double
processor_ms (void)
{
  struct rusage usage;

  getrusage (RUSAGE_CHILDREN, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3 + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

int
main (int argc, char **argv)
{
  g_autoptr(GArray) ms = g_array_new (FALSE, FALSE, sizeof (double));

  if (argc > 1 && g_str_equal (argv[1], "--program"))
    return be_the_program (argv[0]);
  for (guint i = 0; i < RUNS; i++)
    {
      double took_ms = run_once (argv[0]);

      if (took_ms < 0)
        return EXIT_FAILURE;
      g_array_append_val (ms, took_ms);
    }
  bench_row_plain ("Program start to first frame, median of 7", bench_quantile (ms, 0.5), "ms");
  bench_row_plain ("Program start to first frame, worst of 7", bench_quantile (ms, 1), "ms");
  bench_row_plain ("- of it processor time, mean", processor_ms () / RUNS, "ms");
  return EXIT_SUCCESS;
}
