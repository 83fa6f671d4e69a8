/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What pointer and keyboard do in the grid (WINDOW.md §9, §10). A stroke is shown while it lasts and becomes one
 * operation, one undo, when it ends. */
#include "tutti-ask.h"
#include "tutti-cell-news.h"
#include "tutti-settings.h"
#include "tutti-step-grid.h"

#include <string.h>

#define VELOCITY_AFTER_PX 6
#define FULL_RANGE_PX 160.0

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
  self->kind = STROKE_LENGTH;
  self->first_row = row;
  self->length = tutti_step_row_get_length (widget);
  return TRUE;
}

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, Input *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (drag));
  int row;

  self->kind = STROKE_NONE;
  self->x = x;
  self->y = y;
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
  self->kind = tutti_step_grid_is_selecting (self->grid) ? STROKE_BOX : STROKE_PRESSED;
  self->was = tutti_step_edit_look_up (jam_of (self), &self->first)->velocity;
  self->velocity = self->was > 0 ? 0 : TUTTI_STEP_NORMAL;
  tutti_step_grid_focus_step (self->grid, row, self->first.step, TRUE);
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
  else if (self->kind == STROKE_PAINT && tutti_step_grid_ref_at (self->grid, self->x + dx, self->y + dy, &ref, &row))
    paint (self, row, &ref);
  else if (self->kind == STROKE_BOX && tutti_step_grid_ref_at (self->grid, self->x + dx, self->y + dy, &ref, &row))
    extend_selection (self, row, ref.step);
}

static void
on_drag_end (GtkGestureDrag *drag, double dx, double dy, Input *self)
{
  TuttiSession *session = tutti_step_grid_get_session (self->grid);
  StrokeKind kind = self->kind;

  self->kind = STROKE_NONE;
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
  self->kind = STROKE_NONE;
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

static void
change_velocity (const TuttiStep *step, int amount, int *a, int *b)
{
  *a = CLAMP (step->velocity + amount, 1, TUTTI_VELOCITY_MAX);
}

static gboolean
on_scroll (GtkEventControllerScroll *scroll, double dx, double dy, Input *self)
{
  g_autoptr(GArray) refs = NULL;

  if (!(gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll)) & GDK_ALT_MASK))
    return FALSE;
  refs = tutti_step_grid_dup_selection (self->grid);
  ask (self, tutti_step_edit_change (jam_of (self), (TuttiStepRef *) (void *) refs->data, refs->len, TUTTI_OP_STEP,
                                     change_velocity, dy > 0 ? -5 : 5));
  return TRUE;
}

/* ---------------------------------------------------------------- keys */

static void
change_chance (const TuttiStep *step, int amount, int *a, int *b)
{
  *a = CLAMP (step->chance + amount, 0, 100);
}

static void
change_micro (const TuttiStep *step, int amount, int *a, int *b)
{
  *a = CLAMP (step->micro_ticks + amount, -480, 480);
}

static void
change_pitch (const TuttiStep *step, int amount, int *a, int *b)
{
  *a = CLAMP (step->pitch + amount, TUTTI_PITCH_MIN, TUTTI_PITCH_MAX);
}

static void
set_ratchet (const TuttiStep *step, int amount, int *a, int *b)
{
  *a = amount;
  *b = step->ratchet_shape;
}

static void
change_selected (Input *self, TuttiOpKind kind, TuttiStepChange change, int amount)
{
  g_autoptr(GArray) refs = tutti_step_grid_dup_selection (self->grid);

  ask (self, tutti_step_edit_change (jam_of (self), (TuttiStepRef *) (void *) refs->data, refs->len, kind, change, amount));
}

static void
toggle_selected (Input *self)
{
  g_autoptr(GArray) refs = tutti_step_grid_dup_selection (self->grid);
  TuttiStepRef *first = (TuttiStepRef *) (void *) refs->data;

  if (refs->len == 0)
    return;
  ask (self, tutti_step_edit_velocity (tutti_step_grid_get_session (self->grid), first, refs->len,
                                       tutti_step_edit_look_up (jam_of (self), first)->velocity > 0 ? 0 : TUTTI_STEP_NORMAL));
}

/* Shift+Del forgets the locks too; they are kept otherwise, as everything else of a step that is only off. */
static void
clear_selected (Input *self, gboolean locks_too)
{
  g_autoptr(GArray) refs = tutti_step_grid_dup_selection (self->grid);
  TuttiOp *group = tutti_op_group_new ();

  for (guint i = 0; i < refs->len; i++)
    {
      const TuttiStepRef *ref = &g_array_index (refs, TuttiStepRef, i);
      if (tutti_id_is_none (ref->clip))
        continue;
      if (locks_too)
        tutti_op_group_add (group, tutti_step_edit_replace (ref->clip, ref->step, &tutti_step_initial, 1));
      else
        tutti_op_group_add (group, tutti_op_new (TUTTI_OP_STEP, ref->clip, TUTTI_N (ref->step), TUTTI_N (0)));
    }
  if (group->arg[0].ops->len > 0)
    ask (self, group);
  else
    tutti_op_free (group);
}

