/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the pointer does in the grid (WINDOW.md §9). A stroke is shown while it lasts and becomes one
 * operation, one undo, when it ends. */
#include "tutti-ask.h"
#include "tutti-cell-news.h"
#include "tutti-step-grid.h"
#include "tutti-step-keys.h"
#include "tutti-step-menu.h"

#include <string.h>

#define VELOCITY_AFTER_PX 6
#define FULL_RANGE_PX 160.0
#define PAINT_EVERY_PX 8.0     /* less than the smallest cell */

typedef enum { STROKE_NONE, STROKE_PRESSED, STROKE_PAINT, STROKE_VELOCITY, STROKE_BOX, STROKE_LENGTH } StrokeKind;

typedef struct
{
  TuttiStepGrid *grid;         /* owner */
  StrokeKind     kind;
  TuttiStepRef   first;
  int            first_row;
  int            velocity;     /* painted, or being dragged */
  int            was;          /* velocity before the drag */
  GArray        *painted;      /* of TuttiStepRef */
  double         x, y;         /* where it began */
  double         at_x, at_y;   /* painted up to here */
  int            length;       /* being dragged */
} Input;

static const TuttiJam *
jam_of (Input *self)
{
  return tutti_session_get_jam (tutti_step_grid_get_session (self->grid));
}

static void
ask (Input *self, TuttiOp *op)
{
  if (op != NULL)
    tutti_ask (GTK_WIDGET (self->grid), tutti_step_grid_get_session (self->grid), op);
}

static void
begin_stroke (Input *self, StrokeKind kind)
{
  self->kind = kind;
  tutti_step_grid_set_held (self->grid, kind != STROKE_NONE);
}

/* Shows @velocity on a cell before anyone decided about it. */
static void
preview (Input *self, int row, int step, int velocity)
{
  TuttiCell *cell = tutti_step_row_get_cell (tutti_step_grid_get_row (self->grid, row), step);
  TuttiCellLook look;

  if (cell == NULL)
    return;
  look = *tutti_cell_get_look (cell);
  look.step.velocity = (guint8) velocity;
  look.flags &= ~TUTTI_CELL_CONTINUED;
  tutti_cell_set_look (cell, &look);
}

static void
paint (Input *self, int row, const TuttiStepRef *ref)
{
  for (guint i = 0; i < self->painted->len; i++)
    if (memcmp (&g_array_index (self->painted, TuttiStepRef, i), ref, sizeof *ref) == 0)
      return;
  g_array_append_val (self->painted, *ref);
  preview (self, row, ref->step, self->velocity);
}

static void
extend_selection (Input *self, int row, int step)
{
  int focus_row, focus_step;

  tutti_step_grid_get_focus_place (self->grid, &focus_row, &focus_step);
  for (int r = MIN (row, focus_row); r <= MAX (row, focus_row); r++)
    for (int s = MIN (step, focus_step); s <= MAX (step, focus_step); s++)
      if (s < tutti_step_row_get_length (tutti_step_grid_get_row (self->grid, r)))
        tutti_step_row_select (tutti_step_grid_get_row (self->grid, r), s, TRUE);
  g_signal_emit_by_name (self->grid, "selection-changed");
}

/* TRUE when the press only selects. */
static gboolean
press_selects (Input *self, GdkModifierType state, int row, int step)
{
  TuttiStepRow *widget = tutti_step_grid_get_row (self->grid, row);

  if (state & GDK_SHIFT_MASK)
    extend_selection (self, row, step);
  else if (state & GDK_CONTROL_MASK)
    {
      tutti_step_row_select (widget, step, !tutti_step_row_is_selected (widget, step));
      tutti_step_grid_focus_step (self->grid, row, step, TRUE);
    }
  else
    return FALSE;
  return TRUE;
}

