/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-timing-page.h"

#include "tutti-draw.h"
#include "tutti-palette.h"
#include "tutti-quality-words.h"

#include <glib/gi18n.h>

#define POINTS 120             /* a minute at two a second */
#define BAND_US 500.0
#define REACH_US 1250.0        /* half the height of the graph */

enum { ROW_TRIP, ROW_OFFSET, ROW_JITTER, ROW_EDIT, ROW_LATE, ROW_DROPS, ROW_LEAD, N_ROWS };

struct _TuttiTimingPage
{
  GtkWidget     parent_instance;
  TuttiSession *session;       /* owned */
  GtkWidget    *root, *mark, *title, *graph, *rows[N_ROWS];
  float         points[POINTS];   /* µs, oldest first */
  int           n_points;
};

G_DEFINE_FINAL_TYPE (TuttiTimingPage, tutti_timing_page, GTK_TYPE_WIDGET)

static void
draw_graph (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer user_data)
{
  TuttiTimingPage *self = user_data;
  const TuttiPalette *p = tutti_palette_get (GTK_WIDGET (self));
  GdkRGBA band = tutti_rgba_fade (&p->ok, 0.16f), middle = tutti_rgba_fade (&p->ok, 0.5f);
  double half = height / 2.0, reach = BAND_US / REACH_US * half;

  gdk_cairo_set_source_rgba (cr, &p->off);
  cairo_paint (cr);
  gdk_cairo_set_source_rgba (cr, &band);
  cairo_rectangle (cr, 0, half - reach, width, 2 * reach);
  cairo_fill (cr);
  gdk_cairo_set_source_rgba (cr, &middle);
  cairo_rectangle (cr, 0, half - 0.5, width, 1);
  cairo_fill (cr);
  gdk_cairo_set_source_rgba (cr, &p->ok);
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (int i = 0; i < self->n_points; i++)
    cairo_line_to (cr, width - (self->n_points - 1 - i) * (double) width / (POINTS - 1),
                   half - CLAMP (self->points[i] / REACH_US, -1, 1) * half);
  cairo_stroke (cr);
}

static void
set_row (TuttiTimingPage *self, int row, char *words)
{
  gtk_label_set_text (GTK_LABEL (self->rows[row]), words);
  g_free (words);
}

void
tutti_timing_page_show (TuttiTimingPage *self, const TuttiTiming *timing)
{
  g_autofree char *title = tutti_quality_title (timing);

  if (self->n_points == POINTS)
    memmove (self->points, self->points + 1, --self->n_points * sizeof *self->points);
  self->points[self->n_points++] = (float) timing->offset_us;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->mark), tutti_quality_icon (timing->quality));
  set_row (self, ROW_TRIP, g_strdup_printf (_("%.1f ms"), timing->round_trip_ms));
  set_row (self, ROW_OFFSET, g_strdup_printf (_("%+.0f µs"), timing->offset_us));
  set_row (self, ROW_JITTER, g_strdup_printf (_("%.1f ms"), timing->jitter_ms));
  set_row (self, ROW_EDIT, g_strdup_printf (_("%.1f ms"), timing->edit_latency_us / 1000));
  set_row (self, ROW_LATE, g_strdup_printf (_("%d of %d"), (int) timing->late, (int) timing->edits));
  set_row (self, ROW_DROPS, g_strdup_printf ("%u", timing->drop_outs));
  set_row (self, ROW_LEAD, g_strdup_printf (_("%.0f ms"), timing->lead_ms));
  gtk_widget_queue_draw (self->graph);
}

static void
on_sync (GtkButton *button, TuttiTimingPage *self)
{
  tutti_session_resync (self->session);
}

static GtkWidget *
build_graph (TuttiTimingPage *self)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *ends = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  const char *words[] = { _("last minute, this machine against the host"), _("60 s ago"), _("band = ±0.5 ms") };
  GtkWidget *labels[3];

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "panel-card");
  for (int i = 0; i < 3; i++)
    {
      labels[i] = gtk_label_new (words[i]);
      gtk_widget_add_css_class (labels[i], "caption");
      gtk_widget_add_css_class (labels[i], "dim-label");
      gtk_label_set_xalign (GTK_LABEL (labels[i]), 0);
      gtk_label_set_wrap (GTK_LABEL (labels[i]), TRUE);
    }
  self->mark = gtk_image_new_from_icon_name ("tutti-check-symbolic");
  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_widget_add_css_class (self->title, "strong");
  gtk_widget_add_css_class (self->mark, "big-check");
  gtk_box_append (GTK_BOX (texts), self->title);
  gtk_box_append (GTK_BOX (texts), labels[0]);
  gtk_box_append (GTK_BOX (line), self->mark);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (line), texts);
  self->graph = gtk_drawing_area_new ();
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->graph), 64);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->graph), draw_graph, self, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->graph), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Offset over the last minute"), -1);
  gtk_widget_set_hexpand (labels[1], TRUE);
  gtk_box_append (GTK_BOX (ends), labels[1]);
  gtk_box_append (GTK_BOX (ends), labels[2]);
  gtk_box_append (GTK_BOX (card), line);
  gtk_box_append (GTK_BOX (card), self->graph);
  gtk_box_append (GTK_BOX (card), ends);
  return card;
}

static GtkWidget *
build_figures (TuttiTimingPage *self)
{
  static const char * const names[N_ROWS] = { N_("Round trip"), N_("Clock offset"), N_("Jitter"), N_("Edit to answer"),
                                              N_("Edits late"), N_("Drop-outs"), N_("Lead") };
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  for (int i = 0; i < N_ROWS; i++)
    {
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *name = gtk_label_new (_(names[i]));
      gtk_widget_add_css_class (row, "figure-row");
      gtk_widget_add_css_class (row, "row-card");
      gtk_widget_add_css_class (name, "dim-label");
      gtk_label_set_xalign (GTK_LABEL (name), 0);
      gtk_widget_set_hexpand (name, TRUE);
      self->rows[i] = gtk_label_new (NULL);
      gtk_widget_add_css_class (self->rows[i], "value");
      gtk_widget_add_css_class (self->rows[i], "numeric");
      gtk_box_append (GTK_BOX (row), name);
      gtk_box_append (GTK_BOX (row), self->rows[i]);
      gtk_list_box_append (GTK_LIST_BOX (list), row);
    }
  return list;
}

static void
tutti_timing_page_dispose (GObject *object)
{
  TuttiTimingPage *self = TUTTI_TIMING_PAGE (object);

  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (tutti_timing_page_parent_class)->dispose (object);
}

static void
tutti_timing_page_class_init (TuttiTimingPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_timing_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
tutti_timing_page_init (TuttiTimingPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *sync = gtk_button_new_with_label (_("Sync Again"));

  self->root = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->root), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_margin_start (column, 14);
  gtk_widget_set_margin_end (column, 14);
  gtk_widget_set_margin_top (column, 14);
  gtk_widget_set_margin_bottom (column, 14);
  gtk_box_append (GTK_BOX (column), build_graph (self));
  gtk_box_append (GTK_BOX (column), build_figures (self));
  g_signal_connect (sync, "clicked", G_CALLBACK (on_sync), self);
  gtk_box_append (GTK_BOX (column), sync);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->root), column);
  gtk_widget_set_parent (self->root, GTK_WIDGET (self));
}

GtkWidget *
tutti_timing_page_new (TuttiSession *session)
{
  TuttiTimingPage *self = g_object_new (TUTTI_TYPE_TIMING_PAGE, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}