static void
tie_focused (Input *self)
{
  TuttiStepRef ref;

  if (!tutti_step_grid_get_focus (self->grid, &ref) || ref.step + 1 >= TUTTI_STEPS_MAX || tutti_id_is_none (ref.clip))
    return;
  ref.step++;
  ask (self, tutti_step_edit_set (&ref, 1, TUTTI_OP_STEP_TIE, !tutti_step_edit_look_up (jam_of (self), &ref)->tie, 0));
}

static void
move_focus (Input *self, int rows, int steps, gboolean extend)
{
  int row, step;

  tutti_step_grid_get_focus_place (self->grid, &row, &step);
  if (extend)
    tutti_step_row_select (tutti_step_grid_get_row (self->grid, row), step, TRUE);
  else
    tutti_step_grid_unselect_all (self->grid);
  row = CLAMP (row + rows, 0, tutti_step_grid_get_n_rows (self->grid) - 1);
  step = CLAMP (step + steps, 0, tutti_step_row_get_length (tutti_step_grid_get_row (self->grid, row)) - 1);
  if (extend)
    tutti_step_row_select (tutti_step_grid_get_row (self->grid, row), step, TRUE);
  tutti_step_grid_focus_step (self->grid, row, step, TRUE);
}

static gboolean
arrow_key (Input *self, guint key, GdkModifierType state)
{
  int across = key == GDK_KEY_Right ? 1 : key == GDK_KEY_Left ? -1 : 0;
  int down = key == GDK_KEY_Down ? 1 : key == GDK_KEY_Up ? -1 : 0;
  gboolean shift = (state & GDK_SHIFT_MASK) != 0;

  if (across == 0 && down == 0)
    return FALSE;
  if (state & GDK_ALT_MASK && across != 0)
    change_selected (self, TUTTI_OP_STEP_MICRO, change_micro, across * 10);
  else if (state & GDK_ALT_MASK)
    change_selected (self, TUTTI_OP_STEP_PITCH, change_pitch, -down * (shift ? 12 : 1));
  else if (state & GDK_CONTROL_MASK && shift && down != 0)
    change_selected (self, TUTTI_OP_STEP_CHANCE, change_chance, -down * 10);
  else if (state & GDK_CONTROL_MASK)
    return FALSE;
  else
    move_focus (self, down, across, shift);
  return TRUE;
}

static gboolean
jump_key (Input *self, guint key)
{
  int page = tutti_step_grid_get_page (self->grid), row, step;

  tutti_step_grid_get_focus_place (self->grid, &row, &step);
  if (key == GDK_KEY_Home)
    tutti_step_grid_focus_step (self->grid, row, 0, TRUE);
  else if (key == GDK_KEY_End)
    tutti_step_grid_focus_step (self->grid, row, TUTTI_STEPS_MAX, TRUE);
  else if (key == GDK_KEY_Page_Up)
    tutti_step_grid_set_page (self->grid, page - 1);
  else if (key == GDK_KEY_Page_Down)
    tutti_step_grid_set_page (self->grid, page + 1);
  else
    return FALSE;
  return TRUE;
}

static gboolean
edit_key (Input *self, guint key, GdkModifierType state)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0;

  switch (key)
    {
    case GDK_KEY_Return: case GDK_KEY_KP_Enter:
      if (tutti_settings_get_space_toggles ())
        return FALSE;
      toggle_selected (self);
      return TRUE;
    case GDK_KEY_space:
      if (!tutti_settings_get_space_toggles () || state & GDK_SHIFT_MASK)
        return FALSE;
      toggle_selected (self);
      return TRUE;
    case GDK_KEY_Delete:
      clear_selected (self, (state & GDK_SHIFT_MASK) != 0);
      return TRUE;
    case GDK_KEY_plus: case GDK_KEY_KP_Add: case GDK_KEY_minus: case GDK_KEY_KP_Subtract:
      change_selected (self, TUTTI_OP_STEP, change_velocity, key == GDK_KEY_plus || key == GDK_KEY_KP_Add ? 5 : -5);
      return TRUE;
    case GDK_KEY_j:
      if (!control)
        tie_focused (self);
      return !control;
    case GDK_KEY_Escape:
      tutti_step_grid_unselect_all (self->grid);
      return TRUE;
    default:
      if (!control || key < GDK_KEY_1 || key > GDK_KEY_8)
        return FALSE;
      change_selected (self, TUTTI_OP_STEP_RATCHET, set_ratchet, (int) (key - GDK_KEY_1 + 1));
      return TRUE;
    }
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, Input *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self->grid)));

  if (tutti_step_grid_get_n_rows (self->grid) == 0 || focus == NULL || !TUTTI_IS_CELL (focus))
    return FALSE;
  return arrow_key (self, key, state) || (!(state & GDK_CONTROL_MASK) && jump_key (self, key)) || edit_key (self, key, state);
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
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->grid = grid;
  self->painted = g_array_new (FALSE, FALSE, sizeof (TuttiStepRef));
  g_object_set_data_full (G_OBJECT (grid), "tutti-step-input", self, (GDestroyNotify) input_free);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (on_drag_cancel), self);
  g_signal_connect (click, "pressed", G_CALLBACK (on_click), self);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_gesture_group (click, drag);
  gtk_widget_add_controller (GTK_WIDGET (grid), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (grid), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (grid), scroll);
  gtk_widget_add_controller (GTK_WIDGET (grid), keys);
}
