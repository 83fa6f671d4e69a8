/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a frame costs the main thread while 64 tracks of 32 steps play and others edit: updating, laying out, taking the snapshot, and
 * apart from them rasterising; and how long the program takes from its start to its first frame. Needs a display: see on-a-display.
 * The main thread's processor time is counted, not the clock's: on a machine that does other things as well they differ. */
#include <locale.h>
#include <stdlib.h>
#include <time.h>

#include <adwaita.h>
#include <gst/gst.h>

#include "bench-row.h"
#include "tutti-app.h"
#include "tutti-jam-page.h"
#include "tutti-session-fake.h"

#define TRACKS      64
#define SCENES      8
#define STEPS       32
#define WARM_UP     60                 /* frames: caches fill and the window settles */
#define FRAMES      240
#define EDIT_MS     50
#define FIRST_RUNS  5

typedef struct
{
  TuttiSession *session;
  TuttiId clips[TRACKS];
  TuttiId tracks[TRACKS];
  guint edits;

  guint frame;
  gint64 began, updated, laid_out;     /* ns of processor time */
  GArray *work_ms;             /* of double: update + layout + snapshot */
  GArray *update_ms, *layout_ms, *snapshot_ms;
  GArray *raster_ms;
  GArray *edit_ms;             /* taking an edit of another into the window */
  gint64 in_snapshot;
} Bench;

static Bench bench;

static gint64
processor_ns (void)
{
  struct timespec t;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec * G_GINT64_CONSTANT (1000000000) + t.tv_nsec;
}

/* ---- a window that knows how long its snapshot takes ---- */

#define BENCH_TYPE_WINDOW (bench_window_get_type ())
G_DECLARE_FINAL_TYPE (BenchWindow, bench_window, BENCH, WINDOW, AdwApplicationWindow)

struct _BenchWindow
{
  AdwApplicationWindow parent_instance;
};

G_DEFINE_FINAL_TYPE (BenchWindow, bench_window, ADW_TYPE_APPLICATION_WINDOW)

static void
bench_window_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  gint64 start = processor_ns ();

  GTK_WIDGET_CLASS (bench_window_parent_class)->snapshot (widget, snapshot);
  bench.in_snapshot += processor_ns () - start;
}

static void
bench_window_class_init (BenchWindowClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = bench_window_snapshot;
}

static void
bench_window_init (BenchWindow *self)
{
}

/* ---- the jam ---- */

static void
ask (TuttiOp *op)
{
  if (!tutti_session_fake_receive (bench.session, op, 2))
    g_error ("the bench's own operation was refused");
}

static void
add_track (guint number, const TuttiId *scenes)
{
  g_autofree char *name = g_strdup_printf ("Track %u", number + 1);
  TuttiId track = tutti_session_new_id (bench.session);

  bench.tracks[number] = track;
  ask (tutti_op_new (TUTTI_OP_TRACK_ADD, track, name, "kit:tight-kick", TUTTI_N (number % TUTTI_N_COLOURS)));
  for (guint scene = 0; scene < SCENES; scene++)
    {
      TuttiId clip = tutti_session_new_id (bench.session);

      ask (tutti_op_new (TUTTI_OP_CLIP_ADD, clip, track, scenes[scene], "Clip"));
      ask (tutti_op_new (TUTTI_OP_CLIP_LENGTH, clip, TUTTI_N (STEPS)));
      for (guint step = 0; step < STEPS; step += 1 + (number + step) % 3)
        ask (tutti_op_new (TUTTI_OP_STEP, clip, TUTTI_N (step), TUTTI_N (40 + (number * 7 + step * 5) % 88)));
      if (scene == 0)
        bench.clips[number] = clip;
    }
}

static void
make_jam (void)
{
  TuttiId scenes[SCENES];

  bench.session = tutti_session_fake_new ();
  tutti_session_fake_add_member (bench.session, 1, "Sam", TUTTI_PERSON_MINT, TRUE);
  tutti_session_fake_add_member (bench.session, 2, "Mia", TUTTI_PERSON_AMBER, TRUE);
  ask (tutti_op_new (TUTTI_OP_TEMPO, TUTTI_N (12000)));
  for (guint i = 0; i < SCENES; i++)
    {
      scenes[i] = tutti_session_new_id (bench.session);
      ask (tutti_op_new (TUTTI_OP_SCENE_ADD, scenes[i], "Scene", TUTTI_N (i)));
    }
  for (guint i = 0; i < TRACKS; i++)
    add_track (i, scenes);
  ask (tutti_op_new (TUTTI_OP_LAUNCH_SCENE, scenes[0], TUTTI_N (TUTTI_QUANTUM_NOW)));
  ask (tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (0)));
}

/* Twenty edits a second: steps all over the grid, and now and then a fader. */
static gboolean
on_edit (gpointer data)
{
  gint64 start = processor_ns ();
  guint n = bench.edits++;
  double ms;

  if (n % 5 == 4)
    ask (tutti_op_new (TUTTI_OP_PARAM, bench.tracks[n % TRACKS], TUTTI_N (TUTTI_PARAM_GAIN), TUTTI_N (-(int) (n * 37 % 1200))));
  else
    ask (tutti_op_new (TUTTI_OP_STEP, bench.clips[n * 5 % TRACKS], TUTTI_N (n * 11 % STEPS), TUTTI_N (n % 3 * 60)));
  ms = (double) (processor_ns () - start) / 1e6;
  if (bench.frame > WARM_UP)
    g_array_append_val (bench.edit_ms, ms);
  return G_SOURCE_CONTINUE;
}

