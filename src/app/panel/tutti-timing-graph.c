/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-timing-graph.h"

#include "tutti-palette.h"
#include "tutti-words.h"

#include <glib/gi18n.h>
#include <math.h>

#define STATE "tutti-timing-graph"
#define BAND_US 500.0
#define REACH_US 1250.0        /* half the height */
#define MARK_HEIGHT 6

typedef struct
{
  TuttiTrail trail;            /* as it was when it was shown */
  double     width, height;    /* while drawing */
} Graph;

static double
x_of (const Graph *graph, guint i)
{
  guint behind = tutti_trail_get_n (&graph->trail) - 1 - i;

  return graph->width - behind * graph->width / (TUTTI_TRAIL_S - 1);
}

static double
y_of (const Graph *graph, double us)
{
  double half = graph->height / 2;

  return half - CLAMP (us / REACH_US, -1, 1) * half;
}

static void
draw_band (const Graph *graph, cairo_t *cr, const TuttiPalette *p)
{
  GdkRGBA band = tutti_rgba_fade (&p->ok, 0.16f), middle = tutti_rgba_fade (&p->ok, 0.5f);

  gdk_cairo_set_source_rgba (cr, &p->off);
  cairo_paint (cr);
  gdk_cairo_set_source_rgba (cr, &band);
  cairo_rectangle (cr, 0, y_of (graph, BAND_US), graph->width, y_of (graph, -BAND_US) - y_of (graph, BAND_US));
  cairo_fill (cr);
  gdk_cairo_set_source_rgba (cr, &middle);
  cairo_rectangle (cr, 0, graph->height / 2 - 0.5, graph->width, 1);
  cairo_fill (cr);
}

/* Seconds without a jam to be in time with leave a gap. */
static void
draw_line (const Graph *graph, cairo_t *cr, const TuttiPalette *p)
{
  gboolean drawn = FALSE;

  gdk_cairo_set_source_rgba (cr, &p->ok);
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint i = 0; i < tutti_trail_get_n (&graph->trail); i++)
    {
      const TuttiTrailSample *sample = tutti_trail_get (&graph->trail, i);

      if (sample->in_jam && drawn)
        cairo_line_to (cr, x_of (graph, i), y_of (graph, sample->offset_us));
      else if (sample->in_jam)
        cairo_move_to (cr, x_of (graph, i), y_of (graph, sample->offset_us));
      drawn = sample->in_jam;
    }
  cairo_stroke (cr);
}

static void
draw_error (const Graph *graph, cairo_t *cr, const TuttiPalette *p)
{
  GdkRGBA around = tutti_rgba_fade (&p->ok, 0.3f);
  double wide = graph->width / (TUTTI_TRAIL_S - 1);

  gdk_cairo_set_source_rgba (cr, &around);
  for (guint i = 0; i < tutti_trail_get_n (&graph->trail); i++)
    {
      const TuttiTrailSample *sample = tutti_trail_get (&graph->trail, i);
      double top = y_of (graph, sample->offset_us + sample->clock_error_us);

      if (sample->in_jam)
        cairo_rectangle (cr, x_of (graph, i) - wide / 2, top, wide,
                         y_of (graph, sample->offset_us - sample->clock_error_us) - top);
    }
  cairo_fill (cr);
}

static void
draw_marks (const Graph *graph, cairo_t *cr, const TuttiPalette *p)
{
  double wide = MAX (graph->width / (TUTTI_TRAIL_S - 1), 2);

  gdk_cairo_set_source_rgba (cr, &p->late);
  for (guint i = 0; i < tutti_trail_get_n (&graph->trail); i++)
    {
      const TuttiTrailSample *sample = tutti_trail_get (&graph->trail, i);

      if (sample->late > 0 || sample->drop_outs > 0)
        cairo_rectangle (cr, x_of (graph, i) - wide / 2, graph->height - MARK_HEIGHT, wide, MARK_HEIGHT);
    }
  cairo_fill (cr);
}

static void
draw (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  Graph *graph = user_data;
  const TuttiPalette *p = tutti_palette_get (GTK_WIDGET (area));

  graph->width = width;
  graph->height = height;
  draw_band (graph, cr, p);
  draw_error (graph, cr, p);
  draw_line (graph, cr, p);
  draw_marks (graph, cr, p);
}

/* ---- in words ---- */

static void
add_counts (GString *words, const TuttiTrailSummary *sum)
{
  if (sum->late == 0 && sum->drop_outs == 0)
    g_string_append_printf (words, ", %s", _("no edit late, no drop-out"));
  if (sum->late > 0)
    {
      g_string_append (words, ", ");
      g_string_append_printf (words, ngettext ("%u edit late", "%u edits late", sum->late), sum->late);
    }
  if (sum->drop_outs > 0)
    {
      g_string_append (words, ", ");
      g_string_append_printf (words, ngettext ("%u drop-out", "%u drop-outs", sum->drop_outs), sum->drop_outs);
    }
}

char *
tutti_timing_graph_words (const TuttiTrail *trail)
{
  g_autoptr(GString) words = g_string_new (NULL);
  TuttiTrailSummary sum;

  tutti_trail_sum_up (trail, BAND_US, &sum);
  if (sum.n == 0)
    return g_strdup (_("Nothing was measured yet"));
  g_autofree char *least = tutti_words_signed (sum.least_us / 1000, 1), *most = tutti_words_signed (sum.most_us / 1000, 1);

  /* Translators: how far off the shared time, at least and at most */
  g_string_append_printf (words, _("between %s and %s ms"), least, most);
  if (sum.outside > 0)
    {
      g_string_append (words, ", ");
      g_string_append_printf (words, ngettext ("out of the band for %u second", "out of the band for %u seconds", sum.outside),
                              sum.outside);
    }
  add_counts (words, &sum);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* ---- life ---- */

static gint64
newest (const TuttiTrail *trail)
{
  guint n = tutti_trail_get_n (trail);

  return n > 0 ? tutti_trail_get (trail, n - 1)->second : -1;
}

void
tutti_timing_graph_show (GtkWidget *widget, const TuttiTrail *trail)
{
  Graph *graph = g_object_get_data (G_OBJECT (widget), STATE);
  g_autofree char *words = NULL;

  if (newest (trail) == newest (&graph->trail))
    return;
  graph->trail = *trail;
  words = tutti_timing_graph_words (trail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  gtk_widget_queue_draw (widget);
}

GtkWidget *
tutti_timing_graph_new (void)
{
  GtkWidget *area = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, NULL);
  Graph *graph = g_new0 (Graph, 1);

  g_object_set_data_full (G_OBJECT (area), STATE, graph, g_free);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), 64);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw, graph, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (area), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Offset over the last two minutes"), -1);
  return area;
}
