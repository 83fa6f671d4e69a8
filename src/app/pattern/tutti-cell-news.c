/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-cell-news.h"

#include "tutti-ask.h"

#include <glib/gi18n.h>

#define KEY "tutti-cell-news"

/* From the middle of the badge; somewhat more than is drawn. */
#define BADGE_REACH 13.0

typedef struct
{
  TuttiStepGrid *grid;         /* owner */
  TuttiSession  *session;      /* owned */
  guint          ending;       /* timeout of the next mark that ends */
} News;

static gboolean show (gpointer data);

/* Comes when the next mark ends. */
static void
wait_for_end (News *self)
{
  gint64 now = g_get_monotonic_time (), next = tutti_cell_marks_expire (tutti_step_grid_get_marks (self->grid), now);

  g_clear_handle_id (&self->ending, g_source_remove);
  if (next >= 0)
    self->ending = g_timeout_add ((guint) ((next - now) / 1000 + 1), show, self);
}

/* Draws where marks came or went, and comes again when a mark ends. */
static void
show_and_wait (News *self)
{
  wait_for_end (self);
  tutti_step_grid_show_marks (self->grid);
}

static gboolean
show (gpointer data)
{
  News *self = data;

  self->ending = 0;
  show_and_wait (self);
  return G_SOURCE_REMOVE;
}

static void
mark (News *self, TuttiMarkKind kind, const TuttiOp *op, const char *words)
{
  tutti_cell_marks_add (tutti_step_grid_get_marks (self->grid), kind, op, words, g_get_monotonic_time ());
  show_and_wait (self);
}

static const char *
name_of (News *self, guint number)
{
  const TuttiJam *jam = tutti_session_get_jam (self->session);
  const TuttiPerson *person = jam != NULL ? tutti_jam_person (jam, number) : NULL;

  return person != NULL ? person->name : _("Someone");
}

/* ---- what the session tells ---- */

static void
mark_waiting (const TuttiOp *op, gpointer user_data)
{
  News *self = user_data;

  tutti_cell_marks_add (tutti_step_grid_get_marks (self->grid), TUTTI_MARK_WAITING, op, _("not sent yet"), 0);
}

static void
on_waiting (TuttiSession *session, News *self)
{
  tutti_cell_marks_clear (tutti_step_grid_get_marks (self->grid), TUTTI_MARK_WAITING);
  tutti_session_visit_waiting (session, mark_waiting, self);
  show_and_wait (self);
}

static void
on_late (TuttiSession *session, const TuttiOp *op, guint by, News *self)
{
  mark (self, TUTTI_MARK_LATE, op, _("heard late"));
}

static void
on_refused (TuttiSession *session, const TuttiOp *op, const GError *why, News *self)
{
  /* The toast says why. */
  mark (self, TUTTI_MARK_REFUSED, op, NULL);
}

/* Of a single velocity the number is said; of all else who did it. */
static void
on_crossed (TuttiSession *session, const TuttiOp *mine, const TuttiOp *theirs, guint by, gboolean mine_stands, News *self)
{
  g_autofree char *words = NULL;

  if (mine_stands)
    return;
  if (mine->kind == TUTTI_OP_STEP)
    /* Translators: %s is a person, %d what I had set */
    words = g_strdup_printf (_("%s’s value stands, yours was %d"), name_of (self, by), (int) mine->arg[2].number);
  else
    words = g_strdup_printf (_("%s’s value stands"), name_of (self, by));
  mark (self, TUTTI_MARK_OVERRIDDEN, mine, words);
}

static void
on_changed (TuttiSession *session, const TuttiTarget *what, guint by, News *self)
{
  g_autoptr(TuttiOp) step = NULL;
  g_autofree char *words = NULL;

  if (what->scope != TUTTI_SCOPE_STEP || what->index < 0 || by == 0 || by == tutti_session_get_me (session))
    return;
  step = tutti_op_new (TUTTI_OP_STEP, what->id, TUTTI_N (what->index), TUTTI_N (0));
  /* Translators: a step of the grid, by a person */
  words = g_strdup_printf (_("changed by %s"), name_of (self, by));
  tutti_cell_marks_add (tutti_step_grid_get_marks (self->grid), TUTTI_MARK_CHANGED, step, words, g_get_monotonic_time ());
  /* The page is told after this, and shows the row of a step that changed with its marks: once is enough. */
  wait_for_end (self);
}

/* ---- the badge ---- */

static gboolean
is_on_badge (TuttiStepGrid *grid, TuttiId id, int step, double x, double y)
{
  const TuttiTrack *track = NULL;
  const TuttiClip *clip = tutti_jam_clip (tutti_session_get_jam (tutti_step_grid_get_session (grid)), id, &track);
  graphene_rect_t place;

  /* The clip of another scene has its marks, too, and no place here. */
  if (clip == NULL || !tutti_id_equal (clip->scene, tutti_step_grid_get_scene (grid)) ||
      !tutti_step_grid_place (grid, track->id, step, &place))
    return FALSE;
  return ABS (x - (place.origin.x + place.size.width - TUTTI_CELL_BADGE_X)) <= BADGE_REACH &&
         ABS (y - (place.origin.y + TUTTI_CELL_BADGE_Y)) <= BADGE_REACH;
}

gboolean
tutti_cell_news_press (TuttiStepGrid *grid, double x, double y)
{
  TuttiCellMarks *marks = tutti_step_grid_get_marks (grid);
  TuttiId clip;
  int step;

  for (guint i = 0; tutti_cell_marks_overridden (marks, i, &clip, &step); i++)
    if (is_on_badge (grid, clip, step, x, y))
      {
        tutti_ask (GTK_WIDGET (grid), tutti_step_grid_get_session (grid), tutti_cell_marks_take_mine (marks, clip, step));
        tutti_step_grid_show_marks (grid);
        return TRUE;
      }
  return FALSE;
}

/* ---- life ---- */

static void
news_free (gpointer data)
{
  News *self = data;

  g_clear_handle_id (&self->ending, g_source_remove);
  g_object_unref (self->session);
  g_free (self);
}

/* A grid without rows is told nothing any more. */
static void
on_grid_destroyed (GtkWidget *grid, News *self)
{
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_handle_id (&self->ending, g_source_remove);
}

void
tutti_cell_news_attach (TuttiStepGrid *grid)
{
  const struct { const char *name; GCallback callback; } handlers[] = {
    { "waiting", G_CALLBACK (on_waiting) }, { "late", G_CALLBACK (on_late) }, { "refused", G_CALLBACK (on_refused) },
    { "crossed", G_CALLBACK (on_crossed) }, { "changed", G_CALLBACK (on_changed) },
  };
  News *self = g_new0 (News, 1);

  self->grid = grid;
  self->session = g_object_ref (tutti_step_grid_get_session (grid));
  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect (self->session, handlers[i].name, handlers[i].callback, self);
  g_signal_connect (grid, "destroy", G_CALLBACK (on_grid_destroyed), self);
  g_object_set_data_full (G_OBJECT (grid), KEY, self, news_free);
}
