/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam-difference.h"

/* A moment of a jam's past: the way back to it, and hearing it. */

/* What tutti_jam_difference() finds as one operation, which says that it goes back to operation @seq and is undone as one. NULL with
 * the error set when it, or what would take it back, does not fit into a message, or when nothing is different. (transfer full) */
TuttiOp   *tutti_jam_way_back (const TuttiJam *from, const TuttiJam *to, gint64 seq, const TuttiStamp *stamp, TuttiNewId new_id,
                               gpointer user, GError **error);

/* Whether @op was made by tutti_jam_way_back(), and (out) to which operation it went. */
gboolean   tutti_op_goes_back (const TuttiOp *op, gint64 *seq);

/* The document as it was, to be heard for itself from session frame @frame on: it begins at the beginning (of its loop), with what
 * played then; where nothing did, with its first scene. (transfer full) */
TuttiJam  *tutti_jam_to_hear (const TuttiJam *jam, gint64 frame);
