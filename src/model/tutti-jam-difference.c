/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each operation is applied to a working copy at once, and the next one is chosen by what that then is: deleting a track takes its
 * clips along, restoring a scene brings clips back, and neither has to be foreseen here. */
#include "tutti-jam-difference.h"

#include "tutti-chord.h"
#include "tutti-note.h"
#include "tutti-zone.h"

#include <string.h>

/* Room in a message for what stands around an operation. */
#define STAMP_BYTES 512

/* Steps between two that differ which are written along: less than what another operation costs. */
#define STEPS_BETWEEN 2

typedef struct
{
  TuttiJam       *work;            /* owned: @from with all of @ops */
  const TuttiJam *to;
  TuttiStamp      stamp;
  TuttiNewId      new_id;
  gpointer        user;
  GHashTable     *names;           /* id of @to → id here, where they differ; as TuttiId */
  GPtrArray      *ops;
  GError         *error;           /* owned: what was in the way first */
} Difference;

/* What is called @id in @to is called so here. */
static TuttiId
here (Difference *self, TuttiId id)
{
  const TuttiId *name = g_hash_table_lookup (self->names, &id);

  return name != NULL ? *name : id;
}

/* Takes @op; FALSE when it cannot be. */
static gboolean
attempt (Difference *self, TuttiOp *op, GError **error)
{
  if (self->error != NULL || !tutti_jam_apply (self->work, op, &self->stamp, NULL, error))
    {
      tutti_op_free (op);
      return FALSE;
    }
  g_ptr_array_add (self->ops, op);
  return TRUE;
}

/* The same where there is no other way. */
static gboolean
add (Difference *self, TuttiOp *op)
{
  g_autoptr(GError) error = NULL;
  gboolean done = attempt (self, op, &error);

  if (error != NULL && self->error == NULL)
    self->error = g_steal_pointer (&error);
  return done;
}

/* The id of something that is made anew here. */
static TuttiId
name_anew (Difference *self, TuttiId id)
{
  TuttiId name = self->new_id != NULL ? self->new_id (self->user) : id;

  g_hash_table_replace (self->names, g_memdup2 (&id, sizeof id), g_memdup2 (&name, sizeof name));
  return name;
}

/* Whether what is called @id here was made anew for @to. */
static gboolean
is_new (Difference *self, TuttiId id)
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
differ_jam (Difference *self)
{
  const TuttiJam *to = self->to;

  if (!g_str_equal (self->work->name, to->name) && to->name[0] != '\0')
    add (self, tutti_op_new (TUTTI_OP_JAM_NAME, to->name));
  if (self->work->seed != to->seed)
    add (self, tutti_op_new (TUTTI_OP_JAM_SEED, TUTTI_N (to->seed)));
  if (self->work->key != to->key || self->work->scale != to->scale)
    add (self, tutti_op_new (TUTTI_OP_JAM_KEY, TUTTI_N (to->key), TUTTI_N (to->scale)));
  for (int i = 0; i < TUTTI_N_MIX_SETTINGS; i++)
    if (self->work->mix[i] != to->mix[i])
      add (self, tutti_op_new (TUTTI_OP_MIX, TUTTI_N (i), TUTTI_N (to->mix[i])));
}

static void
differ_transport (Difference *self)
{
  const TuttiTransport *now = &self->work->transport, *to = &self->to->transport;

  if (now->anchor.tempo_cbpm != to->anchor.tempo_cbpm)
    add (self, tutti_op_new (TUTTI_OP_TEMPO, TUTTI_N (to->anchor.tempo_cbpm)));
  if (now->beats != to->beats || now->unit != to->unit)
    add (self, tutti_op_new (TUTTI_OP_SIGNATURE, TUTTI_N (to->beats), TUTTI_N (to->unit)));
  if (now->loop != to->loop || now->loop_start != to->loop_start || now->loop_end != to->loop_end)
    add (self, tutti_op_new (TUTTI_OP_LOOP, TUTTI_N (to->loop), to->loop_start, to->loop_end));
  if (now->swing != to->swing)
    add (self, tutti_op_new (TUTTI_OP_SWING, TUTTI_N (to->swing)));
  if (now->metronome != to->metronome)
    add (self, tutti_op_new (TUTTI_OP_METRONOME, TUTTI_N (to->metronome)));
  if (now->count_in != to->count_in)
    add (self, tutti_op_new (TUTTI_OP_COUNT_IN, TUTTI_N (to->count_in)));
}

