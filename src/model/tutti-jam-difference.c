/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From one document to another. Each operation is applied to a working copy at once, and the next one is chosen by what that then is:
 * deleting a track takes its clips along, restoring a scene brings clips back, and neither has to be foreseen here. */
#include "tutti-jam-difference-private.h"

#include "tutti-note.h"

TuttiId
tutti_diff_here (TuttiDiff *self, TuttiId id)
{
  const TuttiId *name = g_hash_table_lookup (self->names, &id);

  return name != NULL ? *name : id;
}

gboolean
tutti_diff_attempt (TuttiDiff *self, TuttiOp *op, GError **error)
{
  if (self->error != NULL || !tutti_jam_apply (self->work, op, &self->stamp, NULL, error))
    {
      tutti_op_free (op);
      return FALSE;
    }
  g_ptr_array_add (self->ops, op);
  return TRUE;
}

gboolean
tutti_diff_add (TuttiDiff *self, TuttiOp *op)
{
  g_autoptr(GError) error = NULL;
  gboolean done = tutti_diff_attempt (self, op, &error);

  if (error != NULL && self->error == NULL)
    self->error = g_steal_pointer (&error);
  return done;
}

TuttiId
tutti_diff_name_anew (TuttiDiff *self, TuttiId id)
{
  TuttiId name = self->new_id != NULL ? self->new_id (self->user) : id;

  g_hash_table_replace (self->names, g_memdup2 (&id, sizeof id), g_memdup2 (&name, sizeof name));
  return name;
}

/* Whether what is called @id here was made anew for @to. */
static gboolean
is_new (TuttiDiff *self, TuttiId id)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->names);
  while (g_hash_table_iter_next (&iter, NULL, &name))
    if (tutti_id_equal (*(const TuttiId *) name, id))
      return TRUE;
  return FALSE;
}

/* ---- the jam ---- */

static void
differ_jam (TuttiDiff *self)
{
  const TuttiJam *to = self->to;

  if (!g_str_equal (self->work->name, to->name) && to->name[0] != '\0')
    tutti_diff_add (self, tutti_op_new (TUTTI_OP_JAM_NAME, to->name));
  if (self->work->seed != to->seed)
    tutti_diff_add (self, tutti_op_new (TUTTI_OP_JAM_SEED, TUTTI_N (to->seed)));
  if (self->work->key != to->key || self->work->scale != to->scale)
    tutti_diff_add (self, tutti_op_new (TUTTI_OP_JAM_KEY, TUTTI_N (to->key), TUTTI_N (to->scale)));
  for (int i = 0; i < TUTTI_N_MIX_SETTINGS; i++)
    if (self->work->mix[i] != to->mix[i])
      tutti_diff_add (self, tutti_op_new (TUTTI_OP_MIX, TUTTI_N (i), TUTTI_N (to->mix[i])));
}

static void
differ_transport (TuttiDiff *self)
{
  const TuttiTransport *now = &self->work->transport, *to = &self->to->transport;

  if (now->anchor.tempo_cbpm != to->anchor.tempo_cbpm)
    tutti_diff_add (self, tutti_op_new (TUTTI_OP_TEMPO, TUTTI_N (to->anchor.tempo_cbpm)));
  if (now->beats != to->beats || now->unit != to->unit)
    tutti_diff_add (self, tutti_op_new (TUTTI_OP_SIGNATURE, TUTTI_N (to->beats), TUTTI_N (to->unit)));
  if (now->loop != to->loop || now->loop_start != to->loop_start || now->loop_end != to->loop_end)
    tutti_diff_add (self, tutti_op_new (TUTTI_OP_LOOP, TUTTI_N (to->loop), to->loop_start, to->loop_end));
  if (now->swing != to->swing)
    tutti_diff_add (self, tutti_op_new (TUTTI_OP_SWING, TUTTI_N (to->swing)));
  if (now->metronome != to->metronome)
    tutti_diff_add (self, tutti_op_new (TUTTI_OP_METRONOME, TUTTI_N (to->metronome)));
  if (now->count_in != to->count_in)
    tutti_diff_add (self, tutti_op_new (TUTTI_OP_COUNT_IN, TUTTI_N (to->count_in)));
}

