/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

/* From one document to another by ordinary operations: what “go back here” and “branch” are made of.
 *
 * It is about the music. People, roles, rules and claims stay as they are, and so does what plays now: going back is an edit and
 * not a stop. */

/* Coins an id for something that is gone for good and has to be made anew. */
typedef TuttiId (*TuttiNewId) (gpointer user);

/* The operations, of TuttiOp, that make the music of @from that of @to; none when it is. What still lies among the deleted comes
 * back under its own id; all else gets one of @new_id, or (NULL) the one that it has in @to. Sounds are added and never removed.
 * NULL with the error set where a limit is in the way. (transfer full) */
GPtrArray *tutti_jam_difference (const TuttiJam *from, const TuttiJam *to, const TuttiStamp *stamp, TuttiNewId new_id, gpointer user,
                                 GError **error);

/* The same as one operation, which says that it goes back to operation @seq and is undone as one. NULL with the error set when it,
 * or what would take it back, does not fit into a message, or when nothing is different. (transfer full) */
TuttiOp   *tutti_jam_way_back (const TuttiJam *from, const TuttiJam *to, gint64 seq, const TuttiStamp *stamp, TuttiNewId new_id,
                               gpointer user, GError **error);

/* Whether @op was made by tutti_jam_way_back(), and (out) to which operation it went. */
gboolean   tutti_op_goes_back (const TuttiOp *op, gint64 *seq);

/* The document as it was, to be heard for itself from session frame @frame on: it begins at the beginning (of its loop), with what
 * played then; where nothing did, with its first scene. (transfer full) */
TuttiJam  *tutti_jam_to_hear (const TuttiJam *jam, gint64 frame);
