/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

/* The end of a jam's history: its last operations as they were stamped, without gaps. */

/* Kept at least; so much can be told to who takes over, or to a host that lacks it. */
#define TUTTI_TAIL_MIN 1000

#define TUTTI_EARLIER_MAX (2 * TUTTI_FRAME_FAR)

typedef struct
{
  TuttiStamp stamp;
  TuttiOp   *op;
  gint64     epoch;
  guint32    creator;              /* of its author's visit; 0: the host's own */
  gint64     number;
  gint64     earlier;              /* frames before stamp.at at which it was heard first, under another host; 0: it was not */
} TuttiRecord;

/* Clears what @record owns. */
void             tutti_record_clear (gpointer record);

/* How far a history goes in one epoch. */
typedef struct
{
  gint64 epoch;
  gint64 last;                     /* seq of its last operation */
} TuttiEpochEnd;

typedef struct _TuttiTail TuttiTail;

TuttiTail         *tutti_tail_new (void);
void               tutti_tail_free (TuttiTail *tail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiTail, tutti_tail_free)

/* From here on: nothing but that the operation before, @seq, was stamped in @epoch. */
void               tutti_tail_reset (TuttiTail *tail, gint64 seq, gint64 epoch);

/* Adds @record with a copy of its operation; its stamp follows the last one. */
void               tutti_tail_add (TuttiTail *tail, const TuttiRecord *record);

/* Adds it in front: the operation just before the oldest one. Others, and more than are to be kept, are left out. */
void               tutti_tail_add_before (TuttiTail *tail, const TuttiRecord *record);

/* The newest operation, and its epoch. */
gint64             tutti_tail_get_seq (const TuttiTail *tail);
gint64             tutti_tail_get_epoch (const TuttiTail *tail);

/* The oldest that is kept; get_seq() + 1: none is. */
gint64             tutti_tail_get_oldest (const TuttiTail *tail);

/* NULL when it is not kept. */
const TuttiRecord *tutti_tail_get (const TuttiTail *tail, gint64 seq);

/* The newest operation here that is in the history of @ends, of TuttiEpochEnd, too; before the oldest when none is. An epoch and a
 * seq name one operation, and all that went before it, since no two hosts stamp in the same epoch. */
gint64             tutti_tail_find_fork (const TuttiTail *tail, const GArray *ends);
