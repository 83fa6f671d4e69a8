/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-curve-view.h"

#include "tutti-curve-shape.h"
#include "tutti-draw.h"
#include "tutti-palette.h"

#include <math.h>

#define WIDTH 186
#define HEIGHT 96
#define CORNER 8
#define POINT_RADIUS 5.5f
#define REACH 18.0             /* how near a point is taken hold of, pixels */

struct _TuttiCurveView
{
  GtkWidget       parent_instance;
  TuttiEffectKind kind;
  gint16          values[TUTTI_EFFECT_VALUES_MAX];
  int             colour, room; /* pixels for something beside it */
  char           *words;       /* owned */
  TuttiCurveShape shape;
  int             held;        /* point in somebody's hand, −1 none */
  double          from_x, from_y;
};

G_DEFINE_FINAL_TYPE (TuttiCurveView, tutti_curve_view, GTK_TYPE_WIDGET)

static guint turned_signal;

/* ---- drawing ---- */

static const GdkRGBA *
colour_of (TuttiCurveView *self, const TuttiPalette *p)
{
  return self->colour >= 0 ? &p->track[self->colour] : &p->accent;
}

static void
trace (cairo_t *cr, const float *line, double width, double height)
{
  for (int i = 0; i < TUTTI_CURVE_PLACES; i++)
    cairo_line_to (cr, width * i / (TUTTI_CURVE_PLACES - 1), height * (1 - line[i]));
}

static void
draw_line (TuttiCurveView *self, cairo_t *cr, const float *line, const GdkRGBA *colour, double width, double height)
{
  GdkRGBA faint = tutti_rgba_fade (colour, 0.28f);

  if (self->shape.filled)
    {
      cairo_move_to (cr, 0, height * (1 - self->shape.floor));
      trace (cr, line, width, height);
      cairo_line_to (cr, width, height * (1 - self->shape.floor));
      cairo_close_path (cr);
      gdk_cairo_set_source_rgba (cr, &faint);
      cairo_fill (cr);
    }
  cairo_new_path (cr);
  trace (cr, line, width, height);
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

static void
draw_bars (TuttiCurveView *self, cairo_t *cr, const GdkRGBA *colour, double width, double height)
{
  for (guint i = 0; i < self->shape.n_bars; i++)
    {
      const TuttiCurveBar *bar = &self->shape.bars[i];
      GdkRGBA faded = tutti_rgba_fade (colour, bar->alpha);

      gdk_cairo_set_source_rgba (cr, &faded);
      cairo_set_line_width (cr, 4);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
      cairo_move_to (cr, bar->x * width, height * (1 - bar->from));
      cairo_line_to (cr, bar->x * width, height * (1 - bar->to));
      cairo_stroke (cr);
    }
}

static void
draw_grid (GtkSnapshot *snapshot, const TuttiPalette *p, float width, float height)
{
  GdkRGBA faint = tutti_rgba_fade (&p->fg, 0.07f);

  for (int i = 1; i < 4; i++)
    gtk_snapshot_append_color (snapshot, &faint, &GRAPHENE_RECT_INIT (roundf (width * i / 4), 0, 1, height));
  for (int i = 1; i < 3; i++)
    gtk_snapshot_append_color (snapshot, &faint, &GRAPHENE_RECT_INIT (0, roundf (height * i / 3), width, 1));
}

static void
tutti_curve_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiCurveView *self = TUTTI_CURVE_VIEW (widget);
  const TuttiPalette *p = tutti_palette_get (widget);
  float width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, width, height);
  GskRoundedRect clip;
  cairo_t *cr;

  gsk_rounded_rect_init_from_rect (&clip, &all, CORNER);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  gtk_snapshot_append_color (snapshot, &p->off, &all);
  draw_grid (snapshot, p, width, height);
  cr = gtk_snapshot_append_cairo (snapshot, &all);
  for (guint i = 0; i < self->shape.n_lines; i++)
    draw_line (self, cr, self->shape.line[i], colour_of (self, p), width, height);
  draw_bars (self, cr, colour_of (self, p), width, height);
  cairo_destroy (cr);
  gtk_snapshot_pop (snapshot);
  if (self->words != NULL)
    tutti_draw_text_within (snapshot, widget, self->words, 8.5f, PANGO_WEIGHT_NORMAL, 8, 5, width - 16, &p->dim);
  for (guint i = 0; i < self->shape.n_points; i++)
    {
      float x = CLAMP (self->shape.points[i].x * width, POINT_RADIUS, width - POINT_RADIUS);
      float y = CLAMP ((1 - self->shape.points[i].y) * height, POINT_RADIUS, height - POINT_RADIUS);

      tutti_draw_disc (snapshot, x, y + 0.5f, POINT_RADIUS + 1, &p->cap_edge);
      tutti_draw_disc (snapshot, x, y, POINT_RADIUS, (int) i == self->held ? colour_of (self, p) : &(GdkRGBA) { 1, 1, 1, 1 });
    }
}

