/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"
#include "tutti-plan-sound.h"

G_BEGIN_DECLS

/* The document as it is to be played: a TuttiJam compiled into a TuttiScore. What did not change since the score before is
 * shared with it, so that an edit costs the work of one track.
 *
 * A plan also remembers how time ran (tempo changes, starts, stops), because a document knows only how it runs now and a
 * voice that still sounds began under the tempo before. So feed it every document in order, confirmed ones alone: an
 * operation that is stamped anew would leave a start behind that never was. */

typedef struct _TuttiPlan TuttiPlan;

TuttiPlan  *tutti_plan_new     (TuttiPlanResolve resolve, gpointer user_data);
void        tutti_plan_free    (TuttiPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiPlan, tutti_plan_free)

/* @jam as it is from session frame @at on, or from where its time begins to run when that is later (a tempo change waits for
 * a whole tick). (transfer full): for tutti_mix_push_score(). The first one's @at is the frame from which the document is
 * known: 0 or earlier for a session that begins here. Thread: one at a time. */
TuttiScore *tutti_plan_compile (TuttiPlan *self, const TuttiJam *jam, gint64 at);

/* The next score silences every voice and tail. */
void        tutti_plan_panic   (TuttiPlan *self);

G_END_DECLS
