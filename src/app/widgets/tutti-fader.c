/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-fader.h"

#include "tutti-draw.h"
#include "tutti-focus-ring.h"
#include "tutti-limits.h"
#include "tutti-palette.h"
#include "tutti-param.h"
#include "tutti-range-drag.h"
#include "tutti-words.h"

#include <math.h>

#define CAP_WIDTH 38.0f
#define CAP_HEIGHT 25.0f

struct _TuttiFader
{
  GtkRange parent_instance;
  int      colour;
  char    *holder;
  int      holder_colour;
};

G_DEFINE_FINAL_TYPE (TuttiFader, tutti_fader, GTK_TYPE_RANGE)

/* The way is long where ears are fine: a third of it for the top 12 dB. Points between are straight. */
static const struct { int cdb; double share; const char *text; } way[] = {
  { TUTTI_GAIN_MIN_CDB, 0, "−∞" }, { -4800, 0.13, "−48" }, { -2400, 0.325, "−24" }, { -1200, 0.53, "−12" },
  { -600, 0.68, "−6" }, { 0, 0.84, "0" }, { TUTTI_GAIN_MAX_CDB, 1, "+6" }
};

double
tutti_fader_share_of (int cdb)
{
  for (guint i = 1; i < G_N_ELEMENTS (way); i++)
    if (cdb <= way[i].cdb)
      return way[i - 1].share + (way[i].share - way[i - 1].share) * MAX (cdb - way[i - 1].cdb, 0) / (way[i].cdb - way[i - 1].cdb);
  return 1;
}

int
tutti_fader_cdb_of (double share)
{
  for (guint i = 1; i < G_N_ELEMENTS (way); i++)
    if (share <= way[i].share)
      return (int) round (way[i - 1].cdb + (way[i].cdb - way[i - 1].cdb) * MAX (share - way[i - 1].share, 0) /
                                             (way[i].share - way[i - 1].share));
  return TUTTI_GAIN_MAX_CDB;
}

int
tutti_fader_get_cdb (TuttiFader *self)
{
  /* Tenths of a decibel are what the value beside it shows. */
  int cdb = tutti_fader_cdb_of (gtk_range_get_value (GTK_RANGE (self)));

  return cdb <= TUTTI_GAIN_MIN_CDB + 5 ? TUTTI_GAIN_MIN_CDB : (int) (round (cdb / 10.0) * 10);
}

void
tutti_fader_set_cdb (TuttiFader *self, int cdb)
{
  g_autofree char *words = tutti_words_gain (cdb);

  gtk_range_set_value (GTK_RANGE (self), tutti_fader_share_of (cdb));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
}

static float
y_of (double share, float height)
{
  return CAP_HEIGHT / 2 + (float) (1 - share) * (height - CAP_HEIGHT);
}

/* Of words that would run into each other the first of these stands: what one looks for. */
static const guint8 by_importance[G_N_ELEMENTS (way)] = { 5, 0, 6, 3, 2, 1, 4 };

#define WORDS_APART 10.0f

static gboolean
has_room (float y, const float *taken, guint n)
{
  for (guint i = 0; i < n; i++)
    if (fabsf (taken[i] - y) < WORDS_APART)
      return FALSE;
  return TRUE;
}

static void
draw_scale (GtkSnapshot *snapshot, GtkWidget *widget, float x, float height)
{
  const TuttiPalette *p = tutti_palette_get (widget);
  float taken[G_N_ELEMENTS (way)];
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (way); i++)
    {
      guint point = by_importance[i];
      float y = roundf (y_of (way[point].share, height));

      if (has_room (y, taken, n))
        {
          tutti_draw_text (snapshot, widget, way[point].text, 8, PANGO_WEIGHT_NORMAL, x - 20, y - 8, 1, &p->dim);
          taken[n++] = y;
        }
      tutti_draw_box (snapshot, (TuttiBox) { x - 15, y - 1, 6, 1.5f }, 0, &p->mark);
      tutti_draw_box (snapshot, (TuttiBox) { x + 10, y - 1, 6, 1.5f }, 0, &p->mark);
    }
}

