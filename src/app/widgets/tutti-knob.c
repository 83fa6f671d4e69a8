/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-knob.h"

#include "tutti-draw.h"
#include "tutti-focus-ring.h"
#include "tutti-palette.h"
#include "tutti-range-drag.h"

#include <math.h>

#define SWEEP 270.0            /* degrees from end to end */

struct _TuttiKnob
{
  GtkRange parent_instance;
  int      colour, size;
  double   origin;
  gboolean locked;
};

G_DEFINE_FINAL_TYPE (TuttiKnob, tutti_knob, GTK_TYPE_RANGE)

static float
degrees_of (double share)
{
  return (float) (-SWEEP / 2 + SWEEP * CLAMP (share, 0, 1));
}

static const GdkRGBA *
arc_colour (TuttiKnob *self, const TuttiPalette *p)
{
  if (self->colour == TUTTI_KNOB_ACCENT)
    return &p->accent;
  return self->colour < 0 ? &p->mine : &p->track[self->colour];
}

static void
tutti_knob_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiKnob *self = TUTTI_KNOB (widget);
  const TuttiPalette *p = tutti_palette_get (widget);
  GtkAdjustment *adjustment = gtk_range_get_adjustment (GTK_RANGE (self));
  double low = gtk_adjustment_get_lower (adjustment), high = gtk_adjustment_get_upper (adjustment);
  double share = tutti_range_share (GTK_RANGE (self)), origin = (self->origin - low) / MAX (high - low, 1e-9);
  float x = gtk_widget_get_width (widget) / 2.0f, y = gtk_widget_get_height (widget) / 2.0f + self->size * 0.04f;
  float radius = self->size * 0.44f, width = self->size * 0.095f, cap = self->size * 0.32f;
  float angle = degrees_of (share);

  tutti_draw_arc (snapshot, x, y, radius, -SWEEP / 2, SWEEP / 2, width, &p->trough);
  if (fabs (share - origin) > 0.004)
    tutti_draw_arc (snapshot, x, y, radius, degrees_of (MIN (share, origin)), degrees_of (MAX (share, origin)), width,
                    arc_colour (self, p));
  tutti_draw_disc (snapshot, x, y + 0.5f, cap + 0.5f, &p->cap_edge);
  tutti_draw_disc (snapshot, x, y, cap, &p->cap);
  tutti_draw_bar (snapshot, x + cap * 0.3f * sinf (angle * (float) G_PI / 180), y - cap * 0.3f * cosf (angle * (float) G_PI / 180),
                  angle - 90, cap * 0.5f, 2.4f, &p->fg);
  if (self->locked)
    {
      tutti_draw_disc (snapshot, x + radius, y - radius, 4.5f, &p->ink);
      tutti_draw_disc (snapshot, x + radius, y - radius, 2.2f, &(GdkRGBA) { 1, 1, 1, 1 });
    }
  if (gtk_widget_has_visible_focus (widget))
    tutti_draw_ring (snapshot, (TuttiBox) { x - radius, y - radius, 2 * radius, 2 * radius }, radius, width + 2, p->ring_width,
                     &p->accent);
}

static void
tutti_knob_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                    int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = TUTTI_KNOB (widget)->size + 4;
}

static void
tutti_knob_value_changed (GtkRange *range)
{
  gtk_widget_queue_draw (GTK_WIDGET (range));
}

static void
tutti_knob_class_init (TuttiKnobClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = tutti_knob_snapshot;
  widget_class->measure = tutti_knob_measure;
  GTK_RANGE_CLASS (klass)->value_changed = tutti_knob_value_changed;
  gtk_widget_class_set_css_name (widget_class, "knob");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
tutti_knob_init (TuttiKnob *self)
{
  self->size = 42;
  self->colour = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  tutti_focus_ring_watch (GTK_WIDGET (self));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *
tutti_knob_new (double low, double high, double step, double initial, double origin)
{
  TuttiKnob *self = g_object_new (TUTTI_TYPE_KNOB, "orientation", GTK_ORIENTATION_VERTICAL, "inverted", TRUE, NULL);

  gtk_range_set_adjustment (GTK_RANGE (self), gtk_adjustment_new (initial, low, high, step, step * 10, 0));
  self->origin = origin;
  self->colour = 0;
  tutti_range_drag_attach (GTK_RANGE (self), initial);
  return GTK_WIDGET (self);
}

void
tutti_knob_set_colour (TuttiKnob *self, int colour)
{
  if (self->colour == colour)
    return;
  self->colour = colour;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tutti_knob_set_size (TuttiKnob *self, int size)
{
  self->size = size;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
tutti_knob_set_origin (TuttiKnob *self, double origin)
{
  self->origin = origin;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tutti_knob_set_locked (TuttiKnob *self, gboolean locked)
{
  self->locked = locked;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