static void
add_sounds (Difference *self)
{
  for (guint i = 0; i < self->to->sounds->len; i++)
    {
      const TuttiSoundEntry *sound = self->to->sounds->pdata[i];

      if (tutti_jam_sound (self->work, sound->hash) == NULL)
        add (self, tutti_op_new (TUTTI_OP_SOUND_ADD, sound->hash, sound->name, TUTTI_N (sound->n_frames), TUTTI_N (sound->n_channels)));
    }
}

/* ---- what is there ---- */

/* A jam keeps at least one scene: when none of these is wanted, the last one goes after the first that is. */
static void
delete_scenes (Difference *self)
{
  for (guint i = self->work->n_scenes; i-- > 0 && self->work->n_scenes > 1; )
    {
      TuttiId id = self->work->scenes[i].id;

      if (tutti_jam_scene (self->to, id, NULL) == NULL && !is_new (self, id))
        add (self, tutti_op_new (TUTTI_OP_SCENE_DELETE, id));
    }
}

static void
delete_tracks (Difference *self)
{
  for (guint i = self->work->n_tracks; i-- > 0; )
    if (tutti_jam_track (self->to, self->work->tracks[i]->id, NULL) == NULL)
      add (self, tutti_op_new (TUTTI_OP_TRACK_DELETE, self->work->tracks[i]->id));
}

static void
delete_clips (Difference *self)
{
  for (guint i = 0; i < self->work->n_tracks; i++)
    for (guint j = self->work->tracks[i]->n_clips; j-- > 0; )
      if (tutti_jam_clip (self->to, self->work->tracks[i]->clips[j]->id, NULL) == NULL)
        add (self, tutti_op_new (TUTTI_OP_CLIP_DELETE, self->work->tracks[i]->clips[j]->id));
}

/* An effect stays on its track. */
static gboolean
wants_effect (Difference *self, const TuttiTrack *track, TuttiId id)
{
  const TuttiTrack *there = NULL;

  if (tutti_jam_effect (self->to, id, &there) == NULL)
    return FALSE;
  return track == NULL || there == NULL ? track == there : tutti_id_equal (here (self, there->id), track->id);
}

/* @track: whose effect it is, NULL the master's. */
static void
delete_unwanted (Difference *self, const TuttiTrack *track, TuttiId id)
{
  if (!wants_effect (self, track, id))
    add (self, tutti_op_new (TUTTI_OP_EFFECT_DELETE, id));
}

static void
delete_effects (Difference *self)
{
  for (guint i = 0; i < self->work->n_tracks; i++)
    for (guint j = self->work->tracks[i]->n_effects; j-- > 0; )
      delete_unwanted (self, self->work->tracks[i], self->work->tracks[i]->effects[j].id);
  for (guint j = self->work->n_master_effects; j-- > 0; )
    delete_unwanted (self, NULL, self->work->master_effects[j].id);
}

static TuttiOp *
restoring (Difference *self, const TuttiGrave *grave)
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
restore (Difference *self)
{
  for (guint i = self->work->graves->len; i-- > 0; )
    {
      TuttiOp *op = restoring (self, self->work->graves->pdata[i]);

      if (op != NULL)
        attempt (self, op, NULL);
    }
}

static void
add_scenes (Difference *self)
{
  for (guint i = 0; i < self->to->n_scenes && self->error == NULL; i++)
    {
      const TuttiScene *scene = &self->to->scenes[i];

      if (tutti_jam_scene (self->work, here (self, scene->id), NULL) == NULL)
        add (self, tutti_op_new (TUTTI_OP_SCENE_ADD, name_anew (self, scene->id), scene->name, TUTTI_N (i)));
      if (self->work->n_scenes == TUTTI_SCENES_MAX)
        delete_scenes (self);
    }
  delete_scenes (self);
}

static void
add_tracks (Difference *self)
{
  for (guint i = 0; i < self->to->n_tracks && self->error == NULL; i++)
    {
      const TuttiTrack *track = self->to->tracks[i];

      if (tutti_jam_track (self->work, here (self, track->id), NULL) == NULL)
        add (self, tutti_op_new (TUTTI_OP_TRACK_ADD, name_anew (self, track->id), track->name, track->sound, TUTTI_N (track->colour)));
    }
}

/* ---- clips in their places ---- */

