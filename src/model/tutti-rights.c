/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-rights.h"

static const TuttiVerdict allowed = { TUTTI_DENIED_NOT, 0, { 0, 0 } };

static TuttiVerdict
deny (TuttiDenial denial, guint who)
{
  return (TuttiVerdict) { denial, who, { 0, 0 } };
}

static TuttiVerdict
judge_transport (const TuttiJam *jam, guint by)
{
  if (jam->transport_rule == TUTTI_TRANSPORT_OF_ALL || jam->leader == by)
    return allowed;
  return jam->leader != 0 ? deny (TUTTI_DENIED_NOT_LEADER, jam->leader) : deny (TUTTI_DENIED_NOBODY_LEADS, 0);
}

/* What nobody does to a jam that was published. The lead and the rules are about people, and stay. */
static gboolean
changes_music (TuttiPermission permission)
{
  return permission == TUTTI_MAY_EDIT || permission == TUTTI_MAY_ADD || permission == TUTTI_MAY_DELETE ||
         permission == TUTTI_MAY_CLAIM;
}

TuttiVerdict
tutti_jam_judge_permission (const TuttiJam *jam, guint by, TuttiPermission permission)
{
  const TuttiPerson *person = tutti_jam_person (jam, by);

  if (by == 0)
    return allowed;
  if (permission == TUTTI_MAY_HOST)
    return deny (TUTTI_DENIED_HOST_ONLY, 0);
  if (person == NULL)
    return deny (TUTTI_DENIED_STRANGER, 0);
  if (person->role < TUTTI_ROLE_CONTRIBUTOR)
    return deny (person->role == TUTTI_ROLE_BANNED ? TUTTI_DENIED_BANNED : TUTTI_DENIED_VIEWER, 0);
  if (permission == TUTTI_MAY_ADMIN && person->role < TUTTI_ROLE_ADMIN)
    return deny (TUTTI_DENIED_NOT_ADMIN, 0);
  if (jam->published && changes_music (permission))
    return deny (TUTTI_DENIED_PUBLISHED, 0);
  return permission == TUTTI_MAY_TRANSPORT ? judge_transport (jam, by) : allowed;
}

static gboolean
is_admin (const TuttiJam *jam, guint by)
{
  const TuttiPerson *person = tutti_jam_person (jam, by);

  return by == 0 || (person != NULL && person->role == TUTTI_ROLE_ADMIN);
}

/* ---- claims ---- */

/* A claim keeps others than its owner and the admins off: @track is (nullable). */
static TuttiVerdict
judge_claim (const TuttiTrack *track, guint by)
{
  if (track == NULL || track->claimed == 0 || track->claimed == by)
    return allowed;
  return (TuttiVerdict) { TUTTI_DENIED_CLAIMED, track->claimed, track->id };
}

TuttiVerdict
tutti_jam_judge_track (const TuttiJam *jam, guint by, const TuttiTrack *track)
{
  TuttiVerdict verdict = tutti_jam_judge_permission (jam, by, TUTTI_MAY_EDIT);

  return verdict.denial != TUTTI_DENIED_NOT || is_admin (jam, by) ? verdict : judge_claim (track, by);
}

/* The clips of a scene go and come with it, whatever track they lie on. */
static TuttiVerdict
judge_scene (const TuttiJam *jam, guint by, TuttiId scene)
{
  const TuttiGrave *grave = tutti_jam_grave (jam, scene);
  TuttiVerdict verdict = allowed;

  for (guint i = 0; i < jam->n_tracks && verdict.denial == TUTTI_DENIED_NOT; i++)
    if (tutti_track_clip_at (jam->tracks[i], scene) != NULL)
      verdict = judge_claim (jam->tracks[i], by);
  if (grave == NULL || grave->kind != TUTTI_GRAVE_SCENE)
    return verdict;
  for (guint i = 0; i < grave->clip_tracks->len && verdict.denial == TUTTI_DENIED_NOT; i++)
    verdict = judge_claim (tutti_jam_track (jam, g_array_index (grave->clip_tracks, TuttiId, i), NULL), by);
  return verdict;
}