static gboolean
press_on_handle (Input *self, double x, double y)
{
  int row = tutti_step_grid_row_at (self->grid, y);
  TuttiStepRow *widget = tutti_step_grid_get_row (self->grid, row);

  if (row < 0 || !tutti_step_row_on_handle (widget, x - tutti_step_grid_get_left (self->grid)))
    return FALSE;
  begin_stroke (self, STROKE_LENGTH);
  self->first_row = row;
  self->length = tutti_step_row_get_length (widget);
  return TRUE;
}

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, Input *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (drag));
  int row;

  begin_stroke (self, STROKE_NONE);
  self->x = self->at_x = x;
  self->y = self->at_y = y;
  g_array_set_size (self->painted, 0);
  if (tutti_cell_news_press (self->grid, x, y) || press_on_handle (self, x, y))
    return;
  if (!tutti_step_grid_ref_at (self->grid, x, y, &self->first, &row))
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  self->first_row = row;
  if (press_selects (self, state, row, self->first.step))
    return;
  if (tutti_step_grid_is_selecting (self->grid))
    tutti_step_grid_unselect_all (self->grid);
  begin_stroke (self, tutti_step_grid_is_selecting (self->grid) ? STROKE_BOX : STROKE_PRESSED);
  self->was = tutti_step_edit_look_up (jam_of (self), &self->first)->velocity;
  self->velocity = self->was > 0 ? 0 : TUTTI_STEP_NORMAL;
  tutti_step_grid_focus_step (self->grid, row, self->first.step, TRUE);
}

/* From where it was painted to last: motion comes once a frame, and a quick hand crosses several cells meanwhile. */
static void
paint_to (Input *self, double x, double y)
{
  int n = (int) (MAX (ABS (x - self->at_x), ABS (y - self->at_y)) / PAINT_EVERY_PX) + 1;

  for (int i = 1; i <= n; i++)
    {
      TuttiStepRef ref;
      int row;

      if (tutti_step_grid_ref_at (self->grid, self->at_x + (x - self->at_x) * i / n, self->at_y + (y - self->at_y) * i / n, &ref, &row))
        paint (self, row, &ref);
    }
  self->at_x = x;
  self->at_y = y;
}

static void
decide_stroke (Input *self, double dx, double dy)
{
  TuttiStepRef ref;
  int row;

  if (self->was > 0 && ABS (dy) > VELOCITY_AFTER_PX && ABS (dy) > ABS (dx))
    self->kind = STROKE_VELOCITY;
  else if (tutti_step_grid_ref_at (self->grid, self->x + dx, self->y + dy, &ref, &row) &&
           memcmp (&ref, &self->first, sizeof ref) != 0)
    {
      self->kind = STROKE_PAINT;
      paint (self, self->first_row, &self->first);
    }
}

static void
drag_length (Input *self, double x)
{
  TuttiStepRow *row = tutti_step_grid_get_row (self->grid, self->first_row);
  gint64 tick = tutti_grid_time_tick (tutti_step_grid_get_time (self->grid), x - tutti_step_grid_get_left (self->grid));
  int ticks = tutti_step_row_get_ticks_per_step (row);
  int length = (int) CLAMP ((tick + ticks / 2) / ticks, 1, TUTTI_STEPS_MAX);

  if (length == self->length)
    return;
  self->length = length;
  ask (self, tutti_op_new (TUTTI_OP_CLIP_LENGTH, tutti_step_row_get_clip (row), TUTTI_N (length)));
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, Input *self)
{
  TuttiStepRef ref;
  int row;

  if (self->kind == STROKE_PRESSED)
    decide_stroke (self, dx, dy);
  if (self->kind == STROKE_LENGTH)
    drag_length (self, self->x + dx);
  else if (self->kind == STROKE_VELOCITY)
    {
      self->velocity = CLAMP ((int) (self->was - dy * TUTTI_VELOCITY_MAX / FULL_RANGE_PX), 1, TUTTI_VELOCITY_MAX);
      preview (self, self->first_row, self->first.step, self->velocity);
    }
  else if (self->kind == STROKE_PAINT)
    paint_to (self, self->x + dx, self->y + dy);
  else if (self->kind == STROKE_BOX && tutti_step_grid_ref_at (self->grid, self->x + dx, self->y + dy, &ref, &row))
    extend_selection (self, row, ref.step);
}