/* ---- frames ---- */

static void
on_frame_begins (GdkFrameClock *clock, gpointer data)
{
  /* A frame need not have all of its phases. */
  bench.began = bench.updated = bench.laid_out = processor_ns ();
  bench.in_snapshot = 0;
  tutti_session_fake_run (bench.session);
}

static void
on_updated (GdkFrameClock *clock, gpointer data)
{
  bench.updated = bench.laid_out = processor_ns ();
}

static void
on_laid_out (GdkFrameClock *clock, gpointer data)
{
  bench.laid_out = processor_ns ();
}

/* Whether nothing was drawn in a frame does not matter: it is one of those that people see. */
static void
on_frame_ends (GdkFrameClock *clock, gpointer data)
{
  gint64 now = processor_ns ();
  double update_ms = (double) (bench.updated - bench.began) / 1e6, layout_ms = (double) (bench.laid_out - bench.updated) / 1e6;
  double snapshot_ms = (double) bench.in_snapshot / 1e6, work_ms = update_ms + layout_ms + snapshot_ms;
  double raster_ms = (double) (now - bench.laid_out - bench.in_snapshot) / 1e6;

  if (bench.frame++ < WARM_UP)
    return;
  g_array_append_val (bench.work_ms, work_ms);
  g_array_append_val (bench.update_ms, update_ms);
  g_array_append_val (bench.layout_ms, layout_ms);
  g_array_append_val (bench.snapshot_ms, snapshot_ms);
  g_array_append_val (bench.raster_ms, raster_ms);
}

static void
print_part (const char *view, const char *part, GArray *ms)
{
  printf ("%s, %s: median %.2f ms, p99 %.2f ms\n", view, part, bench_quantile (ms, 0.5), bench_quantile (ms, 0.99));
}

static void
print_view (const char *view)
{
  g_autofree char *work = g_strdup_printf ("Window, %s: update + layout + snapshot of a frame, p99", view);
  g_autofree char *usual = g_strdup_printf ("Window, %s: update + layout + snapshot of a frame, median", view);
  g_autofree char *raster = g_strdup_printf ("Window, %s: rasterising a frame without a graphics card, median", view);
  g_autofree char *edit = g_strdup_printf ("Window, %s: an edit of another taken in, median", view);

  print_part (view, "update", bench.update_ms);
  print_part (view, "layout", bench.layout_ms);
  print_part (view, "snapshot", bench.snapshot_ms);
  bench_row (work, bench_quantile (bench.work_ms, 0.99), 4, "ms");
  bench_row_plain (usual, bench_quantile (bench.work_ms, 0.5), "ms");
  bench_row_plain (raster, bench_quantile (bench.raster_ms, 0.5), "ms");
  bench_row (edit, bench_quantile (bench.edit_ms, 0.5), 0.2, "ms");
}

static void
watch_frames (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect (clock, "before-paint", G_CALLBACK (on_frame_begins), NULL);
  g_signal_connect_after (clock, "update", G_CALLBACK (on_updated), NULL);
  g_signal_connect_after (clock, "layout", G_CALLBACK (on_laid_out), NULL);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (on_frame_ends), NULL);
}

static void
forget_figures (void)
{
  GArray **figures[] = { &bench.work_ms, &bench.update_ms, &bench.layout_ms, &bench.snapshot_ms, &bench.raster_ms, &bench.edit_ms };

  bench.frame = 0;
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      g_clear_pointer (figures[i], g_array_unref);
      *figures[i] = g_array_new (FALSE, FALSE, sizeof (double));
    }
}

static void
measure_view (GtkApplication *app, const char *view)
{
  GtkWidget *window = g_object_new (BENCH_TYPE_WINDOW, "application", app, NULL), *overlay = adw_toast_overlay_new ();
  GtkWidget *page = tutti_jam_page_new (bench.session);
  guint editing;

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), page);
  gtk_window_set_default_size (GTK_WINDOW (window), 1600, 1000);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), overlay);
  tutti_jam_page_set_view (TUTTI_JAM_PAGE (page), view);
  gtk_window_present (GTK_WINDOW (window));
  forget_figures ();
  watch_frames (window);
  editing = g_timeout_add (EDIT_MS, on_edit, NULL);
  while (bench.frame < WARM_UP + FRAMES)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (editing);
  print_view (view);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
on_activate (GtkApplication *app, gpointer data)
{
  static const char *const views[] = { "pattern", "clips", "mixer" };

  make_jam ();
  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    measure_view (app, views[i]);
  g_object_unref (bench.session);
  forget_figures ();
}

int
main (int argc, char **argv)
{
  g_autoptr(AdwApplication) app = NULL;

  setlocale (LC_ALL, "");
  gst_init (NULL, NULL);
  tutti_app_init ();
  app = adw_application_new ("io.github.tuttijam.Tutti", G_APPLICATION_NON_UNIQUE);
  g_signal_connect (app, "activate", G_CALLBACK (on_activate), NULL);
  return g_application_run (G_APPLICATION (app), 1, argv);
}