static void
add_sounds (TuttiDiff *self)
{
  for (guint i = 0; i < self->to->sounds->len; i++)
    {
      const TuttiSoundEntry *sound = self->to->sounds->pdata[i];

      if (tutti_jam_sound (self->work, sound->hash) == NULL)
        tutti_diff_add (self, tutti_op_new (TUTTI_OP_SOUND_ADD, sound->hash, sound->name, TUTTI_N (sound->n_frames),
                                            TUTTI_N (sound->n_channels)));
    }
}

/* ---- what is there ---- */

/* A jam keeps at least one scene: when none of these is wanted, the last one goes after the first that is. */
static void
delete_scenes (TuttiDiff *self)
{
  for (guint i = self->work->n_scenes; i-- > 0 && self->work->n_scenes > 1; )
    {
      TuttiId id = self->work->scenes[i].id;

      if (tutti_jam_scene (self->to, id, NULL) == NULL && !is_new (self, id))
        tutti_diff_add (self, tutti_op_new (TUTTI_OP_SCENE_DELETE, id));
    }
}

static void
delete_tracks (TuttiDiff *self)
{
  for (guint i = self->work->n_tracks; i-- > 0; )
    if (tutti_jam_track (self->to, self->work->tracks[i]->id, NULL) == NULL)
      tutti_diff_add (self, tutti_op_new (TUTTI_OP_TRACK_DELETE, self->work->tracks[i]->id));
}

static void
delete_clips (TuttiDiff *self)
{
  for (guint i = 0; i < self->work->n_tracks; i++)
    for (guint j = self->work->tracks[i]->n_clips; j-- > 0; )
      if (tutti_jam_clip (self->to, self->work->tracks[i]->clips[j]->id, NULL) == NULL)
        tutti_diff_add (self, tutti_op_new (TUTTI_OP_CLIP_DELETE, self->work->tracks[i]->clips[j]->id));
}

/* An effect stays on its track. */
static gboolean
wants_effect (TuttiDiff *self, const TuttiTrack *track, TuttiId id)
{
  const TuttiTrack *there = NULL;

  if (tutti_jam_effect (self->to, id, &there) == NULL)
    return FALSE;
  return track == NULL || there == NULL ? track == there : tutti_id_equal (tutti_diff_here (self, there->id), track->id);
}

/* @track: whose effect it is, NULL the master's. */
static void
delete_unwanted (TuttiDiff *self, const TuttiTrack *track, TuttiId id)
{
  if (!wants_effect (self, track, id))
    tutti_diff_add (self, tutti_op_new (TUTTI_OP_EFFECT_DELETE, id));
}

static void
delete_effects (TuttiDiff *self)
{
  for (guint i = 0; i < self->work->n_tracks; i++)
    for (guint j = self->work->tracks[i]->n_effects; j-- > 0; )
      delete_unwanted (self, self->work->tracks[i], self->work->tracks[i]->effects[j].id);
  for (guint j = self->work->n_master_effects; j-- > 0; )
    delete_unwanted (self, NULL, self->work->master_effects[j].id);
}

static TuttiOp *
restoring (TuttiDiff *self, const TuttiGrave *grave)
{
  switch (grave->kind)
    {
    case TUTTI_GRAVE_TRACK:
      return tutti_jam_track (self->to, grave->id, NULL) != NULL ? tutti_op_new (TUTTI_OP_TRACK_RESTORE, grave->id) : NULL;
    case TUTTI_GRAVE_SCENE:
      return tutti_jam_scene (self->to, grave->id, NULL) != NULL ? tutti_op_new (TUTTI_OP_SCENE_RESTORE, grave->id) : NULL;
    case TUTTI_GRAVE_CLIP:
      return tutti_jam_clip (self->to, grave->id, NULL) != NULL ? tutti_op_new (TUTTI_OP_CLIP_RESTORE, grave->id) : NULL;
    case TUTTI_GRAVE_EFFECT:
      return tutti_jam_effect (self->to, grave->id, NULL) != NULL ? tutti_op_new (TUTTI_OP_EFFECT_RESTORE, grave->id) : NULL;
    default:
      g_assert_not_reached ();
    }
}

