/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-cell-marks.h"

#include <string.h>

/* A remote burst of edits must not make every cell slow to draw. */
#define MARKS_MAX 4096

typedef struct
{
  TuttiMarkKind kind;
  TuttiId       clip;
  int           step;
  gint64        until_us;      /* G_MAXINT64: by itself never */
  TuttiOp      *mine;          /* owned, nullable */
  char         *words;         /* owned */
} Mark;

struct _TuttiCellMarks
{
  GArray *marks;               /* of Mark */
  GArray *touched;             /* of TuttiId: clips whose marks were not shown since they came or went */
};

static const struct { TuttiCellFlags flag; gint64 lasts_us; } kinds[] = {
  [TUTTI_MARK_CHANGED] = { TUTTI_CELL_CHANGED, 5 * G_USEC_PER_SEC },
  [TUTTI_MARK_WAITING] = { TUTTI_CELL_PENDING, G_MAXINT64 },
  [TUTTI_MARK_LATE] = { TUTTI_CELL_LATE, 2 * G_USEC_PER_SEC },
  [TUTTI_MARK_OVERRIDDEN] = { TUTTI_CELL_CONFLICT, 6 * G_USEC_PER_SEC },
  [TUTTI_MARK_REFUSED] = { TUTTI_CELL_REFUSED, 300 * 1000 },
};

static void
clear_mark (gpointer data)
{
  Mark *mark = data;

  tutti_op_free (mark->mine);
  g_free (mark->words);
}

TuttiCellMarks *
tutti_cell_marks_new (void)
{
  TuttiCellMarks *self = g_new (TuttiCellMarks, 1);

  self->marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  g_array_set_clear_func (self->marks, clear_mark);
  self->touched = g_array_new (FALSE, FALSE, sizeof (TuttiId));
  return self;
}

void
tutti_cell_marks_free (TuttiCellMarks *self)
{
  g_array_unref (self->marks);
  g_array_unref (self->touched);
  g_free (self);
}

static Mark *
mark_at (TuttiCellMarks *self, guint i)
{
  return &g_array_index (self->marks, Mark, i);
}

static gboolean
is_on (const Mark *mark, TuttiId clip, int step)
{
  return mark->step == step && tutti_id_equal (mark->clip, clip);
}

/* ---- what is to be shown anew ---- */

gboolean
tutti_cell_marks_touched (TuttiCellMarks *self, TuttiId clip)
{
  for (guint i = self->touched->len; i-- > 0;)
    if (tutti_id_equal (g_array_index (self->touched, TuttiId, i), clip))
      return TRUE;
  return FALSE;
}

void
tutti_cell_marks_shown (TuttiCellMarks *self, TuttiId clip)
{
  for (guint i = self->touched->len; i-- > 0;)
    if (tutti_id_equal (g_array_index (self->touched, TuttiId, i), clip))
      g_array_remove_index_fast (self->touched, i);
}

void
tutti_cell_marks_all_shown (TuttiCellMarks *self)
{
  g_array_set_size (self->touched, 0);
}

static void
touch (TuttiCellMarks *self, TuttiId clip)
{
  if (!tutti_cell_marks_touched (self, clip))
    g_array_append_val (self->touched, clip);
}

static void
drop_mark (TuttiCellMarks *self, guint i)
{
  touch (self, mark_at (self, i)->clip);
  g_array_remove_index (self->marks, i);
}

/* ---- adding ---- */

/* What of @op was about its step @step alone. */
static TuttiOp *
copy_of_step (const TuttiOp *op, int step)
{
  TuttiSteps *one;

  if (op->kind != TUTTI_OP_STEPS)
    return tutti_op_copy (op);
  one = g_malloc (sizeof *one + sizeof *one->step);
  one->n = 1;
  one->step[0] = op->arg[2].steps->step[step - op->arg[1].number];
  return tutti_op_new (TUTTI_OP_STEPS, op->arg[0].id, TUTTI_N (step), one);
}

static void
add_step (TuttiCellMarks *self, TuttiMarkKind kind, const TuttiOp *op, int step, const char *words, gint64 now_us)
{
  gint64 until = kinds[kind].lasts_us == G_MAXINT64 ? G_MAXINT64 : now_us + kinds[kind].lasts_us;
  Mark mark = { kind, op->arg[0].id, step, until, NULL, g_strdup (words) };

  /* What waits is told as a whole each time and may be long: looking for doubles, or making room, would cost more than it shows. */
  for (guint i = self->marks->len; kind != TUTTI_MARK_WAITING && i-- > 0;)
    if (mark_at (self, i)->kind == kind && is_on (mark_at (self, i), mark.clip, step))
      drop_mark (self, i);
  if (kind == TUTTI_MARK_WAITING && self->marks->len >= MARKS_MAX)
    {
      clear_mark (&mark);
      return;
    }
  if (kind == TUTTI_MARK_OVERRIDDEN)
    mark.mine = copy_of_step (op, step);
  if (self->marks->len >= MARKS_MAX)
    drop_mark (self, 0);
  g_array_append_val (self->marks, mark);
  touch (self, mark.clip);
}

