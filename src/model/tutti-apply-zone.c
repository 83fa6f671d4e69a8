/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Zones come together by their ids, and field by field. */
#include "tutti-apply.h"
#include "tutti-zone.h"

#include <string.h>

/* The index of the track that may have zones, or -1 with the error set. */
static int
track_of_samples (const TuttiApply *apply)
{
  int index = tutti_apply_track_index (apply, 0);

  if (index < 0 || tutti_sound_is_sample (apply->jam->tracks[index]->sound))
    return index;
  tutti_apply_fail (apply, TUTTI_MODEL_ERROR_INVALID, "only a track of samples has zones");
  return -1;
}

static TuttiOp *
zone_as_it_is (const TuttiTrack *track, const TuttiZone *zone, guint fields)
{
  return tutti_op_new (TUTTI_OP_ZONE, track->id, zone->id, tutti_zone_edit_new (zone, fields));
}

static gboolean
add_zone (const TuttiApply *apply, guint track_index, guint place)
{
  const TuttiTrack *track = apply->jam->tracks[track_index];
  const TuttiZoneEdit *edit = apply->op->arg[2].zone;
  TuttiZone zones[TUTTI_ZONES_MAX];

  if (edit->fields != TUTTI_ZONE_WHOLE)
    return tutti_apply_missing (apply, "zone");
  if (track->n_zones == TUTTI_ZONES_MAX)
    return tutti_apply_fail (apply, TUTTI_MODEL_ERROR_LIMIT, "a track has at most %d zones", TUTTI_ZONES_MAX);
  if (place > 0)
    memcpy (zones, track->zones, place * sizeof *zones);
  if (track->n_zones > place)
    memcpy (zones + place + 1, track->zones + place, (track->n_zones - place) * sizeof *zones);
  zones[place] = edit->zone;
  zones[place].id = apply->op->arg[1].id;
  tutti_track_set_zones (tutti_jam_edit_track (apply->jam, track_index), zones, track->n_zones + 1u);
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_ZONE_DELETE, apply->op->arg[0].id, apply->op->arg[1].id));
}

gboolean
tutti_apply_zone (const TuttiApply *apply)
{
  const TuttiZoneEdit *edit = apply->op->arg[2].zone;
  int index = track_of_samples (apply);
  guint place;

  if (index < 0)
    return FALSE;
  if (tutti_track_zone (apply->jam->tracks[index], apply->op->arg[1].id, &place) == NULL)
    return add_zone (apply, (guint) index, place);
  TuttiTrack *track = tutti_jam_edit_track (apply->jam, (guint) index);
  TuttiOp *inverse = zone_as_it_is (track, &track->zones[place], edit->fields);

  tutti_zone_write_fields (&track->zones[place], &edit->zone, edit->fields);
  return tutti_apply_inverse (apply, inverse);
}

gboolean
tutti_apply_zone_delete (const TuttiApply *apply)
{
  int index = track_of_samples (apply);
  guint place;

  if (index < 0)
    return FALSE;
  if (tutti_track_zone (apply->jam->tracks[index], apply->op->arg[1].id, &place) == NULL)
    return tutti_apply_missing (apply, "zone");
  TuttiTrack *track = tutti_jam_edit_track (apply->jam, (guint) index);
  TuttiOp *inverse = zone_as_it_is (track, &track->zones[place], TUTTI_ZONE_WHOLE);

  track->n_zones--;
  memmove (&track->zones[place], &track->zones[place + 1], (track->n_zones - place) * sizeof *track->zones);
  return tutti_apply_inverse (apply, inverse);
}

void
tutti_apply_forget_zones (TuttiTrack *track, TuttiOp *undo)
{
  for (guint i = 0; i < track->n_zones; i++)
    tutti_op_group_add (undo, zone_as_it_is (track, &track->zones[i], TUTTI_ZONE_WHOLE));
  tutti_track_set_zones (track, NULL, 0);
}
