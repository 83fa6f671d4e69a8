/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

/* Who may do what: decided here alone, from the permission column of the operation table, the author's role, whether the jam is
 * published, its rule for the transport and the claims on tracks. The host asks before it applies, the replica before it submits, the
 * window before it shows a control as usable. Pure. Thread: any. */

typedef enum
{
  TUTTI_DENIED_NOT,            /* it is allowed */
  TUTTI_DENIED_STRANGER,       /* the author is not in this jam */
  TUTTI_DENIED_BANNED,
  TUTTI_DENIED_VIEWER,         /* viewers only listen and look */
  TUTTI_DENIED_NOT_ADMIN,
  TUTTI_DENIED_OTHERS_THING,   /* what others added is deleted by an admin */
  TUTTI_DENIED_NOT_LEADER,     /* @who leads and alone starts and stops */
  TUTTI_DENIED_NOBODY_LEADS,   /* the leader alone starts and stops, and there is none */
  TUTTI_DENIED_OTHERS_LEAD,    /* @who leads; the lead is theirs to pass on */
  TUTTI_DENIED_FOR_OTHERS,     /* the lead, or a track, is taken for oneself */
  TUTTI_DENIED_CLAIMED,        /* @track is claimed by @who */
  TUTTI_DENIED_HOST_ONLY,
  TUTTI_DENIED_PUBLISHED,      /* the jam is read only for everybody */
  TUTTI_N_DENIALS
} TuttiDenial;

typedef struct
{
  TuttiDenial denial;
  guint       who;             /* number of the person in the way, 0 none */
  TuttiId     track;           /* of CLAIMED */
} TuttiVerdict;

/* Whether person @by (0: the host itself, who may everything) may do @op to @jam as it is. Of a group every member must be
 * allowed, all judged before the first is done. What @op names and is not there is for tutti_jam_apply() to refuse. */
TuttiVerdict tutti_jam_judge (const TuttiJam *jam, guint by, const TuttiOp *op);

/* The same as yes or no: TUTTI_MODEL_ERROR_NOT_ALLOWED with the reason in words. */
gboolean     tutti_jam_may (const TuttiJam *jam, guint by, const TuttiOp *op, GError **error);

/* Whether person @by may do anything that asks for @permission, apart from claims and from whose thing it is: enough to show a
 * control as usable. */
TuttiVerdict tutti_jam_judge_permission (const TuttiJam *jam, guint by, TuttiPermission permission);

/* Whether person @by may change @track. */
TuttiVerdict tutti_jam_judge_track (const TuttiJam *jam, guint by, const TuttiTrack *track);

/* The reason in English words. (transfer full) */
char        *tutti_verdict_to_words (const TuttiJam *jam, const TuttiVerdict *verdict);
