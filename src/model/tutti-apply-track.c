/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tracks, their parameters and their effect slots. */
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
  if (!room_for_track (apply))
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

  /* What was changed of one preset means nothing to another. */
  if (track->patch_set != 0 && !g_str_equal (track->sound, apply->op->arg[1].text))
    {
      TuttiOp *undo = tutti_op_group_new ();

      tutti_op_group_add (undo, inverse);
      tutti_apply_forget_patch (track, undo);
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

static gboolean
room_for_effect (const TuttiApply *apply, const TuttiTrack *track)
{
  return track->n_effects < TUTTI_EFFECTS_MAX ||
         tutti_apply_fail (apply, TUTTI_MODEL_ERROR_LIMIT, "a chain holds at most %d effects", TUTTI_EFFECTS_MAX);
}

gboolean
tutti_apply_effect_add (const TuttiApply *apply)
{
  const TuttiArg *arg = apply->op->arg;
  TuttiEffect effect = { .id = arg[0].id, .kind = (guint8) arg[2].number, .on = 1 };
  int index = tutti_apply_track_index (apply, 1);

  if (index < 0 || !tutti_apply_fresh_id (apply, 0) || !room_for_effect (apply, apply->jam->tracks[index]))
    return FALSE;
  for (guint i = 0; i < TUTTI_EFFECT_VALUES_MAX; i++)
    effect.values[i] = tutti_effect_value_spec (effect.kind, i)->initial;
  tutti_track_insert_effect (tutti_jam_edit_track (apply->jam, (guint) index), &effect, (guint) arg[3].number);
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_EFFECT_DELETE, arg[0].id));
}

gboolean
tutti_apply_effect_delete (const TuttiApply *apply)
{
  TuttiGrave grave = { .kind = TUTTI_GRAVE_EFFECT, .id = apply->op->arg[0].id };
  TuttiTrack *track = NULL;

  if (!tutti_apply_room_for_grave (apply))
    return FALSE;
  const TuttiEffect *effect = tutti_jam_edit_effect (apply->jam, grave.id, &track, &grave.index);

  if (effect == NULL)
    return tutti_apply_missing (apply, "effect");
  grave.effect = *effect;
  grave.track = track->id;
  tutti_track_remove_effect (track, grave.index);
  tutti_jam_bury (apply->jam, g_memdup2 (&grave, sizeof grave));
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_EFFECT_RESTORE, grave.id));
}

gboolean
tutti_apply_effect_restore (const TuttiApply *apply)
{
  TuttiId id = apply->op->arg[0].id;
  const TuttiGrave *grave = tutti_jam_grave (apply->jam, id);
  guint index;

  if (grave == NULL || grave->kind != TUTTI_GRAVE_EFFECT)
    return tutti_apply_missing (apply, "deleted effect");
  if (tutti_jam_track (apply->jam, grave->track, &index) == NULL)
    return tutti_apply_missing (apply, "track of that effect");
  if (!room_for_effect (apply, apply->jam->tracks[index]))
    return FALSE;
  tutti_track_insert_effect (tutti_jam_edit_track (apply->jam, index), &grave->effect, grave->index);
  tutti_jam_unbury (apply->jam, id);
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_EFFECT_DELETE, id));
}

gboolean
tutti_apply_effect_move (const TuttiApply *apply)
{
  TuttiTrack *track;
  guint from;
  const TuttiEffect *found = tutti_jam_edit_effect (apply->jam, apply->op->arg[0].id, &track, &from);

  if (found == NULL)
    return tutti_apply_missing (apply, "effect");
  TuttiEffect effect = *found;

  tutti_track_remove_effect (track, from);
  tutti_track_insert_effect (track, &effect, (guint) apply->op->arg[1].number);
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_EFFECT_MOVE, effect.id, TUTTI_N (from)));
}

gboolean
tutti_apply_effect_value (const TuttiApply *apply)
{
  gint64 index = apply->op->arg[1].number, value = apply->op->arg[2].number;
  TuttiEffect *effect = tutti_jam_edit_effect (apply->jam, apply->op->arg[0].id, NULL, NULL);

  if (effect == NULL)
    return tutti_apply_missing (apply, "effect");
  const TuttiEffectValueSpec *spec = tutti_effect_value_spec (effect->kind, (guint) index);

  if (spec->name == NULL || value < spec->min || value > spec->max)
    return tutti_apply_fail (apply, TUTTI_MODEL_ERROR_INVALID, "this effect has no such value");
  TuttiOp *inverse = tutti_op_new (TUTTI_OP_EFFECT_VALUE, effect->id, index, TUTTI_N (effect->values[index]));

  effect->values[index] = (gint16) value;
  return tutti_apply_inverse (apply, inverse);
}
