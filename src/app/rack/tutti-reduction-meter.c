/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-reduction-meter.h"

#include "tutti-draw.h"
#include "tutti-palette.h"

#include <glib/gi18n.h>
#include <math.h>

#define WIDTH 28
#define HEIGHT 96
#define BAR 8
#define FIGURE_HEIGHT 16
#define FIGURE_POINTS 8.5f
#define WHOLE_DB 24.0          /* what fills the bar */
#define MARK_DB 6
/* So long a figure stands, that it can be read. */
#define STANDS_US (250 * 1000)
#define TOLD_TENTHS 10

struct _TuttiReductionMeter
{
  GtkWidget parent_instance;
  double    most;              /* dB, since the figure changed */
  gint64    figure_at;
  int       drawn, tenths;     /* pixels of the bar; the figure, −1 none yet */
  int       told;              /* tenths that a screen reader was told last */
};

G_DEFINE_FINAL_TYPE (TuttiReductionMeter, tutti_reduction_meter, GTK_TYPE_WIDGET)

static int
bar_height (TuttiReductionMeter *self)
{
  return gtk_widget_get_height (GTK_WIDGET (self)) - FIGURE_HEIGHT;
}

char *
tutti_reduction_meter_dup_words (TuttiReductionMeter *self)
{
  /* Translators: by how much an effect pushes the sound down */
  return g_strdup_printf (_("%.1f dB softer"), self->tenths / 10.0);
}

/* Whole decibels are enough to be read out, and seldom enough not to be talked over. */
static void
tell (TuttiReductionMeter *self)
{
  g_autofree char *words = NULL;

  if (self->told >= 0 && ABS (self->tenths - self->told) < TOLD_TENTHS)
    return;
  self->told = self->tenths;
  words = tutti_reduction_meter_dup_words (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, self->tenths / 10.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
}

static gboolean
set_figure (TuttiReductionMeter *self, int tenths)
{
  if (tenths == self->tenths)
    return FALSE;
  self->tenths = tenths;
  tell (self);
  return TRUE;
}

static gboolean
tutti_reduction_meter_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  TuttiReductionMeter *self = TUTTI_REDUCTION_METER (widget);
  g_autofree char *words = tutti_reduction_meter_dup_words (self);

  if (self->tenths < 0)
    return FALSE;
  gtk_tooltip_set_text (tooltip, words);
  return TRUE;
}

void
tutti_reduction_meter_feed (TuttiReductionMeter *self, double db, gint64 now_us)
{
  gboolean moved = FALSE;
  int pixels;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  pixels = (int) ceil (MIN (db / WHOLE_DB, 1) * bar_height (self));
  self->most = MAX (self->most, db);
  if (now_us - self->figure_at >= STANDS_US || self->tenths < 0)
    {
      moved = set_figure (self, (int) lround (self->most * 10));
      self->most = 0;
      self->figure_at = now_us;
    }
  if (moved || pixels != self->drawn)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  self->drawn = pixels;
}

static void
draw_figure (TuttiReductionMeter *self, GtkSnapshot *snapshot, const TuttiPalette *p, float y)
{
  char text[16];

  if (self->tenths <= 0)
    g_strlcpy (text, "0", sizeof text);
  else if (self->tenths < 100)
    g_snprintf (text, sizeof text, "−%.1f", self->tenths / 10.0);
  else
    g_snprintf (text, sizeof text, "−%.0f", self->tenths / 10.0);
  tutti_draw_text (snapshot, GTK_WIDGET (self), text, FIGURE_POINTS, PANGO_WEIGHT_NORMAL, WIDTH / 2.0f, y, 0.5f,
                   self->tenths > 0 ? &p->fg : &p->dim);
}

static void
tutti_reduction_meter_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiReductionMeter *self = TUTTI_REDUCTION_METER (widget);
  const TuttiPalette *p = tutti_palette_get (widget);
  float height = bar_height (self), x = (WIDTH - BAR) / 2.0f;
  GskRoundedRect clip;

  gsk_rounded_rect_init_from_rect (&clip, &GRAPHENE_RECT_INIT (x, 0, BAR, height), BAR / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  tutti_draw_box (snapshot, (TuttiBox) { x, 0, BAR, height }, 0, &p->trough);
  tutti_draw_box (snapshot, (TuttiBox) { x, 0, BAR, self->drawn }, 0, &p->warn);
  gtk_snapshot_pop (snapshot);
  for (int db = MARK_DB; db < (int) WHOLE_DB; db += MARK_DB)
    tutti_draw_box (snapshot, (TuttiBox) { x + BAR + 2, roundf (height * db / (float) WHOLE_DB), 4, 1 }, 0, &p->mark);
  draw_figure (self, snapshot, p, height + 1);
}

static void
tutti_reduction_meter_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                               int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
tutti_reduction_meter_class_init (TuttiReductionMeterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = tutti_reduction_meter_snapshot;
  widget_class->measure = tutti_reduction_meter_measure;
  widget_class->query_tooltip = tutti_reduction_meter_query_tooltip;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
  gtk_widget_class_set_css_name (widget_class, "meter");
}

static void
tutti_reduction_meter_init (TuttiReductionMeter *self)
{
  self->tenths = -1;
  self->told = -1;
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

GtkWidget *
tutti_reduction_meter_new (const char *name)
{
  GtkWidget *self = g_object_new (TUTTI_TYPE_REDUCTION_METER, NULL);
  /* Translators: how much an effect takes from the level: "Compressor, gain reduction in dB" */
  g_autofree char *words = g_strdup_printf (_("%s, gain reduction in dB"), name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, WHOLE_DB, -1);
  return self;
}