/* Newest first: what was deleted together with something that was deleted later finds its place again. What does not come back is
 * made anew. */
static void
restore (TuttiDiff *self)
{
  for (guint i = self->work->graves->len; i-- > 0; )
    {
      TuttiOp *op = restoring (self, self->work->graves->pdata[i]);

      if (op != NULL)
        tutti_diff_attempt (self, op, NULL);
    }
}

static void
add_scenes (TuttiDiff *self)
{
  for (guint i = 0; i < self->to->n_scenes && self->error == NULL; i++)
    {
      const TuttiScene *scene = &self->to->scenes[i];

      if (tutti_jam_scene (self->work, tutti_diff_here (self, scene->id), NULL) == NULL)
        tutti_diff_add (self, tutti_op_new (TUTTI_OP_SCENE_ADD, tutti_diff_name_anew (self, scene->id), scene->name, TUTTI_N (i)));
      if (self->work->n_scenes == TUTTI_SCENES_MAX)
        delete_scenes (self);
    }
  delete_scenes (self);
}

static void
add_tracks (TuttiDiff *self)
{
  for (guint i = 0; i < self->to->n_tracks && self->error == NULL; i++)
    {
      const TuttiTrack *track = self->to->tracks[i];

      if (tutti_jam_track (self->work, tutti_diff_here (self, track->id), NULL) == NULL)
        tutti_diff_add (self, tutti_op_new (TUTTI_OP_TRACK_ADD, tutti_diff_name_anew (self, track->id), track->name, track->sound,
                                            TUTTI_N (track->colour)));
    }
}

/* ---- clips in their places ---- */

/* Whether it is there, and elsewhere than it should be. */
static gboolean
is_misplaced (TuttiDiff *self, const TuttiTrack *track, const TuttiClip *clip)
{
  const TuttiTrack *there = NULL;
  const TuttiClip *found = tutti_jam_clip (self->work, tutti_diff_here (self, clip->id), &there);

  return found != NULL && (!tutti_id_equal (there->id, tutti_diff_here (self, track->id)) ||
                           !tutti_id_equal (found->scene, tutti_diff_here (self, clip->scene)));
}

static gboolean
move_clip (TuttiDiff *self, const TuttiTrack *track, const TuttiClip *clip)
{
  TuttiId id = tutti_diff_here (self, clip->id), to = tutti_diff_here (self, track->id), scene = tutti_diff_here (self, clip->scene);

  return tutti_diff_attempt (self, tutti_op_new (TUTTI_OP_CLIP_MOVE, id, to, scene), NULL);
}

/* Returns how many found their place; @misplaced: (out) how many are there and have not. */
static guint
move_clips (TuttiDiff *self, guint *misplaced)
{
  guint moved = 0;

  *misplaced = 0;
  for (guint i = 0; i < self->to->n_tracks; i++)
    for (guint j = 0; j < self->to->tracks[i]->n_clips; j++)
      {
        const TuttiClip *clip = self->to->tracks[i]->clips[j];

        if (!is_misplaced (self, self->to->tracks[i], clip))
          continue;
        if (move_clip (self, self->to->tracks[i], clip))
          moved++;
        else
          ++*misplaced;
      }
  return moved;
}

/* Clips that go round in a circle: one of them steps aside for good, and is made anew. */
static void
break_circle (TuttiDiff *self)
{
  for (guint i = 0; i < self->to->n_tracks; i++)
    for (guint j = 0; j < self->to->tracks[i]->n_clips; j++)
      {
        const TuttiClip *clip = self->to->tracks[i]->clips[j];

        if (!is_misplaced (self, self->to->tracks[i], clip))
          continue;
        tutti_diff_add (self, tutti_op_new (TUTTI_OP_CLIP_DELETE, tutti_diff_here (self, clip->id)));
        return;
      }
}