static void
tutti_curve_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH - TUTTI_CURVE_VIEW (widget)->room : HEIGHT;
}

void
tutti_curve_view_make_room (TuttiCurveView *self, int pixels)
{
  self->room = CLAMP (pixels, 0, WIDTH / 2);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
tutti_curve_view_show (TuttiCurveView *self, const gint16 *values, int colour)
{
  if (self->shape.made && self->colour == colour && memcmp (self->values, values, sizeof self->values) == 0)
    return;
  memcpy (self->values, values, sizeof self->values);
  self->colour = colour;
  tutti_curve_shape_make (&self->shape, self->kind, values);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tutti_curve_view_set_words (TuttiCurveView *self, const char *words)
{
  if (g_strcmp0 (self->words, words) == 0)
    return;
  g_free (self->words);
  self->words = g_strdup (words);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- points ---- */

static int
nearest_point (TuttiCurveView *self, double x, double y)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self)), least = REACH;
  int found = -1;

  for (guint i = 0; i < self->shape.n_points; i++)
    {
      double far = hypot (x - self->shape.points[i].x * width, y - (1 - self->shape.points[i].y) * height);

      if (far < least)
        least = far, found = (int) i;
    }
  return found;
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, TuttiCurveView *self)
{
  self->held = nearest_point (self, x, y);
  if (self->held < 0)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  self->from_x = self->shape.points[self->held].x;
  self->from_y = self->shape.points[self->held].y;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
turn (TuttiCurveView *self, int index, double share, const double range[2])
{
  const TuttiEffectValueSpec *spec;
  int value;

  if (index < 0)
    return;
  spec = tutti_effect_value_spec (self->kind, (guint) index);
  value = (int) CLAMP (round (range[0] + CLAMP (share, 0, 1) * (range[1] - range[0])), spec->min, spec->max);
  if (value != self->values[index])
    g_signal_emit (self, turned_signal, 0, (guint) index, value);
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, TuttiCurveView *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));

  if (self->held < 0 || self->held >= (int) self->shape.n_points)
    return;
  TuttiCurvePoint point = self->shape.points[self->held];

  turn (self, point.x_value, self->from_x + dx / width, point.x_range);
  turn (self, point.y_value, self->from_y - dy / height, point.y_range);
}

static void
on_drag_end (GtkGestureDrag *gesture, double dx, double dy, TuttiCurveView *self)
{
  self->held = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ---- building ---- */

static void
tutti_curve_view_finalize (GObject *object)
{
  g_free (TUTTI_CURVE_VIEW (object)->words);
  G_OBJECT_CLASS (tutti_curve_view_parent_class)->finalize (object);
}

static void
tutti_curve_view_class_init (TuttiCurveViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tutti_curve_view_finalize;
  widget_class->snapshot = tutti_curve_view_snapshot;
  widget_class->measure = tutti_curve_view_measure;
  gtk_widget_class_set_css_name (widget_class, "curve");
  /* The knobs below say the same in words. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  turned_signal = g_signal_new ("turned", TUTTI_TYPE_CURVE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_UINT, G_TYPE_INT);
}

static void
tutti_curve_view_init (TuttiCurveView *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->held = -1;
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

GtkWidget *
tutti_curve_view_new (TuttiEffectKind kind)
{
  TuttiCurveView *self = g_object_new (TUTTI_TYPE_CURVE_VIEW, NULL);

  self->kind = kind;
  return GTK_WIDGET (self);
}
