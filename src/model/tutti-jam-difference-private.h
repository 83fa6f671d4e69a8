/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam-difference.h"

/* From one document to another, shared by its files alone. */

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
} TuttiDiff;

/* What is called @id in the other document is called so here. */
TuttiId  tutti_diff_here (TuttiDiff *self, TuttiId id);

/* The id of something that is made anew here. */
TuttiId  tutti_diff_name_anew (TuttiDiff *self, TuttiId id);

/* Takes @op (transfer full); FALSE when it cannot be, or something was in the way before. */
gboolean tutti_diff_attempt (TuttiDiff *self, TuttiOp *op, GError **error);

/* The same where there is no other way: that it cannot be is in the way of all. */
gboolean tutti_diff_add (TuttiDiff *self, TuttiOp *op);

/* What is inside (tutti-jam-difference-inside.c). */

/* A track that is there, with its effects and the clips that have their places. */
void     tutti_diff_track (TuttiDiff *self, const TuttiTrack *to);

/* @track: of whose chain it is the @index-th, none the master's. */
void     tutti_diff_effect (TuttiDiff *self, TuttiId track, const TuttiEffect *to, guint index);
