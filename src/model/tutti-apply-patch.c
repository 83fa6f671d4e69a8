/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a track has of its own in place of its preset's numbers. */
#include "tutti-apply.h"

/* What brings back the number as it is: its value, or that the track has none of its own. */
static TuttiOp *
patch_as_it_is (const TuttiTrack *track, gint64 param)
{
  if (!tutti_track_has_patch (track, (TuttiPatchParam) param))
    return tutti_op_new (TUTTI_OP_PATCH_CLEAR, track->id, param);
  return tutti_op_new (TUTTI_OP_PATCH, track->id, param, TUTTI_N (track->patch[param]));
}

gboolean
tutti_apply_patch (const TuttiApply *apply)
{
  gint64 param = apply->op->arg[1].number, value = apply->op->arg[2].number;
  const TuttiParamSpec *spec = tutti_patch_spec ((TuttiPatchParam) param);
  int index = tutti_apply_track_index (apply, 0);

  if (index < 0)
    return FALSE;
  if (value < spec->min || value > spec->max)
    return tutti_apply_fail (apply, TUTTI_MODEL_ERROR_INVALID, "“%s” must be from %d to %d", spec->name, spec->min,
                             spec->max);
  TuttiTrack *track = tutti_jam_edit_track (apply->jam, (guint) index);
  TuttiOp *inverse = patch_as_it_is (track, param);

  tutti_track_set_patch (track, (TuttiPatchParam) param, &(gint16) { (gint16) value });
  return tutti_apply_inverse (apply, inverse);
}

gboolean
tutti_apply_patch_clear (const TuttiApply *apply)
{
  gint64 param = apply->op->arg[1].number;
  int index = tutti_apply_track_index (apply, 0);

  if (index < 0)
    return FALSE;
  TuttiTrack *track = tutti_jam_edit_track (apply->jam, (guint) index);
  TuttiOp *inverse = patch_as_it_is (track, param);

  tutti_track_set_patch (track, (TuttiPatchParam) param, NULL);
  return tutti_apply_inverse (apply, inverse);
}

void
tutti_apply_forget_patch (TuttiTrack *track, TuttiOp *undo)
{
  for (guint i = 0; i < TUTTI_N_PATCH; i++)
    if (tutti_track_has_patch (track, i))
      {
        tutti_op_group_add (undo, patch_as_it_is (track, i));
        tutti_track_set_patch (track, i, NULL);
      }
}

gboolean
tutti_apply_patch_reset (const TuttiApply *apply)
{
  g_autoptr(TuttiOp) undo = tutti_op_group_new ();
  int index = tutti_apply_track_index (apply, 0);

  if (index < 0)
    return FALSE;
  tutti_apply_forget_patch (tutti_jam_edit_track (apply->jam, (guint) index), undo);
  if (undo->arg[0].ops->len == 0)
    tutti_op_group_add (undo, tutti_op_new (TUTTI_OP_PATCH_RESET, apply->op->arg[0].id));
  return tutti_apply_inverse (apply, g_steal_pointer (&undo));
}
