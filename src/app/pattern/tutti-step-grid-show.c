/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the grid shows of the document: everything, or the rows that an operation touched; what is only tried; what sounds. */
#include "tutti-step-grid-private.h"

#include "tutti-in-view.h"
#include "tutti-track-head.h"

static const TuttiClip *
clip_of (TuttiStepGrid *self, const TuttiTrack *track)
{
  return tutti_track_clip_at (track, self->scene);
}

static gint64
find_length (TuttiStepGrid *self, const TuttiJam *jam)
{
  gint64 length = TUTTI_ROW_NEW_LENGTH * TUTTI_ROW_NEW_TICKS;

  for (guint i = 0; jam != NULL && i < jam->n_tracks; i++)
    {
      const TuttiClip *clip = clip_of (self, jam->tracks[i]);
      if (clip != NULL)
        length = MAX (length, (gint64) clip->length * clip->ticks_per_step);
    }
  return length;
}

static void
show_head (TuttiStepGrid *self, const TuttiJam *jam, guint i)
{
  tutti_track_head_show (g_ptr_array_index (self->heads, i), jam, jam->tracks[i], clip_of (self, jam->tracks[i]),
                         (int) i == self->focus_row, self->compact);
}

void
tutti_step_grid_show_heads (TuttiStepGrid *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);

  for (guint i = 0; jam != NULL && i < MIN (self->heads->len, jam->n_tracks); i++)
    show_head (self, jam, i);
}

static void
show_cells (TuttiStepGrid *self, const TuttiJam *jam, guint i)
{
  const TuttiTrack *track = jam->tracks[i];
  gboolean tried = self->preview != NULL && tutti_track_clip (track, self->preview->id) != NULL;
  const TuttiClip *clip = tried ? self->preview : clip_of (self, track);
  TuttiRowView view = { jam, track, clip, self->time, self->marks, self->length };

  tutti_step_row_show (g_ptr_array_index (self->rows, i), &view);
  if (clip != NULL)
    tutti_cell_marks_shown (self->marks, clip->id);
}

static void
show_row (TuttiStepGrid *self, const TuttiJam *jam, guint i)
{
  show_head (self, jam, i);
  show_cells (self, jam, i);
}

/* The clip lives as long as the document it was tried on. */
void
tutti_step_grid_preview (TuttiStepGrid *self, const TuttiOp *op)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  TuttiStamp stamp = { 0, 0, tutti_session_get_frame (self->session) };

  self->preview = NULL;
  g_clear_pointer (&self->tried, tutti_jam_free);
  if (jam != NULL && op != NULL)
    {
      self->tried = tutti_jam_copy (jam);
      if (tutti_jam_apply (self->tried, op, &stamp, NULL, NULL))
        self->preview = tutti_jam_clip (self->tried, tutti_op_target (op).id, NULL);
    }
  for (guint i = 0; jam != NULL && i < MIN (self->rows->len, jam->n_tracks); i++)
    show_cells (self, jam, i);
}

/* One track changed: its row, and the heads of all, because a solo silences the others. */
static void
show_track (TuttiStepGrid *self, const TuttiJam *jam, guint changed)
{
  for (guint i = 0; i < jam->n_tracks; i++)
    if (i != changed)
      tutti_track_head_show_audible (g_ptr_array_index (self->heads, i), tutti_jam_audible (jam, jam->tracks[i]));
  show_row (self, jam, changed);
}

void
tutti_step_grid_show_all (TuttiStepGrid *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  guint n = jam != NULL ? jam->n_tracks : 0;

  tutti_step_grid_set_n_rows (self, n);
  self->focus_row = CLAMP (self->focus_row, 0, MAX ((int) n - 1, 0));
  for (guint i = 0; i < n; i++)
    show_row (self, jam, i);
  self->stale = FALSE;
}

TuttiCellMarks *
tutti_step_grid_get_marks (TuttiStepGrid *self)
{
  return self->marks;
}

void
tutti_step_grid_show_marks (TuttiStepGrid *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->stale = TRUE;
      return;
    }
  for (guint i = 0; jam != NULL && i < MIN (self->rows->len, jam->n_tracks); i++)
    if (tutti_cell_marks_touched (self->marks, tutti_step_row_get_clip (g_ptr_array_index (self->rows, i))))
      show_cells (self, jam, i);
  /* A clip of another scene is shown with its marks when that scene is. */
  tutti_cell_marks_all_shown (self->marks);
}

/* At first, and when the scene is gone: the one that is heard, else the first. */
static void
keep_scene (TuttiStepGrid *self, const TuttiJam *jam)
{
  if (jam == NULL || jam->n_scenes == 0 || tutti_jam_scene (jam, self->scene, NULL) != NULL)
    return;
  self->scene = tutti_jam_scene_at (jam, tutti_session_get_tick (self->session));
  if (tutti_id_is_none (self->scene))
    self->scene = jam->scenes[0].id;
}

