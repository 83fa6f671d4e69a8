/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The door through which every change comes, and what all the apply functions use. */
#include "tutti-apply.h"

#include <stdarg.h>
#include <string.h>

gboolean
tutti_jam_apply (TuttiJam *jam, const TuttiOp *op, const TuttiStamp *stamp, TuttiOp **inverse, GError **error)
{
  TuttiApply apply = { jam, op, stamp, inverse, error };

  if (inverse != NULL)
    *inverse = NULL;
  return tutti_op_check (op, error) && tutti_op_rows[op->kind].apply (&apply);
}

gboolean
tutti_apply_inverse (const TuttiApply *apply, TuttiOp *op)
{
  if (apply->inverse != NULL)
    *apply->inverse = op;
  else
    tutti_op_free (op);
  return TRUE;
}

gboolean
tutti_apply_fail (const TuttiApply *apply, TuttiModelError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (apply->error != NULL && *apply->error == NULL)
    *apply->error = g_error_new_valist (TUTTI_MODEL_ERROR, code, format, args);
  va_end (args);
  return FALSE;
}

gboolean
tutti_apply_missing (const TuttiApply *apply, const char *what)
{
  return tutti_apply_fail (apply, TUTTI_MODEL_ERROR_MISSING, "there is no such %s (any more)", what);
}

int
tutti_apply_track_index (const TuttiApply *apply, guint arg)
{
  guint index;

  if (tutti_jam_track (apply->jam, apply->op->arg[arg].id, &index) != NULL)
    return (int) index;
  tutti_apply_missing (apply, "track");
  return -1;
}

gboolean
tutti_apply_fresh_id (const TuttiApply *apply, guint arg)
{
  return !tutti_jam_knows (apply->jam, apply->op->arg[arg].id) ||
         tutti_apply_fail (apply, TUTTI_MODEL_ERROR_EXISTS, "that id was given before");
}

gboolean
tutti_apply_room_for_grave (const TuttiApply *apply)
{
  return apply->jam->graves->len < TUTTI_GRAVES_MAX ||
         tutti_apply_fail (apply, TUTTI_MODEL_ERROR_LIMIT, "too many deleted things are still kept");
}

static gint64
read_number (TuttiFieldType type, const void *at)
{
  switch (type)
    {
    case TUTTI_FIELD_U8:
      return *(const guint8 *) at;
    case TUTTI_FIELD_S8:
      return *(const gint8 *) at;
    case TUTTI_FIELD_S16:
      return *(const gint16 *) at;
    case TUTTI_FIELD_U32:
      return *(const guint32 *) at;
    case TUTTI_FIELD_TEXT:
    case TUTTI_FIELD_NONE:
    default:
      g_assert_not_reached ();
    }
}

static void
write_number (TuttiFieldType type, void *at, gint64 number)
{
  switch (type)
    {
    case TUTTI_FIELD_U8:
      *(guint8 *) at = (guint8) number;
      break;
    case TUTTI_FIELD_S8:
      *(gint8 *) at = (gint8) number;
      break;
    case TUTTI_FIELD_S16:
      *(gint16 *) at = (gint16) number;
      break;
    case TUTTI_FIELD_U32:
      *(guint32 *) at = (guint32) number;
      break;
    case TUTTI_FIELD_TEXT:
    case TUTTI_FIELD_NONE:
    default:
      g_assert_not_reached ();
    }
}

/* Writes the argument behind the keys into the row's field of @base; the inverse writes back what was there. */
static gboolean
set_field (const TuttiApply *apply, void *base)
{
  const TuttiOpRow *row = &tutti_op_rows[apply->op->kind];
  guint arg = row->spec.keys;
  void *at = (char *) base + row->field.offset;
  TuttiOp *inverse = tutti_op_copy (apply->op);

  if (row->field.type == TUTTI_FIELD_TEXT)
    {
      g_free (inverse->arg[arg].text);
      inverse->arg[arg].text = g_strdup (at);
      strcpy (at, apply->op->arg[arg].text);
    }
  else
    {
      inverse->arg[arg].number = read_number (row->field.type, at);
      write_number (row->field.type, at, apply->op->arg[arg].number);
    }
  return tutti_apply_inverse (apply, inverse);
}

gboolean
tutti_apply_set_jam (const TuttiApply *apply)
{
  return set_field (apply, apply->jam);
}

gboolean
tutti_apply_set_track (const TuttiApply *apply)
{
  int index = tutti_apply_track_index (apply, 0);

  return index >= 0 && set_field (apply, tutti_jam_edit_track (apply->jam, (guint) index));
}

gboolean
tutti_apply_set_clip (const TuttiApply *apply)
{
  TuttiClip *clip = tutti_jam_edit_clip (apply->jam, apply->op->arg[0].id, NULL);

  return clip != NULL ? set_field (apply, clip) : tutti_apply_missing (apply, "clip");
}

gboolean
tutti_apply_set_step (const TuttiApply *apply)
{
  TuttiClip *clip = tutti_jam_edit_clip (apply->jam, apply->op->arg[0].id, NULL);

  return tutti_apply_clip_kind (apply, clip, TUTTI_CLIP_STEPS) && set_field (apply, &clip->steps[apply->op->arg[1].number]);
}

gboolean
tutti_apply_set_effect (const TuttiApply *apply)
{
  TuttiEffectChain chain;
  TuttiEffect *effect = tutti_jam_edit_effect (apply->jam, apply->op->arg[0].id, &chain, NULL);

  return effect != NULL ? set_field (apply, effect) : tutti_apply_missing (apply, "effect");
}

/* Groups do not nest, so a group's operations go one by one. Takes @op. */
static void
put_first (GPtrArray *ops, TuttiOp *op)
{
  g_autoptr(TuttiOp) group = op;

  if (op->kind != TUTTI_OP_GROUP)
    {
      g_ptr_array_insert (ops, 0, g_steal_pointer (&group));
      return;
    }
  for (guint i = op->arg[0].ops->len; i-- > 0; )
    g_ptr_array_insert (ops, 0, g_ptr_array_steal_index (op->arg[0].ops, i));
}

/* All or none: tried on a copy, which is cheap because it shares what does not change. */
gboolean
tutti_apply_group (const TuttiApply *apply)
{
  const GPtrArray *ops = apply->op->arg[0].ops;
  TuttiJam *copy = tutti_jam_copy (apply->jam);
  g_autoptr(TuttiOp) undo = tutti_op_group_new ();

  for (guint i = 0; i < ops->len; i++)
    {
      TuttiOp *inverse = NULL;

      if (!tutti_jam_apply (copy, ops->pdata[i], apply->stamp, &inverse, apply->error))
        {
          tutti_jam_free (copy);
          return FALSE;
        }
      if (inverse != NULL)
        put_first (undo->arg[0].ops, inverse);
    }

  TuttiJam old = *apply->jam;
  *apply->jam = *copy;
  *copy = old;
  tutti_jam_free (copy);
  return undo->arg[0].ops->len == 0 || tutti_apply_inverse (apply, g_steal_pointer (&undo));
}
