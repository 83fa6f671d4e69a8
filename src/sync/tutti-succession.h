/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-close.h"
#include "tutti-heirs.h"

/* What a participant does when its host is gone: whom it looks for, and when it hosts the jam itself. Pure: it is told what
 * happened and asked what comes next.
 *
 * It looks for the host as it was, then for the heirs of better rank, and only when none of them is there it is its own turn. It
 * takes over when the host is known to have ended (its machine says that nobody listens, or it handed over), or when somebody else
 * comes here for the jam: who is alone behind a pulled cable goes on without a host, loses nothing by it, and does not come back
 * as a second one. Thread: one. */

typedef enum
{
  TUTTI_MOVE_WAIT,                 /* until the time said */
  TUTTI_MOVE_HOST,                 /* try the host where it was */
  TUTTI_MOVE_HEIR,                 /* try this heir */
  TUTTI_MOVE_TAKE_OVER             /* host it here */
} TuttiMoveKind;

typedef struct
{
  TuttiMoveKind    kind;
  gint64           until_us;       /* of WAIT */
  const TuttiHeir *heir;           /* of HEIR; until the next call */
} TuttiMove;

/* What came of a try. */
typedef enum
{
  TUTTI_TRY_NOBODY,                /* the machine is there, and nothing listens, or who does has nothing to do with that jam */
  TUTTI_TRY_SILENCE,               /* no answer within the patience that there is */
  TUTTI_TRY_NOT_HOST               /* it knows that jam, and does not host it, or not yet */
} TuttiTryResult;

/* A machine of the same network that is there answers within this. One that has much to do, a small box to which everybody comes back
 * at once, takes longer: after each round in which nobody was found it is given twice as long, so often. */
#define TUTTI_TRY_MS 400
#define TUTTI_TRY_DOUBLINGS 4

typedef struct _TuttiSuccession TuttiSuccession;

TuttiSuccession *tutti_succession_new (void);
void             tutti_succession_free (TuttiSuccession *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiSuccession, tutti_succession_free)

/* The host is gone, or out of reach, for this reason; @heirs as it told them last, @me is my number. Time is of any clock that
 * never goes back. */
void             tutti_succession_lost (TuttiSuccession *self, TuttiClose why, const TuttiHeirs *heirs, guint me, gint64 now_us);

/* The host said that heir @number goes on; lost() follows. */
void             tutti_succession_handed (TuttiSuccession *self, guint number);

/* Whether the host named who goes on; and whether that is me, as it was told last by lost(). */
gboolean         tutti_succession_is_handed (TuttiSuccession *self);
gboolean         tutti_succession_is_handed_to_me (TuttiSuccession *self);

/* What is tried hosts the jam: it answers by found() or lost(), and nobody takes over meanwhile. */
void             tutti_succession_reached (TuttiSuccession *self);

/* A host was found, or this one took over. */
void             tutti_succession_found (TuttiSuccession *self);

/* What to do now, while lost. A try is answered by tried(), found() or another lost(). */
TuttiMove        tutti_succession_next (TuttiSuccession *self, gint64 now_us);
void             tutti_succession_tried (TuttiSuccession *self, TuttiTryResult result, gint64 now_us);

/* So long a try that begins now may last. */
gint64           tutti_succession_patience_us (const TuttiSuccession *self);

/* Begins anew at once: the network changed, or somebody is announced. */
void             tutti_succession_hurry (TuttiSuccession *self, gint64 now_us);

/* Somebody comes here for the jam: TRUE when it is to be hosted here from now on. */
gboolean         tutti_succession_knocked (TuttiSuccession *self);

/* Whether it is looking for a host. */
gboolean         tutti_succession_is_lost (TuttiSuccession *self);
