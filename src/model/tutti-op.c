/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Operations as values: making, copying, checking and comparing them, all from their row of the table. */
#include "tutti-apply.h"
#include "tutti-note.h"
#include "tutti-zone.h"

#include <stdarg.h>
#include <string.h>

G_DEFINE_QUARK (tutti-model-error-quark, tutti_model_error)

const TuttiOpSpec *
tutti_op_spec (TuttiOpKind kind)
{
  return &tutti_op_rows[kind].spec;
}

TuttiOp *
tutti_op_new (TuttiOpKind kind, ...)
{
  TuttiOp *op = g_new0 (TuttiOp, 1);
  const TuttiArgSpec *args = tutti_op_spec (kind)->args;
  va_list list;

  op->kind = kind;
  va_start (list, kind);
  for (guint i = 0; i < TUTTI_OP_ARGS_MAX && args[i].type != TUTTI_ARG_NONE; i++)
    switch (args[i].type)
      {
      case TUTTI_ARG_NUMBER:
      case TUTTI_ARG_CHOICE:
      case TUTTI_ARG_ADDRESS:
        op->arg[i].number = va_arg (list, gint64);
        break;
      case TUTTI_ARG_ID:
        op->arg[i].id = va_arg (list, TuttiId);
        break;
      case TUTTI_ARG_TEXT:
        op->arg[i].text = g_strdup (va_arg (list, const char *));
        break;
      case TUTTI_ARG_STEPS:
        op->arg[i].steps = va_arg (list, TuttiSteps *);
        break;
      case TUTTI_ARG_OPS:
        op->arg[i].ops = va_arg (list, GPtrArray *);
        break;
      case TUTTI_ARG_NOTES:
        op->arg[i].notes = va_arg (list, TuttiNotes *);
        break;
      case TUTTI_ARG_ZONE:
        op->arg[i].zone = va_arg (list, TuttiZoneEdit *);
        break;
      case TUTTI_ARG_NONE:
      default:
        g_assert_not_reached ();
      }
  va_end (list);
  return op;
}

TuttiOp *
tutti_op_group_new (void)
{
  return tutti_op_new (TUTTI_OP_GROUP, g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free));
}

void
tutti_op_group_add (TuttiOp *group, TuttiOp *op)
{
  g_return_if_fail (group->kind == TUTTI_OP_GROUP && op->kind != TUTTI_OP_GROUP);
  g_ptr_array_add (group->arg[0].ops, op);
}

TuttiSteps *
tutti_steps_new (guint n)
{
  TuttiSteps *steps = g_malloc0 (sizeof *steps + n * sizeof *steps->step);

  steps->n = n;
  for (guint i = 0; i < n; i++)
    steps->step[i] = tutti_step_initial;
  return steps;
}

static GPtrArray *
copy_ops (const GPtrArray *ops)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free);

  for (guint i = 0; i < ops->len; i++)
    g_ptr_array_add (copy, tutti_op_copy (ops->pdata[i]));
  return copy;
}

TuttiOp *
tutti_op_copy (const TuttiOp *op)
{
  TuttiOp *copy = g_memdup2 (op, sizeof *op);
  const TuttiArgSpec *args = tutti_op_spec (op->kind)->args;

  for (guint i = 0; i < TUTTI_OP_ARGS_MAX; i++)
    if (args[i].type == TUTTI_ARG_TEXT)
      copy->arg[i].text = g_strdup (op->arg[i].text);
    else if (args[i].type == TUTTI_ARG_STEPS)
      copy->arg[i].steps = g_memdup2 (op->arg[i].steps, sizeof (TuttiSteps) + op->arg[i].steps->n * sizeof (TuttiStep));
    else if (args[i].type == TUTTI_ARG_OPS)
      copy->arg[i].ops = copy_ops (op->arg[i].ops);
    else if (args[i].type == TUTTI_ARG_NOTES)
      copy->arg[i].notes = tutti_notes_copy (op->arg[i].notes);
    else if (args[i].type == TUTTI_ARG_ZONE)
      copy->arg[i].zone = g_memdup2 (op->arg[i].zone, sizeof *op->arg[i].zone);
  return copy;
}

void
tutti_op_free (TuttiOp *op)
{
  if (op == NULL)
    return;
  const TuttiArgSpec *args = tutti_op_spec (op->kind)->args;

  for (guint i = 0; i < TUTTI_OP_ARGS_MAX; i++)
    if (args[i].type == TUTTI_ARG_TEXT)
      g_free (op->arg[i].text);
    else if (args[i].type == TUTTI_ARG_STEPS)
      g_free (op->arg[i].steps);
    else if (args[i].type == TUTTI_ARG_NOTES)
      g_free (op->arg[i].notes);
    else if (args[i].type == TUTTI_ARG_ZONE)
      g_free (op->arg[i].zone);
    else if (args[i].type == TUTTI_ARG_OPS && op->arg[i].ops != NULL)
      g_ptr_array_unref (op->arg[i].ops);
  g_free (op);
}

