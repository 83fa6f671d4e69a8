/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-step-grid.h"

#include "tutti-cell-news.h"
#include "tutti-in-view.h"
#include "tutti-passing-menu.h"
#include "tutti-presence-layer.h"
#include "tutti-time-layout.h"
#include "tutti-track-head.h"

#include <glib/gi18n.h>

#define ROW_MIN 36
#define ROW_MAX 60
#define RIGHT_MARGIN 36
#define RIGHT_MARGIN_COMPACT 16

struct _TuttiStepGrid
{
  GtkWidget      parent_instance;
  TuttiSession  *session;      /* owned */
  TuttiId        scene;
  GPtrArray     *heads;        /* borrowed children, one a track */
  GPtrArray     *rows;         /* borrowed children, one a track */
  GtkWidget     *add;
  GtkWidget     *presence;
  TuttiCellMarks *marks;       /* owned */
  TuttiGridTime  time;
  gint64         length;       /* of the longest pattern, ticks */
  int            page;
  int            focus_row, focus_step;
  gboolean       compact, selecting, held;
  gboolean       stale;        /* steps changed while nobody saw it */
  int            fitted_width;
  TuttiJam      *tried;        /* (nullable) owned: the document with what is only previewed */
  const TuttiClip *preview;    /* (nullable) lent by it */
};

G_DEFINE_FINAL_TYPE (TuttiStepGrid, tutti_step_grid, GTK_TYPE_WIDGET)

enum { VIEW_CHANGED, SELECTION_CHANGED, EDIT_STEP, TRACK_MENU, ADD_TRACK, N_SIGNALS };
static guint signals[N_SIGNALS];

TuttiSession *
tutti_step_grid_get_session (TuttiStepGrid *self)
{
  return self->session;
}

int
tutti_step_grid_get_n_rows (TuttiStepGrid *self)
{
  return (int) self->rows->len;
}

TuttiStepRow *
tutti_step_grid_get_row (TuttiStepGrid *self, int row)
{
  return row >= 0 && row < (int) self->rows->len ? g_ptr_array_index (self->rows, row) : NULL;
}

GtkWidget *
tutti_step_grid_get_presence (TuttiStepGrid *self)
{
  return self->presence;
}

int
tutti_step_grid_get_left (TuttiStepGrid *self)
{
  return self->compact ? 16 + TUTTI_GRID_HEAD_COMPACT : 24 + TUTTI_GRID_HEAD;
}

gboolean
tutti_step_grid_is_compact (TuttiStepGrid *self)
{
  return self->compact;
}

const TuttiGridTime *
tutti_step_grid_get_time (TuttiStepGrid *self)
{
  return &self->time;
}

gint64
tutti_step_grid_get_length (TuttiStepGrid *self)
{
  return self->length;
}

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
fit_time (TuttiStepGrid *self, int width)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  int unit = jam != NULL ? jam->transport.unit : 4;
  double room;

  self->compact = width < 560;
  room = width - tutti_step_grid_get_left (self) - (self->compact ? RIGHT_MARGIN_COMPACT : RIGHT_MARGIN);
  self->time = tutti_grid_time_fit (room, tutti_ticks_per_beat (unit), width >= 1500);
  self->page = CLAMP (self->page, 0, tutti_step_grid_get_n_pages (self) - 1);
  self->time.first_tick = self->page * tutti_grid_time_page (&self->time);
}

int
tutti_step_grid_get_n_pages (TuttiStepGrid *self)
{
  gint64 page = tutti_grid_time_page (&self->time);

  return (int) MAX ((self->length + page - 1) / page, 1);
}

static void
on_head_chosen (TuttiTrackHead *head, TuttiStepGrid *self)
{
  guint row;

  if (g_ptr_array_find (self->heads, head, &row))
    tutti_step_grid_focus_step (self, (int) row, self->focus_step, FALSE);
  tutti_session_audition_track (self->session, tutti_track_head_get_track (head), 0, TUTTI_STEP_NORMAL);
}

static void
on_head_menu (TuttiTrackHead *head, double x, double y, TuttiStepGrid *self)
{
  g_signal_emit (self, signals[TRACK_MENU], 0, head, x, y);
}

static void
on_add_clicked (GtkButton *button, TuttiStepGrid *self)
{
  g_signal_emit (self, signals[ADD_TRACK], 0);
}

static void
add_row (TuttiStepGrid *self)
{
  GtkWidget *head = tutti_track_head_new (self->session);
  GtkWidget *row = tutti_step_row_new ();

  g_signal_connect (head, "chosen", G_CALLBACK (on_head_chosen), self);
  g_signal_connect (head, "menu", G_CALLBACK (on_head_menu), self);
  gtk_widget_insert_before (head, GTK_WIDGET (self), self->add);
  gtk_widget_insert_before (row, GTK_WIDGET (self), self->add);
  g_ptr_array_add (self->heads, head);
  g_ptr_array_add (self->rows, row);
}