/* The track that the thing called @id is or lies on, deleted ones included; NULL when there is none. */
static const TuttiTrack *
track_of (const TuttiJam *jam, TuttiId id)
{
  const TuttiTrack *track = tutti_jam_track (jam, id, NULL);
  const TuttiGrave *grave;

  if (track != NULL || tutti_jam_clip (jam, id, &track) != NULL || tutti_jam_effect (jam, id, &track) != NULL)
    return track;
  grave = tutti_jam_grave (jam, id);
  if (grave == NULL)
    return NULL;
  return grave->kind == TUTTI_GRAVE_TRACK ? grave->entity_track : tutti_jam_track (jam, grave->track, NULL);
}

/* What is only read: the clip that is copied, and the track that steers another's effect. */
static gboolean
only_reads (const TuttiOp *op, guint arg)
{
  return arg == 1 && (op->kind == TUTTI_OP_CLIP_COPY || op->kind == TUTTI_OP_EFFECT_KEY);
}

/* Every other id that the operation names leads to a track that it changes. */
static TuttiVerdict
judge_claims (const TuttiJam *jam, guint by, const TuttiOp *op)
{
  const TuttiOpSpec *spec = tutti_op_spec (op->kind);
  TuttiVerdict verdict = allowed;

  if (op->kind == TUTTI_OP_SCENE_DELETE || op->kind == TUTTI_OP_SCENE_RESTORE)
    return judge_scene (jam, by, op->arg[0].id);
  for (guint i = 0; i < TUTTI_OP_ARGS_MAX && verdict.denial == TUTTI_DENIED_NOT; i++)
    if (spec->args[i].type == TUTTI_ARG_ID && !only_reads (op, i))
      verdict = judge_claim (track_of (jam, op->arg[i].id), by);
  return verdict;
}

/* ---- what depends on whose it is ---- */

static TuttiVerdict
judge_delete (const TuttiJam *jam, guint by, const TuttiOp *op)
{
  const TuttiTrack *track = op->kind == TUTTI_OP_TRACK_DELETE ? tutti_jam_track (jam, op->arg[0].id, NULL) : NULL;
  const TuttiScene *scene = op->kind == TUTTI_OP_SCENE_DELETE ? tutti_jam_scene (jam, op->arg[0].id, NULL) : NULL;

  if (op->kind == TUTTI_OP_SOUND_DELETE || (track != NULL && track->by != by) || (scene != NULL && scene->by != by))
    return deny (TUTTI_DENIED_OTHERS_THING, 0);
  return judge_claims (jam, by, op);
}

static TuttiVerdict
judge_lead (const TuttiJam *jam, guint by, gint64 to)
{
  if (jam->leader == by)
    return allowed;
  if (jam->leader != 0)
    return deny (TUTTI_DENIED_OTHERS_LEAD, jam->leader);
  return to == (gint64) by || to == 0 ? allowed : deny (TUTTI_DENIED_FOR_OTHERS, 0);
}

static TuttiVerdict
judge_claiming (const TuttiJam *jam, guint by, TuttiId id, gint64 to)
{
  const TuttiTrack *track = tutti_jam_track (jam, id, NULL);
  TuttiVerdict verdict = judge_claim (track, by);

  if (verdict.denial != TUTTI_DENIED_NOT || (track != NULL && track->claimed == by))
    return verdict;
  return to == (gint64) by || to == 0 ? allowed : deny (TUTTI_DENIED_FOR_OTHERS, 0);
}

