/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-moment.h"

#include <string.h>

/* Room in a message for what stands around an operation. */
#define STAMP_BYTES 512

static gboolean
fits (const TuttiOp *op)
{
  g_autofree char *text = tutti_op_to_text (op);

  return op->arg[0].ops->len <= TUTTI_GROUP_MAX && strlen (text) <= TUTTI_MESSAGE_BYTES_MAX - STAMP_BYTES;
}

/* What cannot be taken back is not done. */
static gboolean
way_fits (const TuttiJam *from, const TuttiOp *way, const TuttiStamp *stamp, GError **error)
{
  g_autoptr(TuttiJam) copy = tutti_jam_copy (from);
  g_autoptr(TuttiOp) inverse = NULL;

  if (!fits (way) || (tutti_jam_apply (copy, way, stamp, &inverse, NULL) && inverse != NULL && !fits (inverse)))
    {
      g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_LIMIT, "too much is different for one step back");
      return FALSE;
    }
  return TRUE;
}

TuttiOp *
tutti_jam_way_back (const TuttiJam *from, const TuttiJam *to, gint64 seq, const TuttiStamp *stamp, TuttiNewId new_id, gpointer user,
                    GError **error)
{
  g_autoptr(GPtrArray) ops = tutti_jam_difference (from, to, stamp, new_id, user, error);
  g_autoptr(TuttiOp) way = NULL;

  if (ops == NULL)
    return NULL;
  if (ops->len == 0)
    {
      g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_EXISTS, "the jam is as it was then");
      return NULL;
    }
  way = tutti_op_group_new ();
  tutti_op_group_add (way, tutti_op_new (TUTTI_OP_MOMENT, "", seq));
  g_ptr_array_extend_and_steal (way->arg[0].ops, g_steal_pointer (&ops));
  return way_fits (from, way, stamp, error) ? g_steal_pointer (&way) : NULL;
}

gboolean
tutti_op_goes_back (const TuttiOp *op, gint64 *seq)
{
  const TuttiOp *first = op->kind == TUTTI_OP_GROUP ? op->arg[0].ops->pdata[0] : NULL;

  if (first == NULL || first->kind != TUTTI_OP_MOMENT || first->arg[1].number == 0)
    return FALSE;
  *seq = first->arg[1].number;
  return TRUE;
}

static void
apply_now (TuttiJam *jam, TuttiOp *op, gint64 frame)
{
  TuttiStamp stamp = { 0, 0, frame };

  tutti_jam_apply (jam, op, &stamp, NULL, NULL);
  tutti_op_free (op);
}

TuttiJam *
tutti_jam_to_hear (const TuttiJam *jam, gint64 frame)
{
  TuttiJam *heard = tutti_jam_copy (jam);
  gboolean anything = FALSE;

  apply_now (heard, tutti_op_new (TUTTI_OP_STOP), frame);
  for (guint i = 0; i < heard->n_tracks; i++)
    {
      TuttiLaunch launch = heard->tracks[i]->playing;

      anything |= !tutti_id_is_none (launch.clip);
      apply_now (heard, tutti_op_new (TUTTI_OP_LAUNCH, heard->tracks[i]->id, launch.clip, TUTTI_N (TUTTI_QUANTUM_NOW)), frame);
    }
  if (!anything && heard->n_scenes > 0)
    apply_now (heard, tutti_op_new (TUTTI_OP_LAUNCH_SCENE, heard->scenes[0].id, TUTTI_N (TUTTI_QUANTUM_NOW)), frame);
  apply_now (heard, tutti_op_new (TUTTI_OP_COUNT_IN, TUTTI_N (0)), frame);
  apply_now (heard, tutti_op_new (TUTTI_OP_PLAY, heard->transport.loop ? heard->transport.loop_start : TUTTI_N (0)), frame);
  return heard;
}
