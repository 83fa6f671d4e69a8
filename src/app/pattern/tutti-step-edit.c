/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-step-edit.h"

const TuttiStep *
tutti_step_edit_look_up (const TuttiJam *jam, const TuttiStepRef *ref)
{
  const TuttiClip *clip = tutti_jam_clip (jam, ref->clip, NULL);

  return clip != NULL && ref->step >= 0 && ref->step < TUTTI_STEPS_MAX ? &clip->steps[ref->step] : &tutti_step_initial;
}

/* A group of one is that one; a group of none is nothing. */
static TuttiOp *
unwrap (TuttiOp *group)
{
  GPtrArray *ops = group->arg[0].ops;
  TuttiOp *only;

  if (ops->len > 1)
    return group;
  only = ops->len == 1 ? tutti_op_copy (g_ptr_array_index (ops, 0)) : NULL;
  tutti_op_free (group);
  return only;
}

/* The clip that @ref will have: its own, or one made earlier in this very group for the same track and scene. */
static TuttiId
clip_for (TuttiSession *session, TuttiOp *group, const TuttiStepRef *ref)
{
  GPtrArray *ops = group->arg[0].ops;
  TuttiId made;

  if (!tutti_id_is_none (ref->clip))
    return ref->clip;
  for (guint i = 0; i < ops->len; i++)
    {
      TuttiOp *op = g_ptr_array_index (ops, i);
      if (op->kind == TUTTI_OP_CLIP_ADD && tutti_id_equal (op->arg[1].id, ref->track) &&
          tutti_id_equal (op->arg[2].id, ref->scene))
        return op->arg[0].id;
    }
  made = tutti_session_new_id (session);
  tutti_op_group_add (group, tutti_op_new (TUTTI_OP_CLIP_ADD, made, ref->track, ref->scene, ""));
  return made;
}

TuttiOp *
tutti_step_edit_velocity (TuttiSession *session, const TuttiStepRef *refs, guint n, int velocity)
{
  TuttiOp *group = tutti_op_group_new ();

  for (guint i = 0; i < n; i++)
    {
      if (tutti_id_is_none (refs[i].clip) && velocity == 0)
        continue;
      TuttiId clip = clip_for (session, group, &refs[i]);
      tutti_op_group_add (group, tutti_op_new (TUTTI_OP_STEP, clip, TUTTI_N (refs[i].step), TUTTI_N (velocity)));
    }
  return unwrap (group);
}

static TuttiOp *
set_one (const TuttiStepRef *ref, TuttiOpKind kind, int a, int b)
{
  /* Operations with one value ignore the second: the table says how many there are. */
  return tutti_op_new (kind, ref->clip, TUTTI_N (ref->step), TUTTI_N (a), TUTTI_N (b));
}

TuttiOp *
tutti_step_edit_set (const TuttiStepRef *refs, guint n, TuttiOpKind kind, int a, int b)
{
  TuttiOp *group = tutti_op_group_new ();

  for (guint i = 0; i < n; i++)
    if (!tutti_id_is_none (refs[i].clip))
      tutti_op_group_add (group, set_one (&refs[i], kind, a, b));
  return unwrap (group);
}

TuttiOp *
tutti_step_edit_change (const TuttiJam *jam, const TuttiStepRef *refs, guint n, TuttiOpKind kind, TuttiStepChange change,
                        int amount)
{
  TuttiOp *group = tutti_op_group_new ();

  for (guint i = 0; i < n; i++)
    {
      const TuttiStep *step = tutti_step_edit_look_up (jam, &refs[i]);
      int a = 0, b = 0;

      if (tutti_id_is_none (refs[i].clip) || step->velocity == 0)
        continue;
      change (step, amount, &a, &b);
      tutti_op_group_add (group, set_one (&refs[i], kind, a, b));
    }
  return unwrap (group);
}

TuttiOp *
tutti_step_edit_replace (TuttiId clip, int first, const TuttiStep *steps, guint n)
{
  TuttiSteps *all = tutti_steps_new (n);

  memcpy (all->step, steps, n * sizeof *steps);
  return tutti_op_new (TUTTI_OP_STEPS, clip, TUTTI_N (first), all);
}

void
tutti_step_edit_add (TuttiOp *group, TuttiOp *op)
{
  g_autoptr(TuttiOp) owned = op;

  if (op == NULL)
    return;
  if (op->kind != TUTTI_OP_GROUP)
    tutti_op_group_add (group, g_steal_pointer (&owned));
  else
    for (guint i = 0; i < op->arg[0].ops->len; i++)
      tutti_op_group_add (group, tutti_op_copy (op->arg[0].ops->pdata[i]));
}
