/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-level.h"

#include "tutti-draw.h"
#include "tutti-palette.h"

#include <math.h>

#define FALL_DB_PER_SECOND 20.0
#define HOLD_US (1500 * 1000)
#define FLOOR_DB -72.0
#define WARN_DB -12.0
#define CLIP_DB -1.0

typedef struct
{
  double level_db, peak_db;
  gint64 peak_at;
  int    drawn_level, drawn_peak;    /* pixels */
} Bar;

struct _TuttiLevel
{
  GtkWidget      parent_instance;
  GtkOrientation orientation;
  int            n_bars, thickness;
  gint64         fed_at;
  Bar            bars[2];
};

G_DEFINE_FINAL_TYPE (TuttiLevel, tutti_level, GTK_TYPE_WIDGET)

/* Points of the scale beside the faders, so that meter and fader read alike. */
static const struct { double db, share; } scale[] = {
  { -72, 0 }, { -48, 0.13 }, { -24, 0.325 }, { -12, 0.53 }, { -6, 0.68 }, { 0, 0.835 }, { 6, 0.97 }, { 12, 1 }
};

double
tutti_level_share (double db)
{
  if (db <= scale[0].db)
    return 0;
  for (guint i = 1; i < G_N_ELEMENTS (scale); i++)
    if (db <= scale[i].db)
      return scale[i - 1].share + (scale[i].share - scale[i - 1].share) * (db - scale[i - 1].db) / (scale[i].db - scale[i - 1].db);
  return 1;
}

static int
bar_length (TuttiLevel *self)
{
  return self->orientation == GTK_ORIENTATION_VERTICAL ? gtk_widget_get_height (GTK_WIDGET (self))
                                                       : gtk_widget_get_width (GTK_WIDGET (self));
}

/* TRUE when it moved by at least a pixel. */
static gboolean
feed_bar (TuttiLevel *self, Bar *bar, double db, gint64 now_us)
{
  double seconds = self->fed_at > 0 ? MIN ((now_us - self->fed_at) / 1e6, 1.0) : 0;
  int length = bar_length (self), level, peak;

  bar->level_db = MAX (db, MAX (bar->level_db - FALL_DB_PER_SECOND * seconds, FLOOR_DB));
  if (db >= bar->peak_db)
    {
      bar->peak_db = db;
      bar->peak_at = now_us;
    }
  else if (now_us - bar->peak_at > HOLD_US)
    bar->peak_db = MAX (bar->peak_db - FALL_DB_PER_SECOND * seconds, FLOOR_DB);
  level = (int) (tutti_level_share (bar->level_db) * length);
  peak = (int) (tutti_level_share (bar->peak_db) * length);
  if (level == bar->drawn_level && peak == bar->drawn_peak)
    return FALSE;
  bar->drawn_level = level;
  bar->drawn_peak = peak;
  return TRUE;
}

void
tutti_level_feed (TuttiLevel *self, const float peaks[2], gint64 now_us)
{
  gboolean moved = FALSE;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  for (int i = 0; i < self->n_bars; i++)
    {
      float peak = self->n_bars == 1 ? MAX (peaks[0], peaks[1]) : peaks[i];
      moved |= feed_bar (self, &self->bars[i], peak > 1e-5f ? 20 * log10 (peak) : FLOOR_DB, now_us);
    }
  self->fed_at = now_us;
  if (moved)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The part of the bar from share @from to @to. */
static void
draw_part (TuttiLevel *self, GtkSnapshot *snapshot, float across, double from, double to, const GdkRGBA *colour)
{
  float length = bar_length (self);

  if (to <= from)
    return;
  if (self->orientation == GTK_ORIENTATION_VERTICAL)
    tutti_draw_box (snapshot, (TuttiBox) { across, (float) (length * (1 - to)), self->thickness, (float) (length * (to - from)) },
                    0, colour);
  else
    tutti_draw_box (snapshot, (TuttiBox) { (float) (length * from), across, (float) (length * (to - from)), self->thickness },
                    0, colour);
}

static void
draw_bar (TuttiLevel *self, GtkSnapshot *snapshot, const Bar *bar, float across)
{
  const TuttiPalette *p = tutti_palette_get (GTK_WIDGET (self));
  gboolean vertical = self->orientation == GTK_ORIENTATION_VERTICAL;
  float length = bar_length (self), radius = MIN (self->thickness / 2.0f, 4);
  TuttiBox box = vertical ? (TuttiBox) { across, 0, self->thickness, length } : (TuttiBox) { 0, across, length, self->thickness };
  GskRoundedRect clip;
  double level = tutti_level_share (bar->level_db), warn = tutti_level_share (WARN_DB), hot = tutti_level_share (CLIP_DB);

  gsk_rounded_rect_init_from_rect (&clip, &GRAPHENE_RECT_INIT (box.x, box.y, box.width, box.height), radius);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  tutti_draw_box (snapshot, box, 0, &p->trough);
  draw_part (self, snapshot, across, 0, MIN (level, warn), &p->ok);
  draw_part (self, snapshot, across, warn, MIN (level, hot), &p->warn);
  draw_part (self, snapshot, across, hot, level, &p->record);
  if (self->thickness >= 8 && bar->peak_db > FLOOR_DB + 1)
    {
      double at = tutti_level_share (bar->peak_db);
      draw_part (self, snapshot, across, at - 2.0 / MAX (length, 1), at, &p->fg);
    }
  gtk_snapshot_pop (snapshot);
}

static void
tutti_level_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiLevel *self = TUTTI_LEVEL (widget);

  for (int i = 0; i < self->n_bars; i++)
    draw_bar (self, snapshot, &self->bars[i], i * (self->thickness + 3.0f));
}

static void
tutti_level_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                     int *minimum_baseline, int *natural_baseline)
{
  TuttiLevel *self = TUTTI_LEVEL (widget);

  if (orientation == self->orientation)
    *minimum = *natural = 24;
  else
    *minimum = *natural = self->n_bars * self->thickness + (self->n_bars - 1) * 3;
}

static void
tutti_level_class_init (TuttiLevelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = tutti_level_snapshot;
  widget_class->measure = tutti_level_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
  gtk_widget_class_set_css_name (widget_class, "meter");
}

static void
tutti_level_init (TuttiLevel *self)
{
  for (int i = 0; i < 2; i++)
    self->bars[i].level_db = self->bars[i].peak_db = FLOOR_DB;
}

GtkWidget *
tutti_level_new (GtkOrientation orientation, int bars, int thickness)
{
  TuttiLevel *self = g_object_new (TUTTI_TYPE_LEVEL, NULL);

  g_return_val_if_fail (bars >= 1 && bars <= 2, NULL);
  self->orientation = orientation;
  self->n_bars = bars;
  self->thickness = thickness;
  return GTK_WIDGET (self);
}