static void
make_clip (TuttiDiff *self, const TuttiTrack *track, const TuttiClip *clip)
{
  TuttiOpKind kind = clip->kind == TUTTI_CLIP_NOTES ? TUTTI_OP_CLIP_ADD_NOTES : TUTTI_OP_CLIP_ADD;
  TuttiId id = tutti_diff_name_anew (self, clip->id);

  tutti_diff_add (self, tutti_op_new (kind, id, tutti_diff_here (self, track->id), tutti_diff_here (self, clip->scene), clip->name));
}

static void
place_clips (TuttiDiff *self)
{
  guint misplaced = 1;

  while (misplaced > 0 && self->error == NULL)
    if (move_clips (self, &misplaced) == 0 && misplaced > 0)
      break_circle (self);
  for (guint i = 0; i < self->to->n_tracks; i++)
    for (guint j = 0; j < self->to->tracks[i]->n_clips && self->error == NULL; j++)
      {
        const TuttiClip *clip = self->to->tracks[i]->clips[j];

        if (tutti_jam_clip (self->work, tutti_diff_here (self, clip->id), NULL) == NULL)
          make_clip (self, self->to->tracks[i], clip);
      }
}

static void
differ_places (TuttiDiff *self)
{
  guint place;

  for (guint i = 0; i < self->to->n_scenes; i++)
    {
      TuttiId id = tutti_diff_here (self, self->to->scenes[i].id);
      const TuttiScene *scene = tutti_jam_scene (self->work, id, &place);

      if (scene != NULL && !g_str_equal (scene->name, self->to->scenes[i].name))
        tutti_diff_add (self, tutti_op_new (TUTTI_OP_SCENE_NAME, id, self->to->scenes[i].name));
      if (scene != NULL && place != i)
        tutti_diff_add (self, tutti_op_new (TUTTI_OP_SCENE_MOVE, id, TUTTI_N (i)));
    }
  for (guint i = 0; i < self->to->n_tracks; i++)
    if (tutti_jam_track (self->work, tutti_diff_here (self, self->to->tracks[i]->id), &place) != NULL && place != i)
      tutti_diff_add (self, tutti_op_new (TUTTI_OP_TRACK_MOVE, tutti_diff_here (self, self->to->tracks[i]->id), TUTTI_N (i)));
}

static void
differ (TuttiDiff *self)
{
  differ_jam (self);
  differ_transport (self);
  add_sounds (self);
  delete_tracks (self);
  delete_scenes (self);
  delete_clips (self);
  delete_effects (self);
  restore (self);
  /* What came along and is not wanted. */
  delete_clips (self);
  delete_effects (self);
  add_scenes (self);
  add_tracks (self);
  place_clips (self);
  for (guint i = 0; i < self->to->n_tracks && self->error == NULL; i++)
    tutti_diff_track (self, self->to->tracks[i]);
  for (guint i = 0; i < self->to->n_master_effects && self->error == NULL; i++)
    tutti_diff_effect (self, tutti_id (0, 0), &self->to->master_effects[i], i);
  differ_places (self);
}

GPtrArray *
tutti_jam_difference (const TuttiJam *from, const TuttiJam *to, const TuttiStamp *stamp, TuttiNewId new_id, gpointer user,
                      GError **error)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full (tutti_note_hash_id, tutti_note_equal_ids, g_free, g_free);
  g_autoptr(GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free);
  TuttiDiff self = { tutti_jam_copy (from), to, *stamp, new_id, user, names, ops, NULL };

  differ (&self);
  tutti_jam_free (self.work);
  if (self.error == NULL)
    return g_steal_pointer (&ops);
  g_propagate_error (error, self.error);
  return NULL;
}
