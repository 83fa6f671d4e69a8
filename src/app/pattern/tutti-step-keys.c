/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the keyboard does in the grid (WINDOW.md §10). */
#include "tutti-step-keys.h"

#include "tutti-ask.h"
#include "tutti-settings.h"
#include "tutti-step-clipboard.h"
#include "tutti-step-menu.h"
#include "tutti-step-text.h"
#include "tutti-track-head.h"

static const TuttiJam *
jam_of (TuttiStepGrid *grid)
{
  return tutti_session_get_jam (tutti_step_grid_get_session (grid));
}

static void
ask (TuttiStepGrid *grid, TuttiOp *op)
{
  if (op != NULL)
    tutti_ask (GTK_WIDGET (grid), tutti_step_grid_get_session (grid), op);
}

static void
change_velocity (const TuttiStep *step, int amount, int *a, int *b)
{
  *a = CLAMP (step->velocity + amount, 1, TUTTI_VELOCITY_MAX);
}

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
change_selected (TuttiStepGrid *grid, TuttiOpKind kind, TuttiStepChange change, int amount)
{
  g_autoptr(GArray) refs = tutti_step_grid_dup_selection (grid);

  ask (grid, tutti_step_edit_change (jam_of (grid), (TuttiStepRef *) (void *) refs->data, refs->len, kind, change, amount));
}

static void
toggle_selected (TuttiStepGrid *grid)
{
  g_autoptr(GArray) refs = tutti_step_grid_dup_selection (grid);
  TuttiStepRef *first = (TuttiStepRef *) (void *) refs->data;

  if (refs->len == 0)
    return;
  ask (grid, tutti_step_edit_velocity (tutti_step_grid_get_session (grid), first, refs->len,
                                       tutti_step_edit_look_up (jam_of (grid), first)->velocity > 0 ? 0 : TUTTI_STEP_NORMAL));
}

/* Shift+Del forgets the locks too; they are kept otherwise, as everything else of a step that is only off. */
static void
clear_selected (TuttiStepGrid *grid, gboolean locks_too)
{
  g_autoptr(GArray) refs = tutti_step_grid_dup_selection (grid);
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
    ask (grid, group);
  else
    tutti_op_free (group);
}

static void
tie_focused (TuttiStepGrid *grid)
{
  TuttiStepRef ref;

  if (!tutti_step_grid_get_focus (grid, &ref) || ref.step + 1 >= TUTTI_STEPS_MAX || tutti_id_is_none (ref.clip))
    return;
  ref.step++;
  ask (grid, tutti_step_edit_set (&ref, 1, TUTTI_OP_STEP_TIE, !tutti_step_edit_look_up (jam_of (grid), &ref)->tie, 0));
}

static void
move_focus (TuttiStepGrid *grid, int rows, int steps, gboolean extend)
{
  int row, step;

  tutti_step_grid_get_focus_place (grid, &row, &step);
  if (extend)
    tutti_step_row_select (tutti_step_grid_get_row (grid, row), step, TRUE);
  else
    tutti_step_grid_unselect_all (grid);
  row = CLAMP (row + rows, 0, tutti_step_grid_get_n_rows (grid) - 1);
  step = CLAMP (step + steps, 0, tutti_step_row_get_length (tutti_step_grid_get_row (grid, row)) - 1);
  if (extend)
    tutti_step_row_select (tutti_step_grid_get_row (grid, row), step, TRUE);
  tutti_step_grid_focus_step (grid, row, step, TRUE);
}

/* Left of its first step is a track's head. */
static gboolean
to_head (TuttiStepGrid *grid, int across)
{
  int row, step;

  tutti_step_grid_get_focus_place (grid, &row, &step);
  return across < 0 && step == 0 && tutti_step_grid_focus_head (grid, row);
}

static gboolean
arrow_key (TuttiStepGrid *grid, guint key, GdkModifierType state)
{
  int across = key == GDK_KEY_Right ? 1 : key == GDK_KEY_Left ? -1 : 0;
  int down = key == GDK_KEY_Down ? 1 : key == GDK_KEY_Up ? -1 : 0;
  gboolean shift = (state & GDK_SHIFT_MASK) != 0;

  if (across == 0 && down == 0)
    return FALSE;
  if (state & GDK_ALT_MASK && across != 0)
    change_selected (grid, TUTTI_OP_STEP_MICRO, change_micro, across * 10);
  else if (state & GDK_ALT_MASK)
    change_selected (grid, TUTTI_OP_STEP_PITCH, change_pitch, -down * (shift ? 12 : 1));
  else if (state & GDK_CONTROL_MASK && shift && down != 0)
    change_selected (grid, TUTTI_OP_STEP_CHANCE, change_chance, -down * 10);
  else if (state & GDK_CONTROL_MASK)
    return FALSE;
  else if (shift || !to_head (grid, across))
    move_focus (grid, down, across, shift);
  return TRUE;
}

/* As many steps as the page is long: the focus turns the page with it. */
static int
steps_a_page (TuttiStepGrid *grid, int row)
{
  return (int) (tutti_grid_time_page (tutti_step_grid_get_time (grid)) /
                tutti_step_row_get_ticks_per_step (tutti_step_grid_get_row (grid, row)));
}

/* A row that ends before the other page keeps its focus; the page turns without it. */
static void
turn_page (TuttiStepGrid *grid, int row, int step, int by)
{
  int to = step + by * steps_a_page (grid, row), page = tutti_step_grid_get_page (grid);

  if (to >= 0 && to < tutti_step_row_get_length (tutti_step_grid_get_row (grid, row)))
    tutti_step_grid_focus_step (grid, row, to, TRUE);
  else
    tutti_step_grid_set_page (grid, page + by);
}