static gboolean
ops_equal (const GPtrArray *a, const GPtrArray *b)
{
  for (guint i = 0; a->len == b->len && i < a->len; i++)
    if (!tutti_op_equal (a->pdata[i], b->pdata[i]))
      return FALSE;
  return a->len == b->len;
}

static gboolean
steps_equal (const TuttiSteps *a, const TuttiSteps *b)
{
  for (guint i = 0; a->n == b->n && i < a->n; i++)
    if (!tutti_step_equal (&a->step[i], &b->step[i]))
      return FALSE;
  return a->n == b->n;
}

static gboolean
arg_equal (TuttiArgType type, const TuttiArg *a, const TuttiArg *b)
{
  switch (type)
    {
    case TUTTI_ARG_NONE:
      return TRUE;
    case TUTTI_ARG_NUMBER:
    case TUTTI_ARG_CHOICE:
    case TUTTI_ARG_ADDRESS:
      return a->number == b->number;
    case TUTTI_ARG_ID:
      return tutti_id_equal (a->id, b->id);
    case TUTTI_ARG_TEXT:
      return g_str_equal (a->text, b->text);
    case TUTTI_ARG_STEPS:
      return steps_equal (a->steps, b->steps);
    case TUTTI_ARG_OPS:
      return ops_equal (a->ops, b->ops);
    case TUTTI_ARG_NOTES:
      return tutti_notes_equal (a->notes, b->notes);
    case TUTTI_ARG_ZONE:
      return tutti_zone_edits_equal (a->zone, b->zone);
    default:
      g_assert_not_reached ();
    }
}

static gboolean
args_equal (const TuttiOp *a, const TuttiOp *b, guint n)
{
  const TuttiArgSpec *args = tutti_op_spec (a->kind)->args;

  for (guint i = 0; i < n; i++)
    if (!arg_equal (args[i].type, &a->arg[i], &b->arg[i]))
      return FALSE;
  return TRUE;
}

gboolean
tutti_op_equal (const TuttiOp *a, const TuttiOp *b)
{
  return a->kind == b->kind && args_equal (a, b, TUTTI_OP_ARGS_MAX);
}

static gboolean
fail (GError **error, const TuttiOpSpec *spec, const TuttiArgSpec *arg, const char *what)
{
  g_set_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, "%s: “%s” must be %s", spec->name, arg->name, what);
  return FALSE;
}

static gboolean
fail_range (GError **error, const TuttiOpSpec *spec, const TuttiArgSpec *arg)
{
  g_autofree char *range = g_strdup_printf ("a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                                            arg->min, arg->max);

  return fail (error, spec, arg, range);
}

static gboolean
check_steps (const TuttiSteps *steps)
{
  for (guint i = 0; i < steps->n; i++)
    if (!tutti_step_valid (&steps->step[i]))
      return FALSE;
  return TRUE;
}

static gboolean
check_ops (const GPtrArray *ops, GError **error)
{
  for (guint i = 0; i < ops->len; i++)
    {
      const TuttiOp *op = ops->pdata[i];

      if (op->kind == TUTTI_OP_GROUP)
        {
          g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, "a group cannot hold a group");
          return FALSE;
        }
      if (!tutti_op_check (op, error))
        return FALSE;
    }
  return TRUE;
}

/* Two texts have a form of their own; the schema goes by the same names. */
static gboolean
check_text (const TuttiOpSpec *spec, const TuttiArgSpec *arg, const char *text, GError **error)
{
  if (g_str_equal (arg->name, "sound") && !tutti_sound_valid (text))
    {
      g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID,
                           "a sound reads “kit:name”, “synth:name”, “drum:name” or “sha:” and 64 hex digits");
      return FALSE;
    }
  if (g_str_equal (arg->name, "hash") && !tutti_hash_valid (text))
    {
      g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID,
                           "a sound goes by its SHA-256 in lower-case hex");
      return FALSE;
    }
  return tutti_name_valid (text, (gsize) arg->min, (gsize) arg->max) || fail (error, spec, arg, "plain text of allowed length");
}

static gboolean
check_arg (const TuttiOpSpec *spec, const TuttiArgSpec *arg, const TuttiArg *value, GError **error)
{
  switch (arg->type)
    {
    case TUTTI_ARG_NUMBER:
    case TUTTI_ARG_CHOICE:
      return (value->number >= arg->min && value->number <= arg->max) || fail_range (error, spec, arg);
    case TUTTI_ARG_ADDRESS:
      return (value->number >= 0 && tutti_address_spec ((guint) MIN (value->number, TUTTI_N_ADDRESSES)) != NULL) ||
             fail (error, spec, arg, "what a step may lock");
    case TUTTI_ARG_ID:
      return arg->min == 0 || !tutti_id_is_none (value->id) || fail (error, spec, arg, "an id");
    case TUTTI_ARG_TEXT:
      return check_text (spec, arg, value->text, error);
    case TUTTI_ARG_STEPS:
      return (value->steps->n >= 1 && value->steps->n <= TUTTI_STEPS_MAX && check_steps (value->steps)) ||
             fail (error, spec, arg, "1 to 128 steps with values in range");
    case TUTTI_ARG_OPS:
      return value->ops->len >= 1 && value->ops->len <= TUTTI_GROUP_MAX ? check_ops (value->ops, error)
                                                                        : fail (error, spec, arg, "1 to 512 operations");
    case TUTTI_ARG_NOTES:
      return tutti_notes_valid (value->notes) || fail (error, spec, arg, "1 to 1024 edits of different notes with values in range");
    case TUTTI_ARG_ZONE:
      return tutti_zone_edit_valid (value->zone) ||
             fail (error, spec, arg, "a sample, keys 0 to 127, velocities 1 to 127 from low to high, and the like in range");
    case TUTTI_ARG_NONE:
    default:
      g_assert_not_reached ();
    }
}

