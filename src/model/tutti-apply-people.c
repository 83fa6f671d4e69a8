/* SPDX-License-Identifier: GPL-3.0-or-later */

/* People, their roles, who leads, and whose track is whose. */
#include "tutti-apply.h"

#include <string.h>

/* Who comes anew gets the role that newcomers have; who is known keeps theirs. */
gboolean
tutti_apply_person (const TuttiApply *apply)
{
  TuttiPerson person = { .number = (guint16) apply->op->arg[0].number, .colour = (guint8) apply->op->arg[2].number };
  const TuttiPerson *known = tutti_jam_person (apply->jam, person.number);

  if (known == NULL && apply->jam->people->len >= TUTTI_PEOPLE_MAX)
    return tutti_apply_fail (apply, TUTTI_MODEL_ERROR_LIMIT, "a jam knows at most %d people", TUTTI_PEOPLE_MAX);
  person.role = known != NULL ? known->role : apply->jam->newcomers;
  strcpy (person.name, apply->op->arg[1].text);
  tutti_jam_put_person (apply->jam, &person);
  return TRUE;
}

/* Who is gone or only listens neither leads nor keeps a track from others. */
static void
take_back (TuttiJam *jam, guint number)
{
  if (jam->leader == number)
    jam->leader = 0;
  for (guint i = 0; i < jam->n_tracks; i++)
    if (jam->tracks[i]->claimed == number)
      tutti_jam_edit_track (jam, i)->claimed = 0;
}

gboolean
tutti_apply_person_leave (const TuttiApply *apply)
{
  guint number = (guint) apply->op->arg[0].number;

  if (tutti_jam_person (apply->jam, number) == NULL)
    return tutti_apply_missing (apply, "person");
  tutti_jam_remove_person (apply->jam, number);
  take_back (apply->jam, number);
  return TRUE;
}

static guint
count_admins (const TuttiJam *jam)
{
  guint n = 0;

  for (guint i = 0; i < jam->people->len; i++)
    n += ((const TuttiPerson *) jam->people->pdata[i])->role == TUTTI_ROLE_ADMIN;
  return n;
}

gboolean
tutti_apply_person_role (const TuttiApply *apply)
{
  const TuttiPerson *known = tutti_jam_person (apply->jam, (guint) apply->op->arg[0].number);
  gint64 role = apply->op->arg[1].number;

  if (known == NULL)
    return tutti_apply_missing (apply, "person");
  if (known->role == TUTTI_ROLE_ADMIN && role != TUTTI_ROLE_ADMIN && count_admins (apply->jam) == 1)
    return tutti_apply_fail (apply, TUTTI_MODEL_ERROR_LIMIT, "a jam keeps at least one admin");
  TuttiPerson person = *known;

  person.role = (guint8) role;
  tutti_jam_put_person (apply->jam, &person);
  if (role < TUTTI_ROLE_CONTRIBUTOR)
    take_back (apply->jam, person.number);
  return TRUE;
}

/* Whether argument @arg names nobody, or somebody who contributes; says why not. */
static gboolean
names_contributor (const TuttiApply *apply, guint arg, const char *words)
{
  guint number = (guint) apply->op->arg[arg].number;
  const TuttiPerson *person = tutti_jam_person (apply->jam, number);

  if (number == 0)
    return TRUE;
  if (person == NULL)
    return tutti_apply_missing (apply, "person");
  return person->role >= TUTTI_ROLE_CONTRIBUTOR || tutti_apply_fail (apply, TUTTI_MODEL_ERROR_INVALID, "%s", words);
}

gboolean
tutti_apply_lead (const TuttiApply *apply)
{
  if (!names_contributor (apply, 0, "who only listens cannot lead"))
    return FALSE;
  apply->jam->leader = (guint16) apply->op->arg[0].number;
  return TRUE;
}

gboolean
tutti_apply_track_claim (const TuttiApply *apply)
{
  int index = tutti_apply_track_index (apply, 0);

  if (index < 0 || !names_contributor (apply, 1, "who only listens cannot claim a track"))
    return FALSE;
  TuttiTrack *track = tutti_jam_edit_track (apply->jam, (guint) index);
  TuttiOp *inverse = tutti_op_new (TUTTI_OP_TRACK_CLAIM, track->id, TUTTI_N (track->claimed));

  track->claimed = (guint16) apply->op->arg[1].number;
  return tutti_apply_inverse (apply, inverse);
}