static void
on_drag_end (GtkGestureDrag *drag, double dx, double dy, Input *self)
{
  TuttiSession *session = tutti_step_grid_get_session (self->grid);
  StrokeKind kind = self->kind;

  begin_stroke (self, STROKE_NONE);
  if (kind == STROKE_PRESSED || kind == STROKE_VELOCITY)
    {
      ask (self, tutti_step_edit_velocity (session, &self->first, 1, self->velocity));
      if (self->velocity > 0 && !tutti_session_get_jam (session)->transport.playing)
        tutti_session_audition_track (session, self->first.track,
                                      tutti_step_edit_look_up (jam_of (self), &self->first)->pitch, self->velocity);
    }
  else if (kind == STROKE_PAINT)
    ask (self, tutti_step_edit_velocity (session, (TuttiStepRef *) (void *) self->painted->data, self->painted->len, self->velocity));
}

static void
on_drag_cancel (GtkGesture *gesture, GdkEventSequence *sequence, Input *self)
{
  begin_stroke (self, STROKE_NONE);
  tutti_step_grid_refresh (self->grid, NULL);
}

static void
on_click (GtkGestureClick *click, int n_press, double x, double y, Input *self)
{
  TuttiStepRef ref;
  int row;

  if (n_press == 2 && tutti_step_grid_ref_at (self->grid, x, y, &ref, &row))
    g_signal_emit_by_name (self->grid, "edit-step");
}

/* What is selected stays when the menu is about it. */
static void
open_menu (Input *self, double x, double y)
{
  TuttiStepRef ref;
  int row;

  if (!tutti_step_grid_ref_at (self->grid, x, y, &ref, &row))
    return;
  if (!tutti_step_row_is_selected (tutti_step_grid_get_row (self->grid, row), ref.step))
    tutti_step_grid_unselect_all (self->grid);
  tutti_step_grid_focus_step (self->grid, row, ref.step, TRUE);
  tutti_step_menu_open (self->grid);
}

static void
on_menu (GtkGestureClick *click, int n_press, double x, double y, Input *self)
{
  open_menu (self, x, y);
}

static void
on_hold (GtkGestureLongPress *hold, double x, double y, Input *self)
{
  begin_stroke (self, STROKE_NONE);
  open_menu (self, x, y);
}

static gboolean
on_scroll (GtkEventControllerScroll *scroll, double dx, double dy, Input *self)
{
  if (!(gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll)) & GDK_ALT_MASK))
    return FALSE;
  return tutti_step_keys_press (self->grid, dy > 0 ? GDK_KEY_minus : GDK_KEY_plus, 0);
}

static void
input_free (Input *self)
{
  g_array_unref (self->painted);
  g_free (self);
}

void
tutti_step_input_attach (TuttiStepGrid *grid)
{
  Input *self = g_new0 (Input, 1);
  GtkGesture *drag = gtk_gesture_drag_new (), *click = gtk_gesture_click_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkGesture *menu = gtk_gesture_click_new (), *hold = gtk_gesture_long_press_new ();

  self->grid = grid;
  self->painted = g_array_new (FALSE, FALSE, sizeof (TuttiStepRef));
  g_object_set_data_full (G_OBJECT (grid), "tutti-step-input", self, (GDestroyNotify) input_free);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (on_drag_cancel), self);
  g_signal_connect (click, "pressed", G_CALLBACK (on_click), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  g_signal_connect (menu, "pressed", G_CALLBACK (on_menu), self);
  g_signal_connect (hold, "pressed", G_CALLBACK (on_hold), self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (hold), TRUE);
  gtk_gesture_group (click, drag);
  gtk_widget_add_controller (GTK_WIDGET (grid), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (grid), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (grid), scroll);
  gtk_widget_add_controller (GTK_WIDGET (grid), GTK_EVENT_CONTROLLER (menu));
  gtk_widget_add_controller (GTK_WIDGET (grid), GTK_EVENT_CONTROLLER (hold));
  tutti_step_keys_attach (grid);
}
