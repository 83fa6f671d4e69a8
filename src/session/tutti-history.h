/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What happened in a jam, newest first: a list of TuttiMoment that grows at its head while things happen, and at its end when
 * somebody scrolls there. Edits that one person makes in one go are one moment.
 *
 * Thread: the one it was made in. */

/* One of them. Lives as long as the list. One that grew says so by "changed", and the list that it was put anew: lists of widgets
 * take the same object for the same row. */
#define TUTTI_TYPE_MOMENT (tutti_moment_get_type ())
G_DECLARE_FINAL_TYPE (TuttiMoment, tutti_moment, TUTTI, MOMENT, GObject)

gint64         tutti_moment_get_seq      (TuttiMoment *self);    /* of its newest operation; 0: the beginning of the jam */
guint          tutti_moment_get_by       (TuttiMoment *self);    /* number of the person, 0 the host */
gint64         tutti_moment_get_time_us  (TuttiMoment *self);    /* wall clock of its newest operation; 0: not known */
const TuttiOp *tutti_moment_get_op       (TuttiMoment *self);    /* the newest; NULL: the beginning */
guint          tutti_moment_get_n_ops    (TuttiMoment *self);
guint          tutti_moment_get_n_steps  (TuttiMoment *self);    /* different steps of one clip; 0: it is not about steps */

/* Whether one would look for it by name: somebody came, a track or scene came or went, the jam went back, it went on after a pause. */
gboolean       tutti_moment_is_landmark  (TuttiMoment *self);

#define TUTTI_TYPE_HISTORY (tutti_history_get_type ())
G_DECLARE_FINAL_TYPE (TuttiHistory, tutti_history, TUTTI, HISTORY, GObject)

/* Asks for operations before @before, 0: the newest. FALSE: there is nobody to ask now. */
typedef gboolean (*TuttiHistoryAsk) (gpointer user, gint64 before);

TuttiHistory  *tutti_history_new       (TuttiHistoryAsk ask, gpointer user);

/* From now on @ask is called instead. */
void           tutti_history_set_ask   (TuttiHistory *self, TuttiHistoryAsk ask, gpointer user);

/* Asks for more at the end, unless that is under way or all of it is here. Signal "loaded" () when it came, or when the list
 * began anew. */
void           tutti_history_load_more (TuttiHistory *self);
gboolean       tutti_history_has_more  (TuttiHistory *self);
const char    *tutti_history_get_why   (TuttiHistory *self);     /* (nullable) why there is no more, where it does not just end */

/* For whoever answers. @op happened now, at wall clock @time_us; it happened before all that is here; the answer is complete, with
 * @before to be asked for next (0: nothing is) or (nullable) why there is none; all begins anew. */
void           tutti_history_happened  (TuttiHistory *self, const TuttiOp *op, const TuttiStamp *stamp, gint64 time_us);
void           tutti_history_was       (TuttiHistory *self, const TuttiOp *op, const TuttiStamp *stamp, gint64 time_us);
void           tutti_history_were      (TuttiHistory *self, gint64 before, const char *why);
void           tutti_history_reset     (TuttiHistory *self);

G_END_DECLS
