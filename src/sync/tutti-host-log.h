/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-tail.h"

/* The last operations in the host's order, and the document as it was before the time that a newcomer has to render again:
 * what reconnecting and joining are answered from. */

/* How long ago an operation must have been heard to be part of what a newcomer starts from: as long as a sound may last. */
#define TUTTI_HOST_PAST_FRAMES (60 * TUTTI_FRAMES_PER_SECOND)

/* Operations kept for those who come back, whatever their age; and how many at most. */
#define TUTTI_HOST_TAIL_MIN 1000
#define TUTTI_HOST_TAIL_MAX 20000

typedef struct _TuttiHostLog TuttiHostLog;

/* @jam is the document after @seq, which was stamped in @epoch; the log takes a copy of its own. */
TuttiHostLog *tutti_host_log_new (const TuttiJam *jam, gint64 seq, gint64 epoch);
void          tutti_host_log_free (TuttiHostLog *log);

/* Takes @record's op; its seq follows the last one, or (@recalled) comes before what the document has seen. */
void          tutti_host_log_add (TuttiHostLog *log, TuttiRecord record);

/* Operations heard before @frame minus the past become part of what newcomers start from. */
void          tutti_host_log_fold (TuttiHostLog *log, gint64 frame);

/* Where newcomers start: a document and its seq. (transfer none) */
const TuttiJam *tutti_host_log_get_past (TuttiHostLog *log, gint64 *seq);

/* The epoch in which its seq was stamped. */
gint64        tutti_host_log_get_past_epoch (TuttiHostLog *log);

/* The epoch in which the newest operation was stamped, and the last operation of each from the oldest that is kept on, of
 * TuttiEpochEnd (transfer full). */
gint64        tutti_host_log_get_epoch (TuttiHostLog *log);
GArray       *tutti_host_log_get_ends (TuttiHostLog *log);

/* The record of @seq, NULL when it is not kept (any more). */
const TuttiRecord *tutti_host_log_get (TuttiHostLog *log, gint64 seq);

/* The stamp of edit @number of the visit @creator, NULL when it is not among those kept. */
const TuttiRecord *tutti_host_log_find (TuttiHostLog *log, guint32 creator, gint64 number);

/* The newest seq, and the oldest one that is kept (newest + 1 when none is). */
gint64        tutti_host_log_get_seq (TuttiHostLog *log);
gint64        tutti_host_log_get_oldest (TuttiHostLog *log);