/* Steps that changed: their row, when it is on the screen. */
static void
show_steps (TuttiStepGrid *self, const TuttiJam *jam, const TuttiClip *clip, guint index)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->stale = TRUE;
  else if (tutti_id_equal (clip->scene, self->scene))
    show_cells (self, jam, index);
}

/* Only what @what touches; FALSE when that is more than a row. */
static gboolean
refresh_one (TuttiStepGrid *self, const TuttiJam *jam, const TuttiTarget *what)
{
  const TuttiTrack *track = NULL;
  const TuttiClip *clip;
  guint index;

  if (what->scope == TUTTI_SCOPE_TRACK && tutti_jam_track (jam, what->id, &index) != NULL)
    {
      show_track (self, jam, index);
      return TRUE;
    }
  if ((what->scope != TUTTI_SCOPE_STEP && what->scope != TUTTI_SCOPE_STEPS && what->scope != TUTTI_SCOPE_CLIP &&
       what->scope != TUTTI_SCOPE_NOTES) ||
      (clip = tutti_jam_clip (jam, what->id, &track)) == NULL || tutti_jam_track (jam, track->id, &index) == NULL)
    return FALSE;
  if (what->scope == TUTTI_SCOPE_CLIP || what->scope == TUTTI_SCOPE_NOTES)
    show_row (self, jam, index);
  else
    show_steps (self, jam, clip, index);
  return TRUE;
}

void
tutti_step_grid_refresh (TuttiStepGrid *self, const TuttiTarget *what)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  gint64 length;

  keep_scene (self, jam);
  length = find_length (self, jam);
  if (what != NULL && jam != NULL && length == self->length && self->rows->len == jam->n_tracks && refresh_one (self, jam, what))
    return;
  self->length = length;
  if (self->fitted_width > 0)
    tutti_step_grid_fit (self, self->fitted_width);
  tutti_step_grid_show_all (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_signal_emit_by_name (self, "view-changed");
}

void
tutti_step_grid_set_scene (TuttiStepGrid *self, TuttiId scene)
{
  if (tutti_id_equal (self->scene, scene))
    return;
  self->scene = scene;
  tutti_step_grid_unselect_all (self);
  tutti_step_grid_refresh (self, NULL);
  g_signal_emit_by_name (self, "selection-changed");
}

TuttiId
tutti_step_grid_get_scene (TuttiStepGrid *self)
{
  return self->scene;
}

/* The step of @row's clip that sounds, −1: none of it. */
static int
playing_step (TuttiStepGrid *self, const TuttiTrack *track, TuttiStepRow *row, gint64 tick)
{
  TuttiLaunch launch = tutti_track_launch_at (track, tick);
  gint64 length = (gint64) tutti_step_row_get_length (row) * tutti_step_row_get_ticks_per_step (row);

  if (tutti_id_is_none (launch.clip) || !tutti_id_equal (launch.clip, tutti_step_row_get_clip (row)) || tick < launch.from_tick)
    return -1;
  return (int) (tutti_floor_mod (tick - launch.from_tick, length) / tutti_step_row_get_ticks_per_step (row));
}

void
tutti_step_grid_beat (TuttiStepGrid *self, gint64 tick, gboolean playing, gint64 now_us)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  GtkScrolledWindow *scroller = (GtkScrolledWindow *) gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);

  for (guint i = 0; jam != NULL && i < MIN (self->rows->len, jam->n_tracks); i++)
    {
      TuttiStepRow *row = g_ptr_array_index (self->rows, i);

      if (!tutti_in_view (GTK_WIDGET (row), scroller))
        continue;
      tutti_step_row_set_playing (row, playing ? playing_step (self, jam->tracks[i], row, tick) : -1);
      tutti_track_head_feed (g_ptr_array_index (self->heads, i), now_us);
    }
}

gint64
tutti_step_grid_local_tick (TuttiStepGrid *self, gint64 tick)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  gint64 best = -1, longest = 0;

  for (guint i = 0; jam != NULL && i < jam->n_tracks; i++)
    {
      const TuttiClip *clip = clip_of (self, jam->tracks[i]);
      TuttiLaunch launch = tutti_track_launch_at (jam->tracks[i], tick);
      gint64 length = clip != NULL ? (gint64) clip->length * clip->ticks_per_step : 0;

      if (clip == NULL || !tutti_id_equal (launch.clip, clip->id) || tick < launch.from_tick || length <= longest)
        continue;
      longest = length;
      best = tutti_floor_mod (tick - launch.from_tick, length);
    }
  return best;
}
