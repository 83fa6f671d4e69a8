/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scenes and the clips in them. */
#include "tutti-apply.h"

#include <string.h>

static gboolean
room_for_scene (const TuttiApply *apply)
{
  return apply->jam->n_scenes < TUTTI_SCENES_MAX ||
         tutti_apply_fail (apply, TUTTI_MODEL_ERROR_LIMIT, "a jam holds at most %d scenes", TUTTI_SCENES_MAX);
}

static gboolean
room_for_clips (const TuttiApply *apply, guint n)
{
  return tutti_jam_count_clips (apply->jam) + n <= TUTTI_CLIPS_MAX ||
         tutti_apply_fail (apply, TUTTI_MODEL_ERROR_LIMIT, "a jam holds at most %d clips", TUTTI_CLIPS_MAX);
}

gboolean
tutti_apply_scene_add (const TuttiApply *apply)
{
  TuttiScene scene = { .id = apply->op->arg[0].id, .by = (guint16) apply->stamp->by };

  if (!tutti_apply_fresh_id (apply, 0) || !room_for_scene (apply))
    return FALSE;
  strcpy (scene.name, apply->op->arg[1].text);
  tutti_jam_insert_scene (apply->jam, &scene, (guint) apply->op->arg[2].number);
  /* The first one stays: a jam without scenes has no place for a clip. */
  return apply->jam->n_scenes == 1 || tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_SCENE_DELETE, scene.id));
}

/* The clips of a scene go with it and come back with it. */
static void
bury_clips (TuttiJam *jam, TuttiGrave *grave)
{
  grave->clips = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_clip_unref);
  grave->clip_tracks = g_array_new (FALSE, FALSE, sizeof (TuttiId));
  for (guint i = 0; i < jam->n_tracks; i++)
    {
      const TuttiClip *clip = tutti_track_clip_at (jam->tracks[i], grave->id);

      if (clip == NULL)
        continue;
      TuttiTrack *track = tutti_jam_edit_track (jam, i);

      g_ptr_array_add (grave->clips, tutti_track_steal_clip (track, clip->id));
      g_array_append_val (grave->clip_tracks, track->id);
    }
}

gboolean
tutti_apply_scene_delete (const TuttiApply *apply)
{
  TuttiGrave grave = { .kind = TUTTI_GRAVE_SCENE, .id = apply->op->arg[0].id };
  const TuttiScene *scene = tutti_jam_scene (apply->jam, grave.id, &grave.index);

  if (scene == NULL)
    return tutti_apply_missing (apply, "scene");
  if (apply->jam->n_scenes == 1)
    return tutti_apply_fail (apply, TUTTI_MODEL_ERROR_LIMIT, "a jam keeps at least one scene");
  if (!tutti_apply_room_for_grave (apply))
    return FALSE;
  grave.scene = *scene;
  bury_clips (apply->jam, &grave);
  tutti_jam_remove_scene (apply->jam, grave.index);
  tutti_jam_bury (apply->jam, g_memdup2 (&grave, sizeof grave));
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_SCENE_RESTORE, grave.id));
}

static void
unbury_clips (TuttiJam *jam, const TuttiGrave *grave)
{
  for (guint i = 0; i < grave->clips->len; i++)
    {
      guint index;

      if (tutti_jam_track (jam, g_array_index (grave->clip_tracks, TuttiId, i), &index) != NULL)
        tutti_track_put_clip (tutti_jam_edit_track (jam, index), tutti_clip_ref (grave->clips->pdata[i]));
    }
}

gboolean
tutti_apply_scene_restore (const TuttiApply *apply)
{
  TuttiId id = apply->op->arg[0].id;
  const TuttiGrave *grave = tutti_jam_grave (apply->jam, id);

  if (grave == NULL || grave->kind != TUTTI_GRAVE_SCENE)
    return tutti_apply_missing (apply, "deleted scene");
  if (!room_for_scene (apply) || !room_for_clips (apply, grave->clips->len))
    return FALSE;
  tutti_jam_insert_scene (apply->jam, &grave->scene, grave->index);
  unbury_clips (apply->jam, grave);
  tutti_jam_unbury (apply->jam, id);
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_SCENE_DELETE, id));
}

