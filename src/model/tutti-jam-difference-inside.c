/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What tracks, clips and effects that are there have inside: each value that differs is an operation. */
#include "tutti-jam-difference-private.h"

#include "tutti-chord.h"
#include "tutti-note.h"
#include "tutti-zone.h"

#include <string.h>

/* Steps between two that differ which are written along: less than what another operation costs. */
#define STEPS_BETWEEN 2

static void
differ_steps (TuttiDiff *self, TuttiId id, const TuttiClip *to)
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
          tutti_diff_add (self, tutti_op_new (TUTTI_OP_STEPS, id, TUTTI_N (first), steps));
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
differ_notes (TuttiDiff *self, TuttiId id, const TuttiClip *to)
{
  const TuttiClip *clip = tutti_jam_clip (self->work, id, NULL);
  TuttiNotes *notes;

  while (clip != NULL && self->error == NULL && (notes = tutti_notes_difference (clip, to)) != NULL)
    {
      tutti_diff_add (self, tutti_op_new (TUTTI_OP_NOTES, id, notes));
      clip = tutti_jam_clip (self->work, id, NULL);
    }
}

static void
differ_chords (TuttiDiff *self, TuttiId id, const TuttiClip *to)
{
  const TuttiClip *clip = tutti_jam_clip (self->work, id, NULL);
  g_autoptr(GPtrArray) ops = clip != NULL ? tutti_chord_changes (id, &clip->chords, &to->chords) : NULL;

  for (guint i = 0; ops != NULL && i < ops->len; i++)
    tutti_diff_add (self, tutti_op_copy (ops->pdata[i]));
}

static void
differ_clip (TuttiDiff *self, const TuttiClip *to)
{
  TuttiId id = tutti_diff_here (self, to->id);
  const TuttiClip *clip = tutti_jam_clip (self->work, id, NULL);

  if (clip == NULL)
    return;
  gboolean name = !g_str_equal (clip->name, to->name), length = clip->length != to->length;
  gboolean resolution = clip->ticks_per_step != to->ticks_per_step;

  if (name)
    tutti_diff_add (self, tutti_op_new (TUTTI_OP_CLIP_NAME, id, to->name));
  if (length)
    tutti_diff_add (self, tutti_op_new (TUTTI_OP_CLIP_LENGTH, id, TUTTI_N (to->length)));
  if (resolution)
    tutti_diff_add (self, tutti_op_new (TUTTI_OP_CLIP_RESOLUTION, id, TUTTI_N (to->ticks_per_step)));
  if (to->kind == TUTTI_CLIP_NOTES)
    {
      differ_notes (self, id, to);
      differ_chords (self, id, to);
    }
  else
    differ_steps (self, id, to);
}

static void
differ_effect_values (TuttiDiff *self, const TuttiEffect *now, const TuttiEffect *to)
{
  TuttiId id = now->id, key = tutti_diff_here (self, to->key);

  if (now->on != to->on)
    tutti_diff_add (self, tutti_op_new (TUTTI_OP_EFFECT_ON, id, TUTTI_N (to->on)));
  if (now->slot != to->slot)
    tutti_diff_add (self, tutti_op_new (TUTTI_OP_EFFECT_SLOT, id, TUTTI_N (to->slot)));
  if (!tutti_id_equal (now->key, key))
    tutti_diff_add (self, tutti_op_new (TUTTI_OP_EFFECT_KEY, id, key));
  for (guint i = 0; i < TUTTI_EFFECT_VALUES_MAX; i++)
    if (now->values[i] != to->values[i])
      tutti_diff_add (self, tutti_op_new (TUTTI_OP_EFFECT_VALUE, id, TUTTI_N (i), TUTTI_N (to->values[i])));
}

void
tutti_diff_effect (TuttiDiff *self, TuttiId track, const TuttiEffect *to, guint index)
{
  const TuttiTrack *owner = NULL;
  const TuttiEffect *effects;
  guint place = 0;

  if (tutti_jam_effect (self->work, tutti_diff_here (self, to->id), NULL) == NULL)
    tutti_diff_add (self, tutti_op_new (TUTTI_OP_EFFECT_ADD, tutti_diff_name_anew (self, to->id), track, TUTTI_N (to->kind),
                                        TUTTI_N (index)));
  if (tutti_jam_effect (self->work, tutti_diff_here (self, to->id), &owner) == NULL)
    return;
  effects = owner != NULL ? owner->effects : self->work->master_effects;
  while (!tutti_id_equal (effects[place].id, tutti_diff_here (self, to->id)))
    place++;
  TuttiEffect now = effects[place];

  if (place != index)
    tutti_diff_add (self, tutti_op_new (TUTTI_OP_EFFECT_MOVE, now.id, TUTTI_N (index)));
  differ_effect_values (self, &now, to);
}

