/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-ruler.h"

#include "tutti-ask.h"
#include "tutti-draw.h"
#include "tutti-palette.h"

#include <math.h>

#define HEIGHT 30
#define BAR_Y 20

struct _TuttiRuler
{
  GtkWidget      parent_instance;
  TuttiStepGrid *grid;         /* borrowed: both belong to the page */
  gint64         playhead;
  int            flag_x;       /* where it was drawn last, −1: nowhere */
};

G_DEFINE_FINAL_TYPE (TuttiRuler, tutti_ruler, GTK_TYPE_WIDGET)

static float
x_of (TuttiRuler *self, gint64 tick)
{
  return (float) (tutti_step_grid_get_left (self->grid) + tutti_grid_time_x (tutti_step_grid_get_time (self->grid), tick));
}

static float
page_right (TuttiRuler *self)
{
  const TuttiGridTime *time = tutti_step_grid_get_time (self->grid);

  return (float) (tutti_step_grid_get_left (self->grid) +
                  tutti_grid_time_width (time, time->first_tick, tutti_grid_time_page (time)));
}

/* One bar shows beats; more show bar and beat, so that pages can be told apart. */
static void
label_of (const TuttiTransport *transport, gint64 tick, gint64 length, char *text, gsize size)
{
  gint64 beat = tutti_ticks_per_beat (transport->unit), bar = tutti_ticks_per_bar (transport->beats, transport->unit);
  int beats = (int) (tick % bar / beat) + 1;

  if (length > bar && (tick % bar == 0 || length > 4 * bar))
    g_snprintf (text, size, "%d.%d", (int) (tick / bar) + 1, beats);
  else
    g_snprintf (text, size, "%d", beats);
}

static void
draw_labels (TuttiRuler *self, GtkSnapshot *snapshot, const TuttiTransport *transport)
{
  const TuttiPalette *p = tutti_palette_get (GTK_WIDGET (self));
  const TuttiGridTime *time = tutti_step_grid_get_time (self->grid);
  gint64 end = time->first_tick + MIN (tutti_grid_time_page (time), tutti_step_grid_get_length (self->grid) - time->first_tick);
  gint64 beat = (gint64) time->beat_columns * TUTTI_GRID_COLUMN_TICKS;
  char text[16];

  for (gint64 tick = time->first_tick; tick < end; tick += TUTTI_GRID_COLUMN_TICKS)
    {
      if (tick % beat == 0)
        {
          label_of (transport, tick, tutti_step_grid_get_length (self->grid), text, sizeof text);
          tutti_draw_text (snapshot, GTK_WIDGET (self), text, 9.5f, PANGO_WEIGHT_HEAVY, x_of (self, tick), 1, 0, &p->fg);
        }
      else if (time->cell >= 40)
        tutti_draw_box (snapshot, (TuttiBox) { x_of (self, tick), 8, 2, 5 }, 1, &p->mark);
    }
}

/* The part of the page that repeats: everything when the loop is off, since a pattern always comes back. */
static void
draw_loop (TuttiRuler *self, GtkSnapshot *snapshot, const TuttiTransport *transport)
{
  const TuttiPalette *p = tutti_palette_get (GTK_WIDGET (self));
  const TuttiGridTime *time = tutti_step_grid_get_time (self->grid);
  gint64 from = time->first_tick, to = from + tutti_grid_time_page (time);
  GdkRGBA bar = tutti_rgba_fade (&p->accent, 0.65f);
  float left, right;

  if (!transport->loop || transport->loop_end <= from || transport->loop_start >= to)
    return;
  left = x_of (self, MAX (transport->loop_start, from));
  right = transport->loop_end >= to ? page_right (self)
                                    : (float) (x_of (self, from) + tutti_grid_time_width (time, from, transport->loop_end - from));
  tutti_draw_box (snapshot, (TuttiBox) { left, BAR_Y, right - left, 4 }, 2, &bar);
  if (transport->loop_start >= from)
    tutti_draw_box (snapshot, (TuttiBox) { left, BAR_Y - 3, 4, 10 }, 2, &p->accent);
  if (transport->loop_end <= to)
    tutti_draw_box (snapshot, (TuttiBox) { right - 4, BAR_Y - 3, 4, 10 }, 2, &p->accent);
}

static void
draw_flag (TuttiRuler *self, GtkSnapshot *snapshot)
{
  const TuttiPalette *p = tutti_palette_get (GTK_WIDGET (self));
  float x = self->flag_x;

  if (self->flag_x < 0)
    return;
  tutti_draw_flag (snapshot, x, 2, 16, gtk_widget_has_css_class (GTK_WIDGET (self), "only-mine") ? &p->mine : &p->playhead);
}

static void
tutti_ruler_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiRuler *self = TUTTI_RULER (widget);
  const TuttiJam *jam = tutti_session_get_jam (tutti_step_grid_get_session (self->grid));

  if (jam == NULL)
    return;
  draw_labels (self, snapshot, &jam->transport);
  draw_loop (self, snapshot, &jam->transport);
  draw_flag (self, snapshot);
}

static void
tutti_ruler_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                     int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 100;
}

void
tutti_ruler_refresh (TuttiRuler *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tutti_ruler_set_playhead (TuttiRuler *self, gint64 local_tick)
{
  const TuttiGridTime *time = tutti_step_grid_get_time (self->grid);
  gint64 end = time->first_tick + tutti_grid_time_page (time);
  int x = -1;

  if (local_tick >= time->first_tick && local_tick < end)
    {
      /* The flag stands over the middle of the sixteenth that sounds, as the cells below light up whole. */
      gint64 column = local_tick - tutti_floor_mod (local_tick, TUTTI_GRID_COLUMN_TICKS);
      x = (int) round (x_of (self, column) + time->cell / 2);
    }
  if (x == self->flag_x)
    return;
  self->flag_x = x;
  self->playhead = local_tick;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_released (GtkGestureClick *click, int n_press, double x, double y, TuttiRuler *self)
{
  TuttiSession *session = tutti_step_grid_get_session (self->grid);
  const TuttiGridTime *time = tutti_step_grid_get_time (self->grid);
  gint64 beat = (gint64) time->beat_columns * TUTTI_GRID_COLUMN_TICKS, tick;

  if (x < tutti_step_grid_get_left (self->grid))
    return;
  tick = tutti_grid_time_tick (time, x - tutti_step_grid_get_left (self->grid));
  tutti_ask (GTK_WIDGET (self), session, tutti_op_new (TUTTI_OP_SEEK, TUTTI_N (tick - tick % beat)));
}

static void
tutti_ruler_class_init (TuttiRulerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = tutti_ruler_snapshot;
  widget_class->measure = tutti_ruler_measure;
  gtk_widget_class_set_css_name (widget_class, "ruler");
}

static void
tutti_ruler_init (TuttiRuler *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->flag_x = -1;
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
}

GtkWidget *
tutti_ruler_new (TuttiStepGrid *grid)
{
  TuttiRuler *self = g_object_new (TUTTI_TYPE_RULER, NULL);

  self->grid = grid;
  return GTK_WIDGET (self);
}
