/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

/* Turns what a person does to steps into operations. */

/* One step somewhere in the jam; @clip none: the track has no clip in that scene yet. */
typedef struct
{
  TuttiId track, scene, clip;
  int     step;
} TuttiStepRef;

#define TUTTI_STEP_GHOST 30
#define TUTTI_STEP_SOFT 70
#define TUTTI_STEP_ACCENT 110
#define TUTTI_STEP_NORMAL 100

/* The step itself; tutti_step_initial where there is none. */
const TuttiStep *tutti_step_edit_look_up (const TuttiJam *jam, const TuttiStepRef *ref);

/* Sets the velocity of all @refs as one operation, making clips where none are. (transfer full) (nullable): nothing to do */
TuttiOp *tutti_step_edit_velocity (TuttiSession *session, const TuttiStepRef *refs, guint n, int velocity);

/* The operation @kind, which sets one or two numbers (@a, @b) of a step, on all @refs that have a clip, as one. */
TuttiOp *tutti_step_edit_set (const TuttiStepRef *refs, guint n, TuttiOpKind kind, int a, int b);

/* Adds @op (taken, nullable) to @group; a group gives what is in it, for groups hold no groups. */
void     tutti_step_edit_add (TuttiOp *group, TuttiOp *op);

/* @steps (as many as given) written over @clip from step @first. (transfer full) */
TuttiOp *tutti_step_edit_replace (TuttiId clip, int first, const TuttiStep *steps, guint n);

/* The same change to each of @refs: @change writes the new value over *step and returns the operation's kind, its two
 * numbers through @a and @b. (nullable): nothing to do */
typedef void (*TuttiStepChange) (const TuttiStep *step, int amount, int *a, int *b);
TuttiOp *tutti_step_edit_change (const TuttiJam *jam, const TuttiStepRef *refs, guint n, TuttiOpKind kind,
                                 TuttiStepChange change, int amount);