/* Of a track, all that is one value. */
static void
differ_values (TuttiDiff *self, TuttiId id, const TuttiTrack *now, const TuttiTrack *to)
{
  const struct { TuttiOpKind kind; int now, to; } values[] = {
    { TUTTI_OP_TRACK_COLOUR, now->colour, to->colour }, { TUTTI_OP_TRACK_MUTE, now->mute, to->mute },
    { TUTTI_OP_TRACK_SOLO, now->solo, to->solo }, { TUTTI_OP_TRACK_PLAY_MODE, now->play_mode, to->play_mode },
    { TUTTI_OP_TRACK_CHOKE, now->choke, to->choke }, { TUTTI_OP_TRACK_TRANSPOSE, now->transpose, to->transpose },
    { TUTTI_OP_TRACK_SWING, now->swing, to->swing },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    if (values[i].now != values[i].to)
      tutti_diff_add (self, tutti_op_new (values[i].kind, id, TUTTI_N (values[i].to)));
}

/* A sound takes the numbers that were changed of the one before along. */
static void
differ_patch (TuttiDiff *self, TuttiId id, const TuttiTrack *now, const TuttiTrack *to)
{
  gboolean same_sound = g_str_equal (now->sound, to->sound);

  for (guint i = 0; i < TUTTI_N_PATCH; i++)
    {
      gboolean has = same_sound && tutti_track_has_patch (now, i), wants = tutti_track_has_patch (to, i);

      if (wants && (!has || now->patch[i] != to->patch[i]))
        tutti_diff_add (self, tutti_op_new (TUTTI_OP_PATCH, id, TUTTI_N (i), TUTTI_N (to->patch[i])));
      else if (has && !wants)
        tutti_diff_add (self, tutti_op_new (TUTTI_OP_PATCH_CLEAR, id, TUTTI_N (i)));
    }
}

/* Likewise its zones. */
static void
differ_zones (TuttiDiff *self, TuttiId id, const TuttiTrack *now, const TuttiTrack *to)
{
  guint n = g_str_equal (now->sound, to->sound) ? now->n_zones : 0;

  for (guint i = 0; i < n; i++)
    if (tutti_track_zone (to, now->zones[i].id, NULL) == NULL)
      tutti_diff_add (self, tutti_op_new (TUTTI_OP_ZONE_DELETE, id, now->zones[i].id));
  for (guint i = 0; i < to->n_zones; i++)
    {
      const TuttiZone *zone = &to->zones[i], *old = n > 0 ? tutti_track_zone (now, zone->id, NULL) : NULL;
      guint fields = old != NULL ? tutti_zone_differing (old, zone) : TUTTI_ZONE_WHOLE;

      if (fields != 0)
        tutti_diff_add (self, tutti_op_new (TUTTI_OP_ZONE, id, zone->id, tutti_zone_edit_new (zone, fields)));
    }
}

void
tutti_diff_track (TuttiDiff *self, const TuttiTrack *to)
{
  TuttiId id = tutti_diff_here (self, to->id);
  const TuttiTrack *now = tutti_jam_track (self->work, id, NULL);

  if (now == NULL)
    return;
  /* What it was is looked at while it changes. */
  g_autoptr(TuttiJam) before = tutti_jam_copy (self->work);

  now = tutti_jam_track (before, id, NULL);
  if (!g_str_equal (now->name, to->name))
    tutti_diff_add (self, tutti_op_new (TUTTI_OP_TRACK_NAME, id, to->name));
  if (!g_str_equal (now->sound, to->sound))
    tutti_diff_add (self, tutti_op_new (TUTTI_OP_TRACK_SOUND, id, to->sound));
  differ_values (self, id, now, to);
  for (int i = 0; i < TUTTI_N_PARAMS; i++)
    if (now->params[i] != to->params[i])
      tutti_diff_add (self, tutti_op_new (TUTTI_OP_PARAM, id, TUTTI_N (i), TUTTI_N (to->params[i])));
  differ_patch (self, id, now, to);
  differ_zones (self, id, now, to);
  for (guint i = 0; i < to->n_effects && self->error == NULL; i++)
    tutti_diff_effect (self, id, &to->effects[i], i);
  for (guint i = 0; i < to->n_clips && self->error == NULL; i++)
    differ_clip (self, to->clips[i]);
}