gboolean
tutti_apply_scene_name (const TuttiApply *apply)
{
  guint index;

  if (tutti_jam_scene (apply->jam, apply->op->arg[0].id, &index) == NULL)
    return tutti_apply_missing (apply, "scene");
  TuttiScene *scene = &apply->jam->scenes[index];
  TuttiOp *inverse = tutti_op_new (TUTTI_OP_SCENE_NAME, scene->id, scene->name);

  strcpy (scene->name, apply->op->arg[1].text);
  return tutti_apply_inverse (apply, inverse);
}

gboolean
tutti_apply_scene_move (const TuttiApply *apply)
{
  guint from;
  const TuttiScene *found = tutti_jam_scene (apply->jam, apply->op->arg[0].id, &from);

  if (found == NULL)
    return tutti_apply_missing (apply, "scene");
  TuttiScene scene = *found;

  tutti_jam_remove_scene (apply->jam, from);
  tutti_jam_insert_scene (apply->jam, &scene, (guint) apply->op->arg[1].number);
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_SCENE_MOVE, scene.id, TUTTI_N (from)));
}

/* The index of the track that argument @track_arg names when its slot in the scene of the next argument is free, else -1. */
static int
free_slot (const TuttiApply *apply, guint track_arg)
{
  int index = tutti_apply_track_index (apply, track_arg);
  TuttiId scene = apply->op->arg[track_arg + 1].id;

  if (index < 0)
    return -1;
  if (tutti_jam_scene (apply->jam, scene, NULL) == NULL)
    {
      tutti_apply_missing (apply, "scene");
      return -1;
    }
  if (tutti_track_clip_at (apply->jam->tracks[index], scene) != NULL)
    {
      tutti_apply_fail (apply, TUTTI_MODEL_ERROR_EXISTS, "there is a clip already");
      return -1;
    }
  return index;
}

gboolean
tutti_apply_clip_add (const TuttiApply *apply)
{
  const TuttiArg *arg = apply->op->arg;
  int index = free_slot (apply, 1);

  if (index < 0 || !tutti_apply_fresh_id (apply, 0) || !room_for_clips (apply, 1))
    return FALSE;
  TuttiClip *clip = tutti_clip_new (arg[0].id, arg[2].id);

  clip->kind = apply->op->kind == TUTTI_OP_CLIP_ADD_NOTES ? TUTTI_CLIP_NOTES : TUTTI_CLIP_STEPS;
  strcpy (clip->name, arg[3].text);
  tutti_track_put_clip (tutti_jam_edit_track (apply->jam, (guint) index), clip);
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_CLIP_DELETE, clip->id));
}

/* The kind of the effect in a slot, or -1. */
static int
kind_in_slot (const TuttiTrack *track, int slot)
{
  for (guint i = 0; i < track->n_effects; i++)
    if (track->effects[i].slot == slot)
      return track->effects[i].kind;
  return -1;
}

/* On another track a lock of an effect's value stays where an effect of the same kind has the same slot: elsewhere it would turn
 * another knob. */
static void
keep_fitting_locks (TuttiStep *step, const TuttiTrack *from, const TuttiTrack *to)
{
  for (guint i = step->n_locks; i-- > 0;)
    {
      int slot = tutti_address_slot (step->locks[i].address);

      if (slot >= 0 && kind_in_slot (from, slot) != kind_in_slot (to, slot))
        tutti_step_set_lock (step, step->locks[i].address, NULL);
    }
}

gboolean
tutti_apply_clip_copy (const TuttiApply *apply)
{
  const TuttiArg *arg = apply->op->arg;
  const TuttiTrack *from = NULL;
  const TuttiClip *source = tutti_jam_clip (apply->jam, arg[1].id, &from);
  int index = free_slot (apply, 2);

  if (index < 0 || !tutti_apply_fresh_id (apply, 0) || !room_for_clips (apply, 1))
    return FALSE;
  if (source == NULL)
    return tutti_apply_missing (apply, "clip");
  if (!tutti_apply_room_for_notes (apply, source->n_notes))
    return FALSE;
  TuttiClip *clip = tutti_clip_new (arg[0].id, arg[3].id);

  strcpy (clip->name, source->name);
  clip->length = source->length;
  clip->ticks_per_step = source->ticks_per_step;
  clip->kind = source->kind;
  memcpy (clip->steps, source->steps, sizeof clip->steps);
  for (guint i = 0; from != apply->jam->tracks[index] && i < TUTTI_STEPS_MAX; i++)
    keep_fitting_locks (&clip->steps[i], from, apply->jam->tracks[index]);
  tutti_clip_set_notes (clip, source->notes, source->n_notes);
  clip->chords = source->chords;
  tutti_track_put_clip (tutti_jam_edit_track (apply->jam, (guint) index), clip);
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_CLIP_DELETE, clip->id));
}

