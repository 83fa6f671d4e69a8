/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The grid's focus and selection, and turning to what has them. */
#include "tutti-step-grid-private.h"

#include "tutti-track-head.h"

TuttiStepRef
tutti_step_grid_ref (TuttiStepGrid *self, int row, int step)
{
  TuttiStepRow *widget = tutti_step_grid_get_row (self, row);

  return (TuttiStepRef) { tutti_step_row_get_track (widget), self->scene, tutti_step_row_get_clip (widget), step };
}

gboolean
tutti_step_grid_get_focus (TuttiStepGrid *self, TuttiStepRef *ref)
{
  TuttiStepRow *row = tutti_step_grid_get_row (self, self->focus_row);

  if (row == NULL)
    return FALSE;
  *ref = tutti_step_grid_ref (self, self->focus_row, CLAMP (self->focus_step, 0, tutti_step_row_get_length (row) - 1));
  return TRUE;
}

void
tutti_step_grid_get_focus_place (TuttiStepGrid *self, int *row, int *step)
{
  *row = self->focus_row;
  *step = self->focus_step;
}

GArray *
tutti_step_grid_dup_selection (TuttiStepGrid *self)
{
  GArray *refs = g_array_new (FALSE, FALSE, sizeof (TuttiStepRef));
  TuttiStepRef focus;

  for (int r = 0; r < (int) self->rows->len; r++)
    for (int s = 0; s < tutti_step_row_get_length (tutti_step_grid_get_row (self, r)); s++)
      if (tutti_step_row_is_selected (tutti_step_grid_get_row (self, r), s))
        {
          TuttiStepRef ref = tutti_step_grid_ref (self, r, s);
          g_array_append_val (refs, ref);
        }
  if (refs->len == 0 && tutti_step_grid_get_focus (self, &focus))
    g_array_append_val (refs, focus);
  return refs;
}

GArray *
tutti_step_grid_dup_selection_of (TuttiStepGrid *self, TuttiId track)
{
  GArray *refs = tutti_step_grid_dup_selection (self);

  for (guint i = refs->len; i-- > 0; )
    {
      const TuttiStepRef *ref = &g_array_index (refs, TuttiStepRef, i);

      if (tutti_id_is_none (track) || !tutti_id_equal (ref->track, track) || tutti_id_is_none (ref->clip))
        g_array_remove_index (refs, i);
    }
  return refs;
}

static guint
count_selected (TuttiStepGrid *self)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += tutti_step_row_count_selected (g_ptr_array_index (self->rows, i));
  return n;
}

gboolean
tutti_step_grid_has_selection (TuttiStepGrid *self)
{
  return count_selected (self) > 0;
}

guint
tutti_step_grid_count_selected (TuttiStepGrid *self)
{
  return MAX (count_selected (self), self->rows->len > 0);
}

void
tutti_step_grid_unselect_all (TuttiStepGrid *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    tutti_step_row_unselect_all (g_ptr_array_index (self->rows, i));
  g_signal_emit_by_name (self, "selection-changed");
}

void
tutti_step_grid_set_selecting (TuttiStepGrid *self, gboolean selecting)
{
  self->selecting = selecting;
}

gboolean
tutti_step_grid_is_selecting (TuttiStepGrid *self)
{
  return self->selecting;
}

TuttiId
tutti_step_grid_get_track (TuttiStepGrid *self)
{
  TuttiStepRow *row = tutti_step_grid_get_row (self, self->focus_row);

  return row != NULL ? tutti_step_row_get_track (row) : tutti_id (0, 0);
}

void
tutti_step_grid_focus_step (TuttiStepGrid *self, int row, int step, gboolean grab)
{
  TuttiStepRow *widget;
  TuttiCell *cell;
  int old = self->focus_row;

  self->focus_row = CLAMP (row, 0, MAX ((int) self->rows->len - 1, 0));
  widget = tutti_step_grid_get_row (self, self->focus_row);
  if (widget == NULL)
    return;
  self->focus_step = CLAMP (step, 0, tutti_step_row_get_length (widget) - 1);
  if (grab)
    tutti_step_grid_show_step (self, self->focus_row, self->focus_step);
  cell = tutti_step_row_get_cell (widget, self->focus_step);
  if (grab && cell != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (cell));
  if (old != self->focus_row)
    tutti_step_grid_show_heads (self);
  g_signal_emit_by_name (self, "selection-changed");
}

void
tutti_step_grid_show_step (TuttiStepGrid *self, int row, int step)
{
  TuttiStepRow *widget = tutti_step_grid_get_row (self, row);

  if (widget != NULL)
    tutti_step_grid_set_page (self, (int) ((gint64) step * tutti_step_row_get_ticks_per_step (widget) /
                                           tutti_grid_time_page (&self->time)));
}

gboolean
tutti_step_grid_focus_head (TuttiStepGrid *self, int row)
{
  if (row < 0 || row >= (int) self->heads->len)
    return FALSE;
  tutti_step_grid_focus_step (self, row, self->focus_step, FALSE);
  return gtk_widget_grab_focus (g_ptr_array_index (self->heads, row));
}

/* Two Tab stops: the head of the focused track and its focused step; then out again. */
gboolean
tutti_step_grid_focus (GtkWidget *widget, GtkDirectionType direction)
{
  TuttiStepGrid *self = TUTTI_STEP_GRID (widget);
  GtkWidget *inside = gtk_widget_get_focus_child (widget);
  gboolean back = direction == GTK_DIR_TAB_BACKWARD, on_head = inside != NULL && TUTTI_IS_TRACK_HEAD (inside);

  if (inside == NULL ? !back : back && !on_head)
    return tutti_step_grid_focus_head (self, self->focus_row);
  if (inside != NULL && (back || !on_head))
    return FALSE;
  tutti_step_grid_focus_step (self, self->focus_row, self->focus_step, TRUE);
  return gtk_widget_get_focus_child (widget) != NULL;
}
