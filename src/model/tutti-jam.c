/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-private.h"

#include <string.h>

TuttiClip *
tutti_clip_new (TuttiId id, TuttiId scene)
{
  TuttiClip *clip = g_new0 (TuttiClip, 1);

  g_atomic_ref_count_init (&clip->refs);
  clip->id = id;
  clip->scene = scene;
  clip->length = 16;
  clip->ticks_per_step = TUTTI_TICKS_PER_QUARTER / 4;
  for (guint i = 0; i < TUTTI_STEPS_MAX; i++)
    clip->steps[i] = tutti_step_initial;
  return clip;
}

TuttiClip *
tutti_clip_ref (TuttiClip *clip)
{
  g_atomic_ref_count_inc (&clip->refs);
  return clip;
}

void
tutti_clip_unref (TuttiClip *clip)
{
  if (!g_atomic_ref_count_dec (&clip->refs))
    return;
  g_free (clip->notes);
  g_free (clip);
}

void
tutti_clip_set_notes (TuttiClip *clip, const TuttiNote *notes, guint n)
{
  TuttiNote *own = g_memdup2 (notes, n * sizeof *notes);

  g_free (clip->notes);
  clip->notes = own;
  clip->n_notes = (guint16) n;
}

static TuttiClip *
clip_clone (const TuttiClip *clip)
{
  TuttiClip *clone = g_memdup2 (clip, sizeof *clip);

  g_atomic_ref_count_init (&clone->refs);
  clone->notes = g_memdup2 (clip->notes, clip->n_notes * sizeof *clip->notes);
  return clone;
}

TuttiTrack *
tutti_track_new (TuttiId id)
{
  TuttiTrack *track = g_new0 (TuttiTrack, 1);

  g_atomic_ref_count_init (&track->refs);
  track->id = id;
  track->swing = -1;
  for (int i = 0; i < TUTTI_N_PARAMS; i++)
    track->params[i] = tutti_param_spec (i)->initial;
  return track;
}

TuttiTrack *
tutti_track_ref (TuttiTrack *track)
{
  g_atomic_ref_count_inc (&track->refs);
  return track;
}

void
tutti_track_unref (TuttiTrack *track)
{
  if (!g_atomic_ref_count_dec (&track->refs))
    return;
  for (guint i = 0; i < track->n_clips; i++)
    tutti_clip_unref (track->clips[i]);
  g_free (track->zones);
  g_free (track);
}

void
tutti_track_set_zones (TuttiTrack *track, const TuttiZone *zones, guint n)
{
  TuttiZone *own = g_memdup2 (zones, n * sizeof *zones);

  g_free (track->zones);
  track->zones = own;
  track->n_zones = (guint8) n;
}

void
tutti_track_set_patch (TuttiTrack *track, TuttiPatchParam param, const gint16 *value)
{
  guint64 bit = G_GUINT64_CONSTANT (1) << param % 64;

  track->patch[param] = value != NULL ? *value : 0;
  if (value != NULL)
    track->patch_set[param / 64] |= bit;
  else
    track->patch_set[param / 64] &= ~bit;
}

static TuttiTrack *
track_clone (const TuttiTrack *track)
{
  TuttiTrack *clone = g_memdup2 (track, sizeof *track);

  g_atomic_ref_count_init (&clone->refs);
  clone->zones = g_memdup2 (track->zones, track->n_zones * sizeof *track->zones);
  for (guint i = 0; i < clone->n_clips; i++)
    tutti_clip_ref (clone->clips[i]);
  return clone;
}

void
tutti_grave_free (TuttiGrave *grave)
{
  g_clear_pointer (&grave->entity_track, tutti_track_unref);
  g_clear_pointer (&grave->clips, g_ptr_array_unref);
  g_clear_pointer (&grave->clip_tracks, g_array_unref);
  g_free (grave);
}

TuttiGrave *
tutti_grave_copy (const TuttiGrave *grave)
{
  TuttiGrave *copy = g_memdup2 (grave, sizeof *grave);

  if (copy->entity_track != NULL)
    tutti_track_ref (copy->entity_track);
  if (copy->clips != NULL)
    g_ptr_array_ref (copy->clips);
  if (copy->clip_tracks != NULL)
    g_array_ref (copy->clip_tracks);
  return copy;
}

TuttiJam *
tutti_jam_new (void)
{
  TuttiJam *jam = g_new0 (TuttiJam, 1);

  strcpy (jam->name, "Jam");
  jam->seed = 1;
  jam->newcomers = TUTTI_ROLE_CONTRIBUTOR;
  for (int i = 0; i < TUTTI_N_MIX_SETTINGS; i++)
    jam->mix[i] = tutti_mix_setting_spec (i)->initial;
  jam->transport = (TuttiTransport) {
    .anchor.tempo_cbpm = 12000, .beats = 4, .unit = 4, .swing = 500,
    .loop_end = 4 * tutti_ticks_per_bar (4, 4),
  };
  jam->people = g_ptr_array_new_with_free_func (g_free);
  jam->sounds = g_ptr_array_new_with_free_func (g_free);
  jam->graves = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_grave_free);
  return jam;
}