gboolean
tutti_op_check (const TuttiOp *op, GError **error)
{
  const TuttiOpSpec *spec = tutti_op_spec (op->kind);

  for (guint i = 0; i < TUTTI_OP_ARGS_MAX && spec->args[i].type != TUTTI_ARG_NONE; i++)
    if (!check_arg (spec, &spec->args[i], &op->arg[i], error))
      return FALSE;
  return TRUE;
}

TuttiTarget
tutti_op_target (const TuttiOp *op)
{
  const TuttiOpSpec *spec = tutti_op_spec (op->kind);
  TuttiTarget target = { spec->scope, { 0, 0 }, -1 };

  if (op->kind == TUTTI_OP_GROUP)
    return op->arg[0].ops->len == 1 ? tutti_op_target (op->arg[0].ops->pdata[0]) : target;
  if (spec->args[0].type == TUTTI_ARG_ID)
    target.id = op->arg[0].id;
  if (spec->scope == TUTTI_SCOPE_STEP)
    target.index = (int) op->arg[1].number;
  return target;
}

static gboolean
is_delete (const TuttiOp *op)
{
  return op->kind == TUTTI_OP_TRACK_DELETE || op->kind == TUTTI_OP_CLIP_DELETE || op->kind == TUTTI_OP_SCENE_DELETE ||
         op->kind == TUTTI_OP_EFFECT_DELETE;
}

/* Whether a range of steps and one step, or two ranges, of one clip overlap. */
static gboolean
steps_overlap (const TuttiOp *a, const TuttiOp *b)
{
  gint64 a_end = a->arg[1].number + (a->kind == TUTTI_OP_STEPS ? a->arg[2].steps->n : 1);
  gint64 b_end = b->arg[1].number + (b->kind == TUTTI_OP_STEPS ? b->arg[2].steps->n : 1);

  return tutti_id_equal (a->arg[0].id, b->arg[0].id) && a->arg[1].number < b_end && b->arg[1].number < a_end;
}

static gboolean
any_collides (const GPtrArray *ops, const TuttiOp *other)
{
  for (guint i = 0; i < ops->len; i++)
    if (tutti_op_collides (ops->pdata[i], other))
      return TRUE;
  return FALSE;
}

gboolean
tutti_op_collides (const TuttiOp *a, const TuttiOp *b)
{
  if (a->kind == TUTTI_OP_GROUP)
    return any_collides (a->arg[0].ops, b);
  if (b->kind == TUTTI_OP_GROUP)
    return any_collides (b->arg[0].ops, a);

  const TuttiOpSpec *one = tutti_op_spec (a->kind), *two = tutti_op_spec (b->kind);
  gboolean both_name = one->args[0].type == TUTTI_ARG_ID && two->args[0].type == TUTTI_ARG_ID;

  if (a->kind == TUTTI_OP_NOTES && b->kind == TUTTI_OP_NOTES)
    return tutti_id_equal (a->arg[0].id, b->arg[0].id) && tutti_notes_overlap (a->arg[1].notes, b->arg[1].notes);
  if (a->kind == TUTTI_OP_ZONE && b->kind == TUTTI_OP_ZONE)
    return args_equal (a, b, one->keys) && (a->arg[2].zone->fields & b->arg[2].zone->fields) != 0;
  if ((a->kind == TUTTI_OP_ZONE && b->kind == TUTTI_OP_ZONE_DELETE) || (a->kind == TUTTI_OP_ZONE_DELETE && b->kind == TUTTI_OP_ZONE))
    return args_equal (a, b, one->keys);
  if (a->kind == b->kind)
    return a->kind == TUTTI_OP_STEPS ? steps_overlap (a, b) : args_equal (a, b, one->keys);
  if (a->kind == TUTTI_OP_STEPS && two->scope == TUTTI_SCOPE_STEP)
    return steps_overlap (a, b);
  if (b->kind == TUTTI_OP_STEPS && one->scope == TUTTI_SCOPE_STEP)
    return steps_overlap (a, b);
  return both_name && (is_delete (a) || is_delete (b)) && tutti_id_equal (a->arg[0].id, b->arg[0].id);
}