gboolean
tutti_apply_clip_delete (const TuttiApply *apply)
{
  TuttiGrave grave = { .kind = TUTTI_GRAVE_CLIP, .id = apply->op->arg[0].id };
  const TuttiTrack *track = NULL;
  guint index = 0;

  if (tutti_jam_clip (apply->jam, grave.id, &track) == NULL)
    return tutti_apply_missing (apply, "clip");
  if (!tutti_apply_room_for_grave (apply))
    return FALSE;
  grave.track = track->id;
  tutti_jam_track (apply->jam, grave.track, &index);
  grave.clips = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_clip_unref);
  g_ptr_array_add (grave.clips, tutti_track_steal_clip (tutti_jam_edit_track (apply->jam, index), grave.id));
  tutti_jam_bury (apply->jam, g_memdup2 (&grave, sizeof grave));
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_CLIP_RESTORE, grave.id));
}

/* Where a buried clip would go: its track's index, or -1 with the reason. */
static int
clip_home (const TuttiApply *apply, const TuttiGrave *grave)
{
  const TuttiClip *clip = grave->clips->pdata[0];
  guint index;

  if (tutti_jam_track (apply->jam, grave->track, &index) == NULL)
    tutti_apply_missing (apply, "track of that clip");
  else if (tutti_jam_scene (apply->jam, clip->scene, NULL) == NULL)
    tutti_apply_missing (apply, "scene of that clip");
  else if (tutti_track_clip_at (apply->jam->tracks[index], clip->scene) != NULL)
    tutti_apply_fail (apply, TUTTI_MODEL_ERROR_EXISTS, "another clip took its place");
  else
    return (int) index;
  return -1;
}

gboolean
tutti_apply_clip_restore (const TuttiApply *apply)
{
  TuttiId id = apply->op->arg[0].id;
  const TuttiGrave *grave = tutti_jam_grave (apply->jam, id);

  if (grave == NULL || grave->kind != TUTTI_GRAVE_CLIP)
    return tutti_apply_missing (apply, "deleted clip");
  int index = clip_home (apply, grave);

  if (index < 0 || !room_for_clips (apply, 1))
    return FALSE;
  tutti_track_put_clip (tutti_jam_edit_track (apply->jam, (guint) index), tutti_clip_ref (grave->clips->pdata[0]));
  tutti_jam_unbury (apply->jam, id);
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_CLIP_DELETE, id));
}

gboolean
tutti_apply_clip_move (const TuttiApply *apply)
{
  TuttiId id = apply->op->arg[0].id;
  TuttiTrack *from = NULL;
  int to = free_slot (apply, 1);

  if (to < 0)
    return FALSE;
  TuttiClip *clip = tutti_jam_edit_clip (apply->jam, id, &from);

  if (clip == NULL)
    return tutti_apply_missing (apply, "clip");
  TuttiOp *inverse = tutti_op_new (TUTTI_OP_CLIP_MOVE, id, from->id, clip->scene);

  clip->scene = apply->op->arg[2].id;
  tutti_track_put_clip (tutti_jam_edit_track (apply->jam, (guint) to), tutti_track_steal_clip (from, id));
  return tutti_apply_inverse (apply, inverse);
}

gboolean
tutti_apply_clip_resolution (const TuttiApply *apply)
{
  gint64 ticks = apply->op->arg[1].number;
  TuttiClip *clip = tutti_jam_edit_clip (apply->jam, apply->op->arg[0].id, NULL);

  if (clip == NULL)
    return tutti_apply_missing (apply, "clip");
  if (!tutti_resolution_valid (ticks))
    return tutti_apply_fail (apply, TUTTI_MODEL_ERROR_INVALID, "a step lasts 960, 640, 480, 320, 240, 160, 120 or 80 ticks");
  TuttiOp *inverse = tutti_op_new (TUTTI_OP_CLIP_RESOLUTION, clip->id, TUTTI_N (clip->ticks_per_step));

  clip->ticks_per_step = (guint16) ticks;
  return tutti_apply_inverse (apply, inverse);
}
