/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Chords come together by their places: each operation says what begins at one tick, the last one stands, and what others said of
 * other places stays. */
#include "tutti-apply.h"
#include "tutti-chord.h"

gboolean
tutti_apply_chord (const TuttiApply *apply)
{
  const TuttiArg *arg = apply->op->arg;
  gint32 tick = (gint32) arg[1].number;
  const TuttiClip *clip = tutti_jam_clip (apply->jam, arg[0].id, NULL);

  if (!tutti_apply_clip_kind (apply, clip, TUTTI_CLIP_NOTES))
    return FALSE;
  TuttiChordLane lane = clip->chords;
  const TuttiChordMark *there = tutti_chord_at (&clip->chords, tick);
  g_autoptr(TuttiOp) inverse = tutti_op_new (TUTTI_OP_CHORD, arg[0].id, TUTTI_N (tick), TUTTI_N (there != NULL ? there->root : 0),
                                             TUTTI_N (there != NULL ? there->quality : TUTTI_HARMONY_AS_BEFORE));

  if (!tutti_chord_put (&lane, tick, (guint) arg[2].number, (TuttiHarmony) arg[3].number))
    return tutti_apply_fail (apply, TUTTI_MODEL_ERROR_LIMIT, "a clip holds at most %d changes of chord", TUTTI_CHORDS_MAX);
  tutti_jam_edit_clip (apply->jam, arg[0].id, NULL)->chords = lane;
  return tutti_apply_inverse (apply, g_steal_pointer (&inverse));
}