TuttiJam *
tutti_jam_copy (const TuttiJam *jam)
{
  TuttiJam *copy = g_memdup2 (jam, sizeof *jam);

  for (guint i = 0; i < copy->n_tracks; i++)
    tutti_track_ref (copy->tracks[i]);
  g_ptr_array_ref (copy->people);
  g_ptr_array_ref (copy->sounds);
  g_ptr_array_ref (copy->graves);
  return copy;
}

void
tutti_jam_free (TuttiJam *jam)
{
  if (jam == NULL)
    return;
  for (guint i = 0; i < jam->n_tracks; i++)
    tutti_track_unref (jam->tracks[i]);
  g_ptr_array_unref (jam->people);
  g_ptr_array_unref (jam->sounds);
  g_ptr_array_unref (jam->graves);
  g_free (jam);
}

TuttiTrack *
tutti_jam_edit_track (TuttiJam *jam, guint index)
{
  TuttiTrack *track = jam->tracks[index];

  if (!g_atomic_ref_count_compare (&track->refs, 1))
    {
      jam->tracks[index] = track_clone (track);
      tutti_track_unref (track);
    }
  return jam->tracks[index];
}

TuttiClip *
tutti_jam_edit_clip (TuttiJam *jam, TuttiId id, TuttiTrack **track)
{
  for (guint i = 0; i < jam->n_tracks; i++)
    for (guint j = 0; j < jam->tracks[i]->n_clips; j++)
      if (tutti_id_equal (jam->tracks[i]->clips[j]->id, id))
        {
          TuttiTrack *owner = tutti_jam_edit_track (jam, i);
          TuttiClip *clip = owner->clips[j];

          if (!g_atomic_ref_count_compare (&clip->refs, 1))
            {
              owner->clips[j] = clip_clone (clip);
              tutti_clip_unref (clip);
            }
          owner->clips[j]->hash = 0;
          if (track != NULL)
            *track = owner;
          return owner->clips[j];
        }
  return NULL;
}

gboolean
tutti_jam_edit_chain (TuttiJam *jam, TuttiId track, TuttiEffectChain *out)
{
  guint index;

  *out = (TuttiEffectChain) { track, jam->master_effects, &jam->n_master_effects };
  if (tutti_id_is_none (track))
    return TRUE;
  if (tutti_jam_track (jam, track, &index) == NULL)
    return FALSE;
  out->effects = tutti_jam_edit_track (jam, index)->effects;
  out->n = &jam->tracks[index]->n_effects;
  return TRUE;
}

TuttiEffect *
tutti_jam_edit_effect (TuttiJam *jam, TuttiId id, TuttiEffectChain *chain, guint *index)
{
  const TuttiTrack *owner = NULL;
  guint place = 0;

  if (tutti_jam_effect (jam, id, &owner) == NULL)
    return NULL;
  tutti_jam_edit_chain (jam, owner != NULL ? owner->id : tutti_id (0, 0), chain);
  while (!tutti_id_equal (chain->effects[place].id, id))
    place++;
  if (index != NULL)
    *index = place;
  return &chain->effects[place];
}

/* Makes room for, or closes the gap of, one element of a plain array. */
static void
shift (void *array, gsize size, guint n, guint index, int by)
{
  char *at = (char *) array + size * index;

  if (by > 0)
    memmove (at + size, at, size * (n - index));
  else
    memmove (at, at + size, size * (n - index - 1));
}

void
tutti_jam_insert_track (TuttiJam *jam, TuttiTrack *track, guint index)
{
  index = MIN (index, jam->n_tracks);
  shift (jam->tracks, sizeof *jam->tracks, jam->n_tracks++, index, +1);
  jam->tracks[index] = track;
}

TuttiTrack *
tutti_jam_steal_track (TuttiJam *jam, guint index)
{
  TuttiTrack *track = jam->tracks[index];

  shift (jam->tracks, sizeof *jam->tracks, jam->n_tracks--, index, -1);
  return track;
}

void
tutti_track_put_clip (TuttiTrack *track, TuttiClip *clip)
{
  track->clips[track->n_clips++] = clip;
}

TuttiClip *
tutti_track_steal_clip (TuttiTrack *track, TuttiId id)
{
  for (guint i = 0; i < track->n_clips; i++)
    if (tutti_id_equal (track->clips[i]->id, id))
      {
        TuttiClip *clip = track->clips[i];

        track->clips[i] = track->clips[--track->n_clips];
        return clip;
      }
  return NULL;
}

void
tutti_jam_insert_scene (TuttiJam *jam, const TuttiScene *scene, guint index)
{
  index = MIN (index, jam->n_scenes);
  shift (jam->scenes, sizeof *jam->scenes, jam->n_scenes++, index, +1);
  jam->scenes[index] = *scene;
}

void
tutti_jam_remove_scene (TuttiJam *jam, guint index)
{
  shift (jam->scenes, sizeof *jam->scenes, jam->n_scenes--, index, -1);
}

void
tutti_effect_chain_insert (const TuttiEffectChain *chain, const TuttiEffect *effect, guint index)
{
  index = MIN (index, *chain->n);
  shift (chain->effects, sizeof *chain->effects, (*chain->n)++, index, +1);
  chain->effects[index] = *effect;
}

void
tutti_effect_chain_remove (const TuttiEffectChain *chain, guint index)
{
  shift (chain->effects, sizeof *chain->effects, (*chain->n)--, index, -1);
}