static gboolean
is_placed (Difference *self, const TuttiTrack *track, const TuttiClip *clip)
{
  const TuttiTrack *there = NULL;
  const TuttiClip *found = tutti_jam_clip (self->work, here (self, clip->id), &there);

  return found != NULL && tutti_id_equal (there->id, here (self, track->id)) && tutti_id_equal (found->scene, here (self, clip->scene));
}

static gboolean
move_clip (Difference *self, const TuttiTrack *track, const TuttiClip *clip)
{
  return attempt (self, tutti_op_new (TUTTI_OP_CLIP_MOVE, here (self, clip->id), here (self, track->id), here (self, clip->scene)), NULL);
}

/* Returns how many found their place; @misplaced: (out) how many are there and have not. */
static guint
move_clips (Difference *self, guint *misplaced)
{
  guint moved = 0;

  *misplaced = 0;
  for (guint i = 0; i < self->to->n_tracks; i++)
    for (guint j = 0; j < self->to->tracks[i]->n_clips; j++)
      {
        const TuttiClip *clip = self->to->tracks[i]->clips[j];

        if (tutti_jam_clip (self->work, here (self, clip->id), NULL) == NULL || is_placed (self, self->to->tracks[i], clip))
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
break_circle (Difference *self)
{
  for (guint i = 0; i < self->to->n_tracks; i++)
    for (guint j = 0; j < self->to->tracks[i]->n_clips; j++)
      {
        const TuttiClip *clip = self->to->tracks[i]->clips[j];

        if (tutti_jam_clip (self->work, here (self, clip->id), NULL) == NULL || is_placed (self, self->to->tracks[i], clip))
          continue;
        add (self, tutti_op_new (TUTTI_OP_CLIP_DELETE, here (self, clip->id)));
        return;
      }
}

static void
place_clips (Difference *self)
{
  guint misplaced = 1;

  while (misplaced > 0 && self->error == NULL)
    if (move_clips (self, &misplaced) == 0 && misplaced > 0)
      break_circle (self);
  for (guint i = 0; i < self->to->n_tracks; i++)
    for (guint j = 0; j < self->to->tracks[i]->n_clips && self->error == NULL; j++)
      {
        const TuttiClip *clip = self->to->tracks[i]->clips[j];

        if (tutti_jam_clip (self->work, here (self, clip->id), NULL) == NULL)
          add (self, tutti_op_new (clip->kind == TUTTI_CLIP_NOTES ? TUTTI_OP_CLIP_ADD_NOTES : TUTTI_OP_CLIP_ADD,
                                   name_anew (self, clip->id), here (self, self->to->tracks[i]->id), here (self, clip->scene), clip->name));
      }
}

/* ---- what is inside ---- */

static void
differ_steps (Difference *self, TuttiId id, const TuttiClip *to)
{
  const TuttiClip *clip = tutti_jam_clip (self->work, id, NULL);
  int first = -1, last = -1;

  for (int i = 0; clip != NULL && i <= TUTTI_STEPS_MAX; i++)
    {
      gboolean differs = i < TUTTI_STEPS_MAX && !tutti_step_equal (&clip->steps[i], &to->steps[i]);

      if (first >= 0 && (i == TUTTI_STEPS_MAX || (differs && i - last > STEPS_BETWEEN + 1)))
        {
          TuttiSteps *steps = tutti_steps_new ((guint) (last - first + 1));

          memcpy (steps->step, &to->steps[first], steps->n * sizeof *steps->step);
          add (self, tutti_op_new (TUTTI_OP_STEPS, id, TUTTI_N (first), steps));
          clip = tutti_jam_clip (self->work, id, NULL);
          first = -1;
        }
      if (differs)
        {
          first = first < 0 ? i : first;
          last = i;
        }
    }
}

static void
differ_notes (Difference *self, TuttiId id, const TuttiClip *to)
{
  const TuttiClip *clip = tutti_jam_clip (self->work, id, NULL);
  TuttiNotes *notes;

  while (clip != NULL && self->error == NULL && (notes = tutti_notes_difference (clip, to)) != NULL)
    {
      add (self, tutti_op_new (TUTTI_OP_NOTES, id, notes));
      clip = tutti_jam_clip (self->work, id, NULL);
    }
}

static void
differ_chords (Difference *self, TuttiId id, const TuttiClip *to)
{
  const TuttiClip *clip = tutti_jam_clip (self->work, id, NULL);
  g_autoptr(GPtrArray) ops = clip != NULL ? tutti_chord_changes (id, &clip->chords, &to->chords) : NULL;

  for (guint i = 0; ops != NULL && i < ops->len; i++)
    add (self, tutti_op_copy (ops->pdata[i]));
}

static void
differ_clip (Difference *self, const TuttiClip *to)
{
  TuttiId id = here (self, to->id);
  const TuttiClip *clip = tutti_jam_clip (self->work, id, NULL);

  if (clip == NULL)
    return;
  gboolean name = !g_str_equal (clip->name, to->name), length = clip->length != to->length;
  gboolean resolution = clip->ticks_per_step != to->ticks_per_step;

  if (name)
    add (self, tutti_op_new (TUTTI_OP_CLIP_NAME, id, to->name));
  if (length)
    add (self, tutti_op_new (TUTTI_OP_CLIP_LENGTH, id, TUTTI_N (to->length)));
  if (resolution)
    add (self, tutti_op_new (TUTTI_OP_CLIP_RESOLUTION, id, TUTTI_N (to->ticks_per_step)));
  if (to->kind == TUTTI_CLIP_NOTES)
    {
      differ_notes (self, id, to);
      differ_chords (self, id, to);
    }
  else
    differ_steps (self, id, to);
}

static void
differ_effect_values (Difference *self, const TuttiEffect *now, const TuttiEffect *to)
{
  TuttiId id = now->id, key = here (self, to->key);

  if (now->on != to->on)
    add (self, tutti_op_new (TUTTI_OP_EFFECT_ON, id, TUTTI_N (to->on)));
  if (now->slot != to->slot)
    add (self, tutti_op_new (TUTTI_OP_EFFECT_SLOT, id, TUTTI_N (to->slot)));
  if (!tutti_id_equal (now->key, key))
    add (self, tutti_op_new (TUTTI_OP_EFFECT_KEY, id, key));
  for (guint i = 0; i < TUTTI_EFFECT_VALUES_MAX; i++)
    if (now->values[i] != to->values[i])
      add (self, tutti_op_new (TUTTI_OP_EFFECT_VALUE, id, TUTTI_N (i), TUTTI_N (to->values[i])));
}

/* @track: of whose chain it is the @index-th, none the master's. */
static void
differ_effect (Difference *self, TuttiId track, const TuttiEffect *to, guint index)
{
  const TuttiTrack *owner = NULL;
  const TuttiEffect *effects;
  guint place = 0;

  if (tutti_jam_effect (self->work, here (self, to->id), NULL) == NULL)
    add (self, tutti_op_new (TUTTI_OP_EFFECT_ADD, name_anew (self, to->id), track, TUTTI_N (to->kind), TUTTI_N (index)));
  if (tutti_jam_effect (self->work, here (self, to->id), &owner) == NULL)
    return;
  effects = owner != NULL ? owner->effects : self->work->master_effects;
  while (!tutti_id_equal (effects[place].id, here (self, to->id)))
    place++;
  TuttiEffect now = effects[place];

  if (place != index)
    add (self, tutti_op_new (TUTTI_OP_EFFECT_MOVE, now.id, TUTTI_N (index)));
  differ_effect_values (self, &now, to);
}

/* Of a track, all that is one value. */
static void
differ_values (Difference *self, TuttiId id, const TuttiTrack *now, const TuttiTrack *to)
{
  const struct { TuttiOpKind kind; int now, to; } values[] = {
    { TUTTI_OP_TRACK_COLOUR, now->colour, to->colour }, { TUTTI_OP_TRACK_MUTE, now->mute, to->mute },
    { TUTTI_OP_TRACK_SOLO, now->solo, to->solo }, { TUTTI_OP_TRACK_PLAY_MODE, now->play_mode, to->play_mode },
    { TUTTI_OP_TRACK_CHOKE, now->choke, to->choke }, { TUTTI_OP_TRACK_TRANSPOSE, now->transpose, to->transpose },
    { TUTTI_OP_TRACK_SWING, now->swing, to->swing },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (values[i].now != values[i].to)
      add (self, tutti_op_new (values[i].kind, id, TUTTI_N (values[i].to)));
}

/* A sound takes the numbers that were changed of the one before along. */
static void
differ_patch (Difference *self, TuttiId id, const TuttiTrack *now, const TuttiTrack *to)
{
  gboolean same_sound = g_str_equal (now->sound, to->sound);

  for (guint i = 0; i < TUTTI_N_PATCH; i++)
    {
      gboolean has = same_sound && tutti_track_has_patch (now, i), wants = tutti_track_has_patch (to, i);

      if (wants && (!has || now->patch[i] != to->patch[i]))
        add (self, tutti_op_new (TUTTI_OP_PATCH, id, TUTTI_N (i), TUTTI_N (to->patch[i])));
      else if (has && !wants)
        add (self, tutti_op_new (TUTTI_OP_PATCH_CLEAR, id, TUTTI_N (i)));
    }
}

/* Likewise its zones. */
static void
differ_zones (Difference *self, TuttiId id, const TuttiTrack *now, const TuttiTrack *to)
{
  guint n = g_str_equal (now->sound, to->sound) ? now->n_zones : 0;

  for (guint i = 0; i < n; i++)
    if (tutti_track_zone (to, now->zones[i].id, NULL) == NULL)
      add (self, tutti_op_new (TUTTI_OP_ZONE_DELETE, id, now->zones[i].id));
  for (guint i = 0; i < to->n_zones; i++)
    {
      const TuttiZone *zone = &to->zones[i], *old = n > 0 ? tutti_track_zone (now, zone->id, NULL) : NULL;
      guint fields = old != NULL ? tutti_zone_differing (old, zone) : TUTTI_ZONE_WHOLE;

      if (fields != 0)
        add (self, tutti_op_new (TUTTI_OP_ZONE, id, zone->id, tutti_zone_edit_new (zone, fields)));
    }
}

static void
differ_track (Difference *self, const TuttiTrack *to)
{
  TuttiId id = here (self, to->id);
  const TuttiTrack *now = tutti_jam_track (self->work, id, NULL);

  if (now == NULL)
    return;
  /* What it was is looked at while it changes. */
  g_autoptr(TuttiJam) before = tutti_jam_copy (self->work);

  now = tutti_jam_track (before, id, NULL);
  if (!g_str_equal (now->name, to->name))
    add (self, tutti_op_new (TUTTI_OP_TRACK_NAME, id, to->name));
  if (!g_str_equal (now->sound, to->sound))
    add (self, tutti_op_new (TUTTI_OP_TRACK_SOUND, id, to->sound));
  differ_values (self, id, now, to);
  for (int i = 0; i < TUTTI_N_PARAMS; i++)
    if (now->params[i] != to->params[i])
      add (self, tutti_op_new (TUTTI_OP_PARAM, id, TUTTI_N (i), TUTTI_N (to->params[i])));
  differ_patch (self, id, now, to);
  differ_zones (self, id, now, to);
  for (guint i = 0; i < to->n_effects && self->error == NULL; i++)
    differ_effect (self, id, &to->effects[i], i);
  for (guint i = 0; i < to->n_clips && self->error == NULL; i++)
    differ_clip (self, to->clips[i]);
}

static void
differ_places (Difference *self)
{
  guint place;

  for (guint i = 0; i < self->to->n_scenes; i++)
    {
      TuttiId id = here (self, self->to->scenes[i].id);
      const TuttiScene *scene = tutti_jam_scene (self->work, id, &place);

      if (scene != NULL && !g_str_equal (scene->name, self->to->scenes[i].name))
        add (self, tutti_op_new (TUTTI_OP_SCENE_NAME, id, self->to->scenes[i].name));
      if (scene != NULL && place != i)
        add (self, tutti_op_new (TUTTI_OP_SCENE_MOVE, id, TUTTI_N (i)));
    }
  for (guint i = 0; i < self->to->n_tracks; i++)
    if (tutti_jam_track (self->work, here (self, self->to->tracks[i]->id), &place) != NULL && place != i)
      add (self, tutti_op_new (TUTTI_OP_TRACK_MOVE, here (self, self->to->tracks[i]->id), TUTTI_N (i)));
}

static void
differ (Difference *self)
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
    differ_track (self, self->to->tracks[i]);
  for (guint i = 0; i < self->to->n_master_effects && self->error == NULL; i++)
    differ_effect (self, tutti_id (0, 0), &self->to->master_effects[i], i);
  differ_places (self);
}

GPtrArray *
tutti_jam_difference (const TuttiJam *from, const TuttiJam *to, const TuttiStamp *stamp, TuttiNewId new_id, gpointer user,
                      GError **error)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full (tutti_note_hash_id, tutti_note_equal_ids, g_free, g_free);
  g_autoptr(GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free);
  Difference self = { tutti_jam_copy (from), to, *stamp, new_id, user, names, ops, NULL };

  differ (&self);
  tutti_jam_free (self.work);
  if (self.error == NULL)
    return g_steal_pointer (&ops);
  g_propagate_error (error, self.error);
  return NULL;
}

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
