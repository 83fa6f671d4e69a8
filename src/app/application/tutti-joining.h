/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-nearby-jam.h"
#include "tutti-session.h"

G_BEGIN_DECLS

/* On the way into a jam: tries its addresses one after the other until one answers. Ends with exactly one of the signals
 * "done" (TuttiSession *), a session that is JOINED, and "failed" (const GError *); never from inside a call of yours. Dropping it
 * gives up silently.
 *
 * The error is that of the address tried last. Only where a jam was announced and every address refused, or at least one did and
 * no way led to the others, it is TUTTI_CLOSE_JAM_ENDED. */
#define TUTTI_TYPE_JOINING (tutti_joining_get_type ())
G_DECLARE_FINAL_TYPE (TuttiJoining, tutti_joining, TUTTI, JOINING, GObject)

TuttiJoining *tutti_joining_new             (TuttiStudio *studio, const TuttiAddress *address, const char *name);
TuttiJoining *tutti_joining_new_nearby      (TuttiStudio *studio, TuttiNearbyJam *jam);

/* Begins, or begins again after it failed. @trust_anew: a person decided to trust another identity. */
void          tutti_joining_start           (TuttiJoining *self, gboolean trust_anew);

/* What a person typed, for the next start. */
void          tutti_joining_set_passcode    (TuttiJoining *self, const char *passcode);

const char   *tutti_joining_get_name        (TuttiJoining *self);
guint16       tutti_joining_get_port        (TuttiJoining *self);

/* The id of the jam that was announced; NULL: it was not. */
const char   *tutti_joining_get_jam         (TuttiJoining *self);

/* When the host at the address tried last was seen with the identity that it had; 0: never. Seconds since 1970. */
gint64        tutti_joining_get_last_seen_s (TuttiJoining *self);

G_END_DECLS