static void
draw_cap (TuttiFader *self, GtkSnapshot *snapshot, float x, float y, const GdkRGBA *colour)
{
  const TuttiPalette *p = tutti_palette_get (GTK_WIDGET (self));
  TuttiBox cap = { x - CAP_WIDTH / 2, y - CAP_HEIGHT / 2, CAP_WIDTH, CAP_HEIGHT };
  GdkRGBA shade = { 0, 0, 0, 0.18f };

  tutti_draw_box (snapshot, (TuttiBox) { cap.x, cap.y + 1.5f, cap.width, cap.height }, 6, &shade);
  tutti_draw_box (snapshot, cap, 6, &p->cap);
  tutti_draw_ring (snapshot, cap, 6, 0, 1, &p->cap_edge);
  tutti_draw_box (snapshot, (TuttiBox) { x - 13, y - 1.5f, 26, 3 }, 1.5f, colour);
  if (self->holder != NULL)
    tutti_draw_ring (snapshot, cap, 8, 4, 2.5f, &p->person[self->holder_colour]);
  else if (gtk_widget_has_visible_focus (GTK_WIDGET (self)))
    tutti_draw_ring (snapshot, cap, 8, 4, p->ring_width, &p->accent);
}

static void
draw_holder (TuttiFader *self, GtkSnapshot *snapshot, float x, float y)
{
  const TuttiPalette *p = tutti_palette_get (GTK_WIDGET (self));
  int width, height;

  tutti_measure_text (GTK_WIDGET (self), self->holder, 8.5f, PANGO_WEIGHT_BOLD, &width, &height);
  TuttiBox tag = { x - CAP_WIDTH / 2 - 4, y - CAP_HEIGHT / 2 - 18, width + 12.0f, 17 };
  tutti_draw_box (snapshot, tag, 4, &p->person[self->holder_colour]);
  tutti_draw_text (snapshot, GTK_WIDGET (self), self->holder, 8.5f, PANGO_WEIGHT_BOLD, tag.x + tag.width / 2,
                   tag.y + (tag.height - height) / 2, 0.5f, &p->person_ink[self->holder_colour]);
}

static void
tutti_fader_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiFader *self = TUTTI_FADER (widget);
  const TuttiPalette *p = tutti_palette_get (widget);
  const GdkRGBA *colour = self->colour < 0 ? &p->accent : &p->track[self->colour];
  float height = gtk_widget_get_height (widget), x = gtk_widget_get_width (widget) - CAP_WIDTH / 2 - 5;
  float y = y_of (gtk_range_get_value (GTK_RANGE (self)), height);

  draw_scale (snapshot, widget, x, height);
  tutti_draw_box (snapshot, (TuttiBox) { x - 2.5f, 6, 5, height - 12 }, 2.5f, &p->trough);
  tutti_draw_box (snapshot, (TuttiBox) { x - 2.5f, y, 5, height - 6 - y }, 2.5f, colour);
  draw_cap (self, snapshot, x, y, colour);
  if (self->holder != NULL)
    draw_holder (self, snapshot, x, y);
}

static void
tutti_fader_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                     int *minimum_baseline, int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = 70;
  else
    *minimum = 84, *natural = 240;          /* the mixer over the open desk fits in 800 */
}

static void
tutti_fader_value_changed (GtkRange *range)
{
  gtk_widget_queue_draw (GTK_WIDGET (range));
}

static void
tutti_fader_finalize (GObject *object)
{
  g_free (TUTTI_FADER (object)->holder);
  G_OBJECT_CLASS (tutti_fader_parent_class)->finalize (object);
}

static void
tutti_fader_class_init (TuttiFaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tutti_fader_finalize;
  widget_class->snapshot = tutti_fader_snapshot;
  widget_class->measure = tutti_fader_measure;
  GTK_RANGE_CLASS (klass)->value_changed = tutti_fader_value_changed;
  gtk_widget_class_set_css_name (widget_class, "fader");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
tutti_fader_init (TuttiFader *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  tutti_focus_ring_watch (GTK_WIDGET (self));
}

GtkWidget *
tutti_fader_new (void)
{
  TuttiFader *self = g_object_new (TUTTI_TYPE_FADER, "orientation", GTK_ORIENTATION_VERTICAL, "inverted", TRUE, NULL);
  double unity = tutti_fader_share_of (0);

  gtk_range_set_adjustment (GTK_RANGE (self), gtk_adjustment_new (unity, 0, 1, 0.0134, 0.08, 0));
  tutti_range_drag_attach (GTK_RANGE (self), unity);
  return GTK_WIDGET (self);
}

void
tutti_fader_set_colour (TuttiFader *self, int colour)
{
  self->colour = colour;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tutti_fader_set_holder (TuttiFader *self, const char *name, int colour)
{
  g_free (self->holder);
  self->holder = colour >= 0 ? g_strdup (name) : NULL;
  self->holder_colour = colour;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