static gboolean
jump_key (TuttiStepGrid *grid, guint key)
{
  int row, step;

  tutti_step_grid_get_focus_place (grid, &row, &step);
  if (key == GDK_KEY_Home)
    tutti_step_grid_focus_step (grid, row, 0, TRUE);
  else if (key == GDK_KEY_End)
    tutti_step_grid_focus_step (grid, row, TUTTI_STEPS_MAX, TRUE);
  else if (key == GDK_KEY_Page_Up)
    turn_page (grid, row, step, -1);
  else if (key == GDK_KEY_Page_Down)
    turn_page (grid, row, step, 1);
  else
    return FALSE;
  return TRUE;
}

static gboolean
control_key (TuttiStepGrid *grid, guint key, gboolean shift)
{
  if (gdk_keyval_to_lower (key) == GDK_KEY_v && shift)
    tutti_step_text_paste (grid);
  else if (key >= GDK_KEY_1 && key <= GDK_KEY_8)
    change_selected (grid, TUTTI_OP_STEP_RATCHET, set_ratchet, (int) (key - GDK_KEY_1 + 1));
  else
    return !shift && tutti_step_clipboard_key (grid, key);
  return TRUE;
}

static gboolean
edit_key (TuttiStepGrid *grid, guint key, GdkModifierType state)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0;

  switch (key)
    {
    case GDK_KEY_Return: case GDK_KEY_KP_Enter:
      if (tutti_settings_get_space_toggles ())
        return FALSE;
      toggle_selected (grid);
      return TRUE;
    case GDK_KEY_space:
      if (!tutti_settings_get_space_toggles () || state & GDK_SHIFT_MASK)
        return FALSE;
      toggle_selected (grid);
      return TRUE;
    case GDK_KEY_Delete:
      clear_selected (grid, (state & GDK_SHIFT_MASK) != 0);
      return TRUE;
    case GDK_KEY_plus: case GDK_KEY_KP_Add: case GDK_KEY_minus: case GDK_KEY_KP_Subtract:
      change_selected (grid, TUTTI_OP_STEP, change_velocity, key == GDK_KEY_plus || key == GDK_KEY_KP_Add ? 5 : -5);
      return TRUE;
    case GDK_KEY_j:
      if (!control)
        tie_focused (grid);
      return !control;
    case GDK_KEY_Escape:
      /* With nothing to take back it means the next thing: see the keys of the page. */
      if (!tutti_step_grid_has_selection (grid))
        return FALSE;
      tutti_step_grid_unselect_all (grid);
      return TRUE;
    case GDK_KEY_Menu:
      tutti_step_menu_open (grid);
      return TRUE;
    case GDK_KEY_F10:
      if (state & GDK_SHIFT_MASK)
        tutti_step_menu_open (grid);
      return (state & GDK_SHIFT_MASK) != 0;
    default:
      return control && control_key (grid, key, (state & GDK_SHIFT_MASK) != 0);
    }
}

/* ---- on a head ---- */

static void
change_length (TuttiStepGrid *grid, int by)
{
  int row, step;

  tutti_step_grid_get_focus_place (grid, &row, &step);
  TuttiStepRow *widget = tutti_step_grid_get_row (grid, row);
  int length = CLAMP (tutti_step_row_get_length (widget) + by, 1, TUTTI_STEPS_MAX);

  if (!tutti_id_is_none (tutti_step_row_get_clip (widget)) && length != tutti_step_row_get_length (widget))
    ask (grid, tutti_op_new (TUTTI_OP_CLIP_LENGTH, tutti_step_row_get_clip (widget), TUTTI_N (length)));
}

static gboolean
head_key (TuttiStepGrid *grid, TuttiTrackHead *head, guint key, GdkModifierType state)
{
  int across = key == GDK_KEY_Right ? 1 : key == GDK_KEY_Left ? -1 : 0, row, step;

  tutti_step_grid_get_focus_place (grid, &row, &step);
  if (across != 0 && state & GDK_ALT_MASK)
    change_length (grid, across);
  else if (across > 0)
    tutti_step_grid_focus_step (grid, row, 0, TRUE);
  else if (key == GDK_KEY_Up || key == GDK_KEY_Down)
    tutti_step_grid_focus_head (grid, row + (key == GDK_KEY_Down ? 1 : -1));
  else if (key == GDK_KEY_Return)
    g_signal_emit_by_name (head, "chosen");
  else if (key == GDK_KEY_Menu || (key == GDK_KEY_F10 && state & GDK_SHIFT_MASK))
    g_signal_emit_by_name (head, "menu", 16.0, 32.0);
  else
    return FALSE;
  return TRUE;
}

/* ---- all of it ---- */

gboolean
tutti_step_keys_press (TuttiStepGrid *grid, guint key, GdkModifierType state)
{
  return arrow_key (grid, key, state) || (!(state & GDK_CONTROL_MASK) && jump_key (grid, key)) || edit_key (grid, key, state);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, TuttiStepGrid *grid)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (grid)));

  if (tutti_step_grid_get_n_rows (grid) == 0 || focus == NULL)
    return FALSE;
  if (TUTTI_IS_TRACK_HEAD (focus))
    return head_key (grid, TUTTI_TRACK_HEAD (focus), key, state);
  return TUTTI_IS_CELL (focus) && tutti_step_keys_press (grid, key, state);
}

void
tutti_step_keys_attach (TuttiStepGrid *grid)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), grid);
  gtk_widget_add_controller (GTK_WIDGET (grid), keys);
}
