/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-undo.h"

typedef struct
{
  gint64   first, number;          /* of the operations that it stands for */
  gint64   last_us;                /* when the last of them was made; −1: it goes on no more */
  TuttiOp *op;                     /* what was done */
  TuttiOp *inverse;                /* what takes it back */
  guint    overwritten_by;         /* person, 0 nobody */
} Entry;

struct _TuttiUndo
{
  GPtrArray *stacks[2];            /* of Entry, newest last: undo, redo */
};

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  tutti_op_free (entry->op);
  tutti_op_free (entry->inverse);
  g_free (entry);
}

TuttiUndo *
tutti_undo_new (void)
{
  TuttiUndo *undo = g_new0 (TuttiUndo, 1);

  for (int i = 0; i < 2; i++)
    undo->stacks[i] = g_ptr_array_new_with_free_func (free_entry);
  return undo;
}

void
tutti_undo_free (TuttiUndo *undo)
{
  for (int i = 0; i < 2; i++)
    g_ptr_array_unref (undo->stacks[i]);
  g_free (undo);
}

/* Whether @op is more of the movement that made the newest entry, which then stands for it too. */
static gboolean
goes_on (GPtrArray *stack, gint64 number, const TuttiOp *op, gint64 now_us)
{
  Entry *entry = stack->len > 0 ? stack->pdata[stack->len - 1] : NULL;

  if (entry == NULL || entry->overwritten_by != 0 || entry->last_us < 0 || now_us - entry->last_us > TUTTI_UNDO_REST_US ||
      !tutti_op_continues (entry->op, op))
    return FALSE;
  tutti_op_free (entry->op);
  entry->op = tutti_op_copy (op);
  entry->number = number;
  entry->last_us = now_us;
  return TRUE;
}

void
tutti_undo_done (TuttiUndo *undo, gint64 number, const TuttiOp *op, TuttiOp *inverse, TuttiUndoRole role, gint64 now_us)
{
  GPtrArray *stack = undo->stacks[role == TUTTI_UNDO_OF_UNDO];
  Entry *entry;

  if (inverse == NULL)
    return;
  if (role == TUTTI_UNDO_NEW)
    g_ptr_array_set_size (undo->stacks[1], 0);
  if (role == TUTTI_UNDO_NEW && goes_on (stack, number, op, now_us))
    {
      tutti_op_free (inverse);
      return;
    }
  entry = g_new0 (Entry, 1);
  entry->first = entry->number = number;
  entry->last_us = role == TUTTI_UNDO_NEW ? now_us : -1;
  entry->op = tutti_op_copy (op);
  entry->inverse = inverse;
  g_ptr_array_add (stack, entry);
  if (stack->len > TUTTI_UNDO_MAX)
    g_ptr_array_remove_index (stack, 0);
}

void
tutti_undo_refused (TuttiUndo *undo, gint64 number)
{
  for (int i = 0; i < 2; i++)
    for (guint j = undo->stacks[i]->len; j-- > 0; )
      {
        Entry *entry = undo->stacks[i]->pdata[j];

        if (entry->number != number)
          continue;
        /* Of a longer movement the earlier part may have happened; what takes it back is right for it. */
        if (entry->first == number)
          g_ptr_array_remove_index (undo->stacks[i], j);
        return;
      }
}

void
tutti_undo_foreign (TuttiUndo *undo, const TuttiOp *op, guint by)
{
  for (int i = 0; i < 2; i++)
    for (guint j = 0; j < undo->stacks[i]->len; j++)
      {
        Entry *entry = undo->stacks[i]->pdata[j];

        if (entry->overwritten_by == 0 && tutti_op_collides (entry->op, op))
          entry->overwritten_by = by;
      }
}

/* Somebody whom nobody can name. */
#define SOMEBODY G_MAXUINT

static gboolean
has_suffix (const TuttiOp *op, const char *suffix)
{
  return g_str_has_suffix (tutti_op_spec (op->kind)->name, suffix);
}

/* Whether @again, which would do again what was taken back, does what @op did: only then was it still as @op left it. What was
 * added or deleted comes and goes by its id. */
static gboolean
is_as_left (const TuttiOp *op, const TuttiOp *again)
{
  if (op->kind != TUTTI_OP_GROUP)
    return tutti_op_equal (op, again) || has_suffix (again, ".restore") || has_suffix (again, ".delete");
  /* What cannot be undone is in the group alone, not in what does it again. */
  guint next = 0;

  for (guint i = 0; i < op->arg[0].ops->len; i++)
    {
      const TuttiOp *part = op->arg[0].ops->pdata[i];

      if (!tutti_op_spec (part->kind)->undoable)
        continue;
      if (again->kind != TUTTI_OP_GROUP || next >= again->arg[0].ops->len || !is_as_left (part, again->arg[0].ops->pdata[next++]))
        return FALSE;
    }
  return TRUE;
}

static void
verify (GPtrArray *stack, TuttiJam *jam)
{
  TuttiStamp stamp = { 0 };

  for (guint i = stack->len; i-- > 0; )
    {
      Entry *entry = stack->pdata[i];
      TuttiOp *again = NULL;
      gboolean undone = tutti_jam_apply (jam, entry->inverse, &stamp, &again, NULL);

      if (!undone || again == NULL || !is_as_left (entry->op, again))
        entry->overwritten_by = entry->overwritten_by != 0 ? entry->overwritten_by : SOMEBODY;
      tutti_op_free (again);
    }
}

/* From the newest on, each as if those after it were taken back. */
void
tutti_undo_verify (TuttiUndo *undo, const TuttiJam *jam)
{
  for (int i = 0; i < 2; i++)
    {
      TuttiJam *copy = tutti_jam_copy (jam);

      verify (undo->stacks[i], copy);
      tutti_jam_free (copy);
    }
}

TuttiOp *
tutti_undo_take (TuttiUndo *undo, gboolean redo, guint *blocked_by)
{
  GPtrArray *stack = undo->stacks[redo];
  TuttiOp *op = NULL;

  *blocked_by = 0;
  if (stack->len == 0)
    return NULL;
  Entry *entry = stack->pdata[stack->len - 1];

  *blocked_by = entry->overwritten_by;
  if (entry->overwritten_by == 0)
    op = g_steal_pointer (&entry->inverse);
  g_ptr_array_remove_index (stack, stack->len - 1);
  return op;
}

const TuttiOp *
tutti_undo_peek (const TuttiUndo *undo, gboolean redo)
{
  const GPtrArray *stack = undo->stacks[redo];
  const Entry *entry = stack->len > 0 ? stack->pdata[stack->len - 1] : NULL;

  return entry != NULL && entry->overwritten_by == 0 ? entry->inverse : NULL;
}

gboolean
tutti_undo_can (const TuttiUndo *undo, gboolean redo)
{
  return undo->stacks[redo]->len > 0;
}

guint
tutti_undo_get_blocker (const TuttiUndo *undo, gboolean redo)
{
  const GPtrArray *stack = undo->stacks[redo];

  return stack->len > 0 ? ((const Entry *) stack->pdata[stack->len - 1])->overwritten_by : 0;
}
