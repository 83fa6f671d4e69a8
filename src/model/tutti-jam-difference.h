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
