/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-step-clipboard.h"

#include "tutti-ask.h"
#include "tutti-pattern.h"

#define KEY "tutti-step-clipboard"

/* The selected part of one row, from its first selected step to its last. */
typedef struct
{
  int   row, first, n;
  char *text;                  /* owned; as compose writes steps, NULL until copied */
} Piece;

static void
clear_piece (gpointer data)
{
  g_free (((Piece *) data)->text);
}

static GArray *
new_pieces (void)
{
  GArray *pieces = g_array_new (FALSE, TRUE, sizeof (Piece));

  g_array_set_clear_func (pieces, clear_piece);
  return pieces;
}

static const TuttiClip *
clip_of (TuttiStepGrid *grid, int row)
{
  TuttiStepRow *widget = tutti_step_grid_get_row (grid, row);

  return widget != NULL ? tutti_jam_clip (tutti_session_get_jam (tutti_step_grid_get_session (grid)),
                                          tutti_step_row_get_clip (widget), NULL) : NULL;
}

/* What is selected, else the focused step. (transfer full) (element-type Piece) */
static GArray *
find_pieces (TuttiStepGrid *grid)
{
  GArray *pieces = new_pieces ();
  int focus_row, focus_step;

  for (int r = 0; r < tutti_step_grid_get_n_rows (grid); r++)
    {
      TuttiStepRow *row = tutti_step_grid_get_row (grid, r);
      Piece piece = { r, -1, 0, NULL };

      for (int s = 0; s < tutti_step_row_get_length (row); s++)
        if (tutti_step_row_is_selected (row, s))
          {
            piece.first = piece.first < 0 ? s : piece.first;
            piece.n = s - piece.first + 1;
          }
      if (piece.n > 0)
        g_array_append_val (pieces, piece);
    }
  tutti_step_grid_get_focus_place (grid, &focus_row, &focus_step);
  if (pieces->len == 0)
    g_array_append_val (pieces, ((Piece) { focus_row, focus_step, 1, NULL }));
  return pieces;
}

static GArray *
copy (TuttiStepGrid *grid)
{
  GArray *pieces = find_pieces (grid);

  for (guint i = pieces->len; i-- > 0;)
    {
      Piece *piece = &g_array_index (pieces, Piece, i);
      const TuttiClip *clip = clip_of (grid, piece->row);

      /* A track without a clip here has nothing to copy. */
      if (clip != NULL)
        piece->text = tutti_pattern_copy (clip, (guint) piece->first, (guint) piece->n);
      else
        g_array_remove_index (pieces, i);
    }
  return pieces;
}

static void
ask (TuttiStepGrid *grid, TuttiOp *group)
{
  if (group->arg[0].ops->len > 0)
    tutti_ask (GTK_WIDGET (grid), tutti_step_grid_get_session (grid), group);
  else
    tutti_op_free (group);
}

/* @pieces, moved by @rows and @steps, as one edit. */
static void
paste (TuttiStepGrid *grid, const GArray *pieces, int rows, int steps)
{
  TuttiOp *group = tutti_op_group_new ();

  for (guint i = 0; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);
      const TuttiClip *clip = clip_of (grid, piece->row + rows);

      if (clip != NULL && piece->first + steps < clip->length)
        tutti_step_edit_add (group, tutti_pattern_paste (clip, (guint) (piece->first + steps), piece->text, -1, NULL));
    }
  ask (grid, group);
}

static void
keep (TuttiStepGrid *grid, GArray *pieces)
{
  g_object_set_data_full (G_OBJECT (grid), KEY, pieces, (GDestroyNotify) g_array_unref);
}

static void
cut (TuttiStepGrid *grid)
{
  GArray *pieces = copy (grid);
  TuttiOp *group = tutti_op_group_new ();

  for (guint i = 0; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);

      tutti_step_edit_add (group, tutti_pattern_clear (clip_of (grid, piece->row), (guint) piece->first, (guint) piece->n));
    }
  keep (grid, pieces);
  ask (grid, group);
}

/* The upper left corner of what was copied comes to the focused step. */
static void
paste_here (TuttiStepGrid *grid)
{
  const GArray *pieces = g_object_get_data (G_OBJECT (grid), KEY);
  int row, step, first = TUTTI_STEPS_MAX;

  if (pieces == NULL || pieces->len == 0)
    return;
  tutti_step_grid_get_focus_place (grid, &row, &step);
  for (guint i = 0; i < pieces->len; i++)
    first = MIN (first, g_array_index (pieces, Piece, i).first);
  paste (grid, pieces, row - g_array_index (pieces, Piece, 0).row, step - first);
}

/* Once more right behind itself, and that is selected then: again and again makes a row of them. */
static void
duplicate (TuttiStepGrid *grid)
{
  g_autoptr(GArray) pieces = copy (grid);
  int by = 0;

  for (guint i = 0; i < pieces->len; i++)
    by = MAX (by, g_array_index (pieces, Piece, i).n);
  paste (grid, pieces, 0, by);
  tutti_step_grid_unselect_all (grid);
  for (guint i = 0; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);
      TuttiStepRow *row = tutti_step_grid_get_row (grid, piece->row);

      for (int s = piece->first + by; s < MIN (piece->first + by + piece->n, tutti_step_row_get_length (row)); s++)
        tutti_step_row_select (row, s, TRUE);
    }
  g_signal_emit_by_name (grid, "selection-changed");
}

static void
select_all (TuttiStepGrid *grid)
{
  for (int r = 0; r < tutti_step_grid_get_n_rows (grid); r++)
    for (int s = 0; s < tutti_step_row_get_length (tutti_step_grid_get_row (grid, r)); s++)
      tutti_step_row_select (tutti_step_grid_get_row (grid, r), s, TRUE);
  g_signal_emit_by_name (grid, "selection-changed");
}

gboolean
tutti_step_clipboard_key (TuttiStepGrid *grid, guint key)
{
  switch (key)
    {
    case GDK_KEY_c:
      keep (grid, copy (grid));
      return TRUE;
    case GDK_KEY_x:
      cut (grid);
      return TRUE;
    case GDK_KEY_v:
      paste_here (grid);
      return TRUE;
    case GDK_KEY_d:
      duplicate (grid);
      return TRUE;
    case GDK_KEY_a:
      select_all (grid);
      return TRUE;
    default:
      return FALSE;
    }
}
