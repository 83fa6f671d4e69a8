/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one step carries beside plain numbers, and many steps at once. */
#include "tutti-apply.h"

#include <string.h>

static TuttiStep *
step_of (const TuttiApply *apply)
{
  TuttiClip *clip = tutti_jam_edit_clip (apply->jam, apply->op->arg[0].id, NULL);

  return tutti_apply_clip_kind (apply, clip, TUTTI_CLIP_STEPS) ? &clip->steps[apply->op->arg[1].number] : NULL;
}

gboolean
tutti_apply_step_every (const TuttiApply *apply)
{
  const TuttiArg *arg = apply->op->arg;
  TuttiStep *step = step_of (apply);

  if (step == NULL)
    return FALSE;
  if (arg[2].number > arg[3].number)
    return tutti_apply_fail (apply, TUTTI_MODEL_ERROR_INVALID, "cycle n of n cycles at most");
  TuttiOp *inverse = tutti_op_new (TUTTI_OP_STEP_EVERY, arg[0].id, arg[1].number, TUTTI_N (step->every_n),
                                   TUTTI_N (step->every_of));

  step->every_n = (guint8) arg[2].number;
  step->every_of = (guint8) arg[3].number;
  return tutti_apply_inverse (apply, inverse);
}

gboolean
tutti_apply_step_ratchet (const TuttiApply *apply)
{
  const TuttiArg *arg = apply->op->arg;
  TuttiStep *step = step_of (apply);

  if (step == NULL)
    return FALSE;
  TuttiOp *inverse = tutti_op_new (TUTTI_OP_STEP_RATCHET, arg[0].id, arg[1].number, TUTTI_N (step->ratchet),
                                   TUTTI_N (step->ratchet_shape));

  step->ratchet = (guint8) arg[2].number;
  step->ratchet_shape = (guint8) arg[3].number;
  return tutti_apply_inverse (apply, inverse);
}

static const TuttiLock *
find_lock (const TuttiStep *step, gint64 address)
{
  for (guint i = 0; i < step->n_locks; i++)
    if (step->locks[i].address == address)
      return &step->locks[i];
  return NULL;
}

/* What brings back the lock at @address as it is on @step: its value, or its absence. */
static TuttiOp *
lock_as_it_is (const TuttiApply *apply, const TuttiStep *step, gint64 address)
{
  const TuttiArg *arg = apply->op->arg;
  const TuttiLock *lock = find_lock (step, address);

  if (lock == NULL)
    return tutti_op_new (TUTTI_OP_STEP_UNLOCK, arg[0].id, arg[1].number, address);
  return tutti_op_new (TUTTI_OP_STEP_LOCK, arg[0].id, arg[1].number, address, TUTTI_N (lock->value));
}

gboolean
tutti_apply_step_lock (const TuttiApply *apply)
{
  gint64 address = apply->op->arg[2].number;
  gint16 value = (gint16) apply->op->arg[3].number;
  const TuttiParamSpec *spec = tutti_address_spec ((guint) address);
  TuttiStep *step = step_of (apply);

  if (step == NULL)
    return FALSE;
  if (value < spec->min || value > spec->max)
    return tutti_apply_fail (apply, TUTTI_MODEL_ERROR_INVALID, "“%s” must be from %d to %d", spec->name, spec->min,
                             spec->max);
  if (find_lock (step, address) == NULL && step->n_locks == TUTTI_STEP_LOCKS_MAX)
    return tutti_apply_fail (apply, TUTTI_MODEL_ERROR_LIMIT, "a step holds at most %d locks", TUTTI_STEP_LOCKS_MAX);
  TuttiOp *inverse = lock_as_it_is (apply, step, address);

  tutti_step_set_lock (step, (guint) address, &value);
  return tutti_apply_inverse (apply, inverse);
}

gboolean
tutti_apply_step_unlock (const TuttiApply *apply)
{
  gint64 address = apply->op->arg[2].number;
  TuttiStep *step = step_of (apply);

  if (step == NULL)
    return FALSE;
  TuttiOp *inverse = lock_as_it_is (apply, step, address);

  tutti_step_set_lock (step, (guint) address, NULL);
  return tutti_apply_inverse (apply, inverse);
}

gboolean
tutti_apply_steps (const TuttiApply *apply)
{
  const TuttiSteps *steps = apply->op->arg[2].steps;
  TuttiStep *first;

  if (apply->op->arg[1].number + steps->n > TUTTI_STEPS_MAX)
    return tutti_apply_fail (apply, TUTTI_MODEL_ERROR_INVALID, "a clip ends at step %d", TUTTI_STEPS_MAX);
  if ((first = step_of (apply)) == NULL)
    return FALSE;
  TuttiSteps *before = tutti_steps_new (steps->n);

  memcpy (before->step, first, steps->n * sizeof *first);
  memcpy (first, steps->step, steps->n * sizeof *first);
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_STEPS, apply->op->arg[0].id, apply->op->arg[1].number, before));
}