static TuttiVerdict
judge_one (const TuttiJam *jam, guint by, const TuttiOp *op)
{
  TuttiPermission permission = tutti_op_spec (op->kind)->permission;
  TuttiVerdict verdict = tutti_jam_judge_permission (jam, by, permission);

  if (verdict.denial != TUTTI_DENIED_NOT)
    return verdict;
  /* Of the transport, what can be undone (tempo, signature, loop) is written into the music; starting and launching plays it. */
  if (jam->published && permission == TUTTI_MAY_TRANSPORT && tutti_op_spec (op->kind)->undoable)
    return deny (TUTTI_DENIED_PUBLISHED, 0);
  if (is_admin (jam, by))
    return verdict;
  switch (permission)
    {
    case TUTTI_MAY_EDIT:
    case TUTTI_MAY_ADD:
      return judge_claims (jam, by, op);
    case TUTTI_MAY_DELETE:
      return judge_delete (jam, by, op);
    case TUTTI_MAY_LEAD:
      return judge_lead (jam, by, op->arg[0].number);
    case TUTTI_MAY_CLAIM:
      return judge_claiming (jam, by, op->arg[0].id, op->arg[1].number);
    case TUTTI_MAY_TRANSPORT:
    case TUTTI_MAY_ADMIN:
    case TUTTI_MAY_HOST:
    default:
      return verdict;
    }
}

TuttiVerdict
tutti_jam_judge (const TuttiJam *jam, guint by, const TuttiOp *op)
{
  TuttiVerdict verdict = allowed;

  if (by == 0)
    return allowed;
  if (op->kind != TUTTI_OP_GROUP)
    return judge_one (jam, by, op);
  for (guint i = 0; i < op->arg[0].ops->len && verdict.denial == TUTTI_DENIED_NOT; i++)
    verdict = judge_one (jam, by, op->arg[0].ops->pdata[i]);
  return verdict;
}

/* ---- words ---- */

char *
tutti_verdict_to_words (const TuttiJam *jam, const TuttiVerdict *verdict)
{
  const TuttiPerson *person = tutti_jam_person (jam, verdict->who);
  const TuttiTrack *track = tutti_jam_track (jam, verdict->track, NULL);
  const char *who = person != NULL ? person->name : "somebody";

  switch (verdict->denial)
    {
    case TUTTI_DENIED_STRANGER:
      return g_strdup ("you are not in this jam");
    case TUTTI_DENIED_BANNED:
      return g_strdup ("this jam does not accept you any more");
    case TUTTI_DENIED_VIEWER:
      return g_strdup ("viewers listen and look");
    case TUTTI_DENIED_NOT_ADMIN:
      return g_strdup ("only an admin does that");
    case TUTTI_DENIED_OTHERS_THING:
      return g_strdup ("contributors delete only what they added");
    case TUTTI_DENIED_NOT_LEADER:
      return g_strdup_printf ("only %s may start and stop", who);
    case TUTTI_DENIED_NOBODY_LEADS:
      return g_strdup ("the leader starts and stops, and nobody leads");
    case TUTTI_DENIED_OTHERS_LEAD:
      return g_strdup_printf ("%s leads, and passes the lead on", who);
    case TUTTI_DENIED_FOR_OTHERS:
      return g_strdup ("that is taken for oneself only");
    case TUTTI_DENIED_CLAIMED:
      return g_strdup_printf ("“%s” is claimed by %s", track != NULL ? track->name : "that track", who);
    case TUTTI_DENIED_PUBLISHED:
      return g_strdup ("this jam is published, which makes it read only; a remix of it can be changed");
    case TUTTI_DENIED_HOST_ONLY:
      return g_strdup ("only the host does that");
    case TUTTI_DENIED_NOT:
    case TUTTI_N_DENIALS:
    default:
      return g_strdup ("");
    }
}

gboolean
tutti_jam_may (const TuttiJam *jam, guint by, const TuttiOp *op, GError **error)
{
  TuttiVerdict verdict = tutti_jam_judge (jam, by, op);

  if (verdict.denial == TUTTI_DENIED_NOT)
    return TRUE;
  g_autofree char *words = tutti_verdict_to_words (jam, &verdict);

  g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_ALLOWED, words);
  return FALSE;
}