static void
drop_row (TuttiStepGrid *self)
{
  gtk_widget_unparent (g_ptr_array_steal_index (self->heads, self->heads->len - 1));
  gtk_widget_unparent (g_ptr_array_steal_index (self->rows, self->rows->len - 1));
}

static void
show_head (TuttiStepGrid *self, const TuttiJam *jam, guint i)
{
  tutti_track_head_show (g_ptr_array_index (self->heads, i), jam, jam->tracks[i], clip_of (self, jam->tracks[i]),
                         (int) i == self->focus_row, self->compact);
}

static void
show_cells (TuttiStepGrid *self, const TuttiJam *jam, guint i)
{
  const TuttiTrack *track = jam->tracks[i];
  const TuttiClip *clip = clip_of (self, track), *tried = self->preview != NULL ? tutti_track_clip (track, self->preview->id) : NULL;

  if (tried != NULL)
    clip = self->preview;
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

static void
show_all (TuttiStepGrid *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  guint n = jam != NULL ? jam->n_tracks : 0;

  while (self->rows->len < n)
    add_row (self);
  while (self->rows->len > n)
    drop_row (self);
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
    fit_time (self, self->fitted_width);
  show_all (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

void
tutti_step_grid_set_scene (TuttiStepGrid *self, TuttiId scene)
{
  if (tutti_id_equal (self->scene, scene))
    return;
  self->scene = scene;
  tutti_step_grid_unselect_all (self);
  tutti_step_grid_refresh (self, NULL);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

TuttiId
tutti_step_grid_get_scene (TuttiStepGrid *self)
{
  return self->scene;
}

void
tutti_step_grid_set_page (TuttiStepGrid *self, int page)
{
  page = CLAMP (page, 0, tutti_step_grid_get_n_pages (self) - 1);
  if (page == self->page)
    return;
  self->page = page;
  self->time.first_tick = page * tutti_grid_time_page (&self->time);
  show_all (self);
  g_signal_emit (self, signals[VIEW_CHANGED], 0);
}

int
tutti_step_grid_get_page (TuttiStepGrid *self)
{
  return self->page;
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

void
tutti_step_grid_set_held (TuttiStepGrid *self, gboolean held)
{
  self->held = held;
}

gboolean
tutti_step_grid_is_held (TuttiStepGrid *self)
{
  return self->held;
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
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
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
  const TuttiJam *jam = tutti_session_get_jam (self->session);

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
    for (guint i = 0; i < MIN (self->heads->len, jam->n_tracks); i++)
      tutti_track_head_show (g_ptr_array_index (self->heads, i), jam, jam->tracks[i], clip_of (self, jam->tracks[i]),
                             (int) i == self->focus_row, self->compact);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
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

int
tutti_step_grid_row_at (TuttiStepGrid *self, double y)
{
  graphene_rect_t bounds;

  for (guint i = 0; i < self->rows->len; i++)
    if (gtk_widget_compute_bounds (g_ptr_array_index (self->rows, i), GTK_WIDGET (self), &bounds) &&
        y >= bounds.origin.y && y < bounds.origin.y + bounds.size.height)
      return (int) i;
  return -1;
}

gboolean
tutti_step_grid_ref_at (TuttiStepGrid *self, double x, double y, TuttiStepRef *ref, int *row)
{
  int r = tutti_step_grid_row_at (self, y);
  int step = r >= 0 ? tutti_step_row_step_at (tutti_step_grid_get_row (self, r), x - tutti_step_grid_get_left (self)) : -1;

  if (step < 0)
    return FALSE;
  *ref = tutti_step_grid_ref (self, r, step);
  *row = r;
  return TRUE;
}

gboolean
tutti_step_grid_place (TuttiStepGrid *self, TuttiId track, int step, graphene_rect_t *place)
{
  graphene_rect_t bounds;

  for (guint i = 0; i < self->rows->len; i++)
    {
      TuttiStepRow *row = g_ptr_array_index (self->rows, i);
      if (!tutti_id_equal (tutti_step_row_get_track (row), track))
        continue;
      if (!tutti_step_row_place (row, tutti_step_row_head_of (row, step), place) && !tutti_step_row_place (row, step, place))
        return FALSE;
      if (!gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self), &bounds))
        return FALSE;
      graphene_rect_offset (place, tutti_step_grid_get_left (self), bounds.origin.y);
      return TRUE;
    }
  return FALSE;
}

static void
tutti_step_grid_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  TuttiStepGrid *self = TUTTI_STEP_GRID (widget);
  int rows = (int) self->rows->len + 1;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 340;
      *natural = 1000;
      return;
    }
  *minimum = rows * ROW_MIN + 8;
  *natural = rows * ROW_MAX + 8;
}

static void
place_child (GtkWidget *child, int x, int y, int width, int height)
{
  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (child, &(GtkAllocation) { x, y, width, height }, -1);
}

/* Labels depend on the page, the page on the width: announced when the frame is laid out, not in the middle of it. */
static gboolean
after_fit (gpointer user_data)
{
  g_autoptr(TuttiStepGrid) self = user_data;

  if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    g_signal_emit (self, signals[VIEW_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
tutti_step_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  TuttiStepGrid *self = TUTTI_STEP_GRID (widget);
  int pitch = CLAMP ((height - 8) / ((int) self->rows->len + 1), ROW_MIN, ROW_MAX), y = 0;
  int left, head;

  if (width != self->fitted_width)
    {
      self->fitted_width = width;
      fit_time (self, width);
      show_all (self);
      g_idle_add (after_fit, g_object_ref (self));
    }
  left = tutti_step_grid_get_left (self);
  head = self->compact ? TUTTI_GRID_HEAD_COMPACT : TUTTI_GRID_HEAD;
  for (guint i = 0; i < self->rows->len; i++, y += pitch)
    {
      place_child (g_ptr_array_index (self->heads, i), 8, y, head, tutti_time_layout_cell_height (pitch) + 4);
      place_child (g_ptr_array_index (self->rows, i), left, y, width - left, pitch);
    }
  gtk_widget_set_visible (gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (self->add))), !self->compact);
  place_child (self->add, 8, y + 2, self->compact ? 44 : 128, 36);
  place_child (self->presence, 0, 0, width, height);
  /* Menus of steps and of heads. */
  tutti_passing_menu_lay_out (widget);
}

static void
tutti_step_grid_map (GtkWidget *widget)
{
  TuttiStepGrid *self = TUTTI_STEP_GRID (widget);

  if (self->stale)
    show_all (self);
  GTK_WIDGET_CLASS (tutti_step_grid_parent_class)->map (widget);
}

/* Two Tab stops: the head of the focused track and its focused step; then out again. */
static gboolean
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

static void
tutti_step_grid_dispose (GObject *object)
{
  TuttiStepGrid *self = TUTTI_STEP_GRID (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->heads, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->marks, tutti_cell_marks_free);
  g_clear_pointer (&self->tried, tutti_jam_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (tutti_step_grid_parent_class)->dispose (object);
}

static void
install_signals (void)
{
  GType type = TUTTI_TYPE_STEP_GRID;

  signals[VIEW_CHANGED] = g_signal_new ("view-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SELECTION_CHANGED] = g_signal_new ("selection-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EDIT_STEP] = g_signal_new ("edit-step", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TRACK_MENU] = g_signal_new ("track-menu", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                      GTK_TYPE_WIDGET, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
  signals[ADD_TRACK] = g_signal_new ("add-track", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tutti_step_grid_class_init (TuttiStepGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_step_grid_dispose;
  widget_class->measure = tutti_step_grid_measure;
  widget_class->size_allocate = tutti_step_grid_size_allocate;
  widget_class->map = tutti_step_grid_map;
  widget_class->focus = tutti_step_grid_focus;
  gtk_widget_class_set_css_name (widget_class, "stepgrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
  install_signals ();
}

static GtkWidget *
new_add_button (TuttiStepGrid *self)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (box), gtk_label_new (_("Add Track")));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "add-track");
  gtk_widget_set_overflow (button, GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add Track"), -1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_add_clicked), self);
  return button;
}

static void
tutti_step_grid_init (TuttiStepGrid *self)
{
  self->heads = g_ptr_array_new ();
  self->rows = g_ptr_array_new ();
  self->marks = tutti_cell_marks_new ();
  self->length = TUTTI_ROW_NEW_LENGTH * TUTTI_ROW_NEW_TICKS;
  self->time = tutti_grid_time_fit (980, TUTTI_TICKS_PER_QUARTER, FALSE);
  self->add = new_add_button (self);
  gtk_widget_set_parent (self->add, GTK_WIDGET (self));
  self->presence = tutti_presence_layer_new ();
  gtk_widget_set_parent (self->presence, GTK_WIDGET (self));
}

GtkWidget *
tutti_step_grid_new (TuttiSession *session)
{
  TuttiStepGrid *self = g_object_new (TUTTI_TYPE_STEP_GRID, NULL);

  self->session = g_object_ref (session);
  tutti_presence_layer_set_grid (TUTTI_PRESENCE_LAYER (self->presence), self);
  tutti_step_input_attach (self);
  tutti_cell_news_attach (self);
  tutti_step_grid_refresh (self, NULL);
  return GTK_WIDGET (self);
}