void
tutti_cell_marks_add (TuttiCellMarks *self, TuttiMarkKind kind, const TuttiOp *op, const char *words, gint64 now_us)
{
  if (op->kind == TUTTI_OP_GROUP)
    for (guint i = 0; i < op->arg[0].ops->len; i++)
      tutti_cell_marks_add (self, kind, op->arg[0].ops->pdata[i], words, now_us);
  else if (op->kind == TUTTI_OP_STEPS)
    for (guint i = 0; i < op->arg[2].steps->n; i++)
      add_step (self, kind, op, (int) (op->arg[1].number + i), words, now_us);
  else if (tutti_op_spec (op->kind)->scope == TUTTI_SCOPE_STEP)
    add_step (self, kind, op, (int) op->arg[1].number, words, now_us);
}

/* ---- ending ---- */

gboolean
tutti_cell_marks_clear (TuttiCellMarks *self, TuttiMarkKind kind)
{
  guint before = self->marks->len;

  for (guint i = self->marks->len; i-- > 0;)
    if (mark_at (self, i)->kind == kind)
      drop_mark (self, i);
  return self->marks->len != before;
}

gint64
tutti_cell_marks_expire (TuttiCellMarks *self, gint64 now_us)
{
  gint64 next = G_MAXINT64;

  for (guint i = self->marks->len; i-- > 0;)
    if (mark_at (self, i)->until_us <= now_us)
      drop_mark (self, i);
    else
      next = MIN (next, mark_at (self, i)->until_us);
  return next == G_MAXINT64 ? -1 : next;
}

/* ---- asking ---- */

gboolean
tutti_cell_marks_flags (TuttiCellMarks *self, TuttiId clip, TuttiCellFlags *flags)
{
  gboolean any = FALSE;

  if (flags != NULL)
    memset (flags, 0, TUTTI_STEPS_MAX * sizeof *flags);
  for (guint i = 0; i < self->marks->len; i++)
    {
      const Mark *mark = mark_at (self, i);

      if (!tutti_id_equal (mark->clip, clip) || mark->step < 0 || mark->step >= TUTTI_STEPS_MAX)
        continue;
      any = TRUE;
      if (flags != NULL)
        flags[mark->step] |= kinds[mark->kind].flag;
    }
  return any;
}

char *
tutti_cell_marks_dup_words (TuttiCellMarks *self, TuttiId clip, int step)
{
  GString *all = NULL;

  for (guint i = 0; i < self->marks->len; i++)
    {
      const Mark *mark = mark_at (self, i);

      if (!is_on (mark, clip, step) || mark->words == NULL || (all != NULL && strstr (all->str, mark->words) != NULL))
        continue;
      if (all == NULL)
        all = g_string_new (mark->words);
      else
        g_string_append_printf (all, ", %s", mark->words);
    }
  return all != NULL ? g_string_free (all, FALSE) : NULL;
}

static Mark *
overridden_at (TuttiCellMarks *self, guint index)
{
  for (guint i = 0; i < self->marks->len; i++)
    if (mark_at (self, i)->kind == TUTTI_MARK_OVERRIDDEN && index-- == 0)
      return mark_at (self, i);
  return NULL;
}

gboolean
tutti_cell_marks_overridden (TuttiCellMarks *self, guint index, TuttiId *clip, int *step)
{
  const Mark *mark = overridden_at (self, index);

  if (mark == NULL)
    return FALSE;
  *clip = mark->clip;
  *step = mark->step;
  return TRUE;
}

TuttiOp *
tutti_cell_marks_take_mine (TuttiCellMarks *self, TuttiId clip, int step)
{
  for (guint i = 0; i < self->marks->len; i++)
    if (mark_at (self, i)->kind == TUTTI_MARK_OVERRIDDEN && is_on (mark_at (self, i), clip, step))
      {
        TuttiOp *mine = g_steal_pointer (&mark_at (self, i)->mine);

        drop_mark (self, i);
        return mine;
      }
  return NULL;
}
