/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tracks and their parameters. */
#include "tutti-apply.h"

#include <string.h>

static gboolean
room_for_track (const TuttiApply *apply)
{
  return apply->jam->n_tracks < TUTTI_TRACKS_MAX ||
         tutti_apply_fail (apply, TUTTI_MODEL_ERROR_LIMIT, "a jam holds at most %d tracks", TUTTI_TRACKS_MAX);
}

gboolean
tutti_apply_track_add (const TuttiApply *apply)
{
  const TuttiArg *arg = apply->op->arg;

  if (!tutti_apply_fresh_id (apply, 0) || !room_for_track (apply))
    return FALSE;
  TuttiTrack *track = tutti_track_new (arg[0].id);

  strcpy (track->name, arg[1].text);
  strcpy (track->sound, arg[2].text);
  track->colour = (guint8) arg[3].number;
  track->by = (guint16) apply->stamp->by;
  tutti_jam_insert_track (apply->jam, track, apply->jam->n_tracks);
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_TRACK_DELETE, arg[0].id));
}

gboolean
tutti_apply_track_delete (const TuttiApply *apply)
{
  TuttiGrave grave = { .kind = TUTTI_GRAVE_TRACK, .id = apply->op->arg[0].id };
  int index = tutti_apply_track_index (apply, 0);

  if (index < 0 || !tutti_apply_room_for_grave (apply))
    return FALSE;
  grave.index = (guint) index;
  grave.entity_track = tutti_jam_steal_track (apply->jam, grave.index);
  tutti_jam_bury (apply->jam, g_memdup2 (&grave, sizeof grave));
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_TRACK_RESTORE, grave.id));
}

/* Clips of a track whose scene went meanwhile come back only as far as their scenes are there; a claim only with its owner. */
static TuttiTrack *
without_lost (const TuttiJam *jam, TuttiTrack *track)
{
  const TuttiPerson *owner = tutti_jam_person (jam, track->claimed);

  if (owner == NULL || owner->role < TUTTI_ROLE_CONTRIBUTOR)
    track->claimed = 0;
  for (guint i = track->n_clips; i-- > 0; )
    if (tutti_jam_scene (jam, track->clips[i]->scene, NULL) == NULL)
      tutti_clip_unref (tutti_track_steal_clip (track, track->clips[i]->id));
  return track;
}

gboolean
tutti_apply_track_restore (const TuttiApply *apply)
{
  TuttiId id = apply->op->arg[0].id;
  const TuttiGrave *grave = tutti_jam_grave (apply->jam, id);

  if (grave == NULL || grave->kind != TUTTI_GRAVE_TRACK)
    return tutti_apply_missing (apply, "deleted track");
  if (!room_for_track (apply) || !tutti_apply_room_for_big (apply, tutti_track_count_big_effects (grave->entity_track)))
    return FALSE;
  guint index = MIN (grave->index, apply->jam->n_tracks);

  tutti_jam_insert_track (apply->jam, tutti_track_ref (grave->entity_track), index);
  tutti_jam_unbury (apply->jam, id);
  without_lost (apply->jam, tutti_jam_edit_track (apply->jam, index));
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_TRACK_DELETE, id));
}

gboolean
tutti_apply_track_move (const TuttiApply *apply)
{
  int from = tutti_apply_track_index (apply, 0);

  if (from < 0)
    return FALSE;
  guint to = MIN ((guint) apply->op->arg[1].number, apply->jam->n_tracks - 1);

  tutti_jam_insert_track (apply->jam, tutti_jam_steal_track (apply->jam, (guint) from), to);
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_TRACK_MOVE, apply->op->arg[0].id, TUTTI_N (from)));
}

gboolean
tutti_apply_track_sound (const TuttiApply *apply)
{
  int index = tutti_apply_track_index (apply, 0);

  if (index < 0)
    return FALSE;
  TuttiTrack *track = tutti_jam_edit_track (apply->jam, (guint) index);
  TuttiOp *inverse = tutti_op_new (TUTTI_OP_TRACK_SOUND, track->id, track->sound);

  /* What was changed of one sound means nothing to another, and zones would hide it. */
  if ((tutti_track_has_any_patch (track) || track->n_zones > 0) && !g_str_equal (track->sound, apply->op->arg[1].text))
    {
      TuttiOp *undo = tutti_op_group_new ();

      tutti_op_group_add (undo, inverse);
      tutti_apply_forget_patch (track, undo);
      tutti_apply_forget_zones (track, undo);
      inverse = undo;
    }
  strcpy (track->sound, apply->op->arg[1].text);
  return tutti_apply_inverse (apply, inverse);
}

gboolean
tutti_apply_param (const TuttiApply *apply)
{
  gint64 param = apply->op->arg[1].number, value = apply->op->arg[2].number;
  const TuttiParamSpec *spec = tutti_param_spec ((TuttiParam) param);
  int index = tutti_apply_track_index (apply, 0);

  if (index < 0)
    return FALSE;
  if (value < spec->min || value > spec->max)
    return tutti_apply_fail (apply, TUTTI_MODEL_ERROR_INVALID, "“%s” must be from %d to %d", spec->name, spec->min,
                             spec->max);
  TuttiTrack *track = tutti_jam_edit_track (apply->jam, (guint) index);
  TuttiOp *inverse = tutti_op_new (TUTTI_OP_PARAM, track->id, param, TUTTI_N (track->params[param]));

  track->params[param] = (gint16) value;
  return tutti_apply_inverse (apply, inverse);
}
