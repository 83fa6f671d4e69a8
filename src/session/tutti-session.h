/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

#include <gio/gio.h>

/* A jam that is open here: alone, hosted or visited, always this one object. The window and the command line observe it and
 * submit operations; who decides their order (a thread here, or a host elsewhere) is behind it.
 *
 * Thread: everything here belongs to the main context in which the session was made. */

#define TUTTI_TYPE_SESSION (tutti_session_get_type ())
G_DECLARE_FINAL_TYPE (TuttiSession, tutti_session, TUTTI, SESSION, GObject)

typedef enum
{
  TUTTI_SESSION_SOLO,          /* decided here, nobody else sees it */
  TUTTI_SESSION_HOSTING,       /* decided here, others may join */
  TUTTI_SESSION_JOINING,       /* on the way in: no document yet */
  TUTTI_SESSION_JOINED,        /* decided by a host elsewhere */
  TUTTI_SESSION_AWAY,          /* the host is out of reach: edits are kept, trying again */
  TUTTI_SESSION_ENDED          /* left for good; see tutti_session_get_end() */
} TuttiSessionState;

/* How well this machine keeps up, as in WINDOW.md: the worst that holds. */
typedef enum
{
  TUTTI_QUALITY_IN_TIME, TUTTI_QUALITY_SETTLING, TUTTI_QUALITY_SLOW_LINK, TUTTI_QUALITY_LATE_EDITS,
  TUTTI_QUALITY_OUT_OF_TIME, TUTTI_QUALITY_AWAY
} TuttiQuality;

typedef struct
{
  TuttiQuality quality;
  double       round_trip_ms;
  double       jitter_ms;
  double       clock_error_us;     /* one standard deviation, estimated */
  double       offset_us;          /* what the output is off the shared time now */
  double       lead_ms;            /* how far ahead edits are stamped */
  double       edit_latency_us;    /* median of the last edits: submitted → acknowledged */
  guint64      edits, late;        /* heard here; those that came after their frame */
  guint64      bytes_in, bytes_out, messages_in, messages_out;
  guint64      repairs;            /* copies that differed and were replaced */
  guint        pending;            /* own edits not acknowledged yet */
  guint        drop_outs;          /* of the sound output */
} TuttiTiming;

/* Someone in the jam, present or not. Lives as long as the session's list model. */
#define TUTTI_TYPE_MEMBER (tutti_member_get_type ())
G_DECLARE_FINAL_TYPE (TuttiMember, tutti_member, TUTTI, MEMBER, GObject)

guint        tutti_member_get_number (TuttiMember *self);
const char  *tutti_member_get_name (TuttiMember *self);
int          tutti_member_get_colour (TuttiMember *self);       /* TuttiPersonColour */
gboolean     tutti_member_get_present (TuttiMember *self);      /* property "present" */
gboolean     tutti_member_get_is_me (TuttiMember *self);
gboolean     tutti_member_get_is_host (TuttiMember *self);
double       tutti_member_get_round_trip_ms (TuttiMember *self);  /* < 0: not known */

/* The document as it shows here: confirmed by the host, and own edits on top. (transfer none), valid until the main loop
 * runs again; NULL while JOINING. */
const TuttiJam   *tutti_session_get_jam (TuttiSession *self);
const char       *tutti_session_get_jam_id (TuttiSession *self);
TuttiSessionState tutti_session_get_state (TuttiSession *self);    /* property "state" */

/* Why it ended: an error whose code says what can be done; NULL while it lives. (transfer none) */
const GError     *tutti_session_get_end (TuttiSession *self);

/* Number of this person in the jam, and the people as a list of TuttiMember (transfer none). */
guint             tutti_session_get_me (TuttiSession *self);
GListModel       *tutti_session_get_people (TuttiSession *self);

/* A new id for something about to be added. */
TuttiId           tutti_session_new_id (TuttiSession *self);

/* Does @op (taken): it shows at once and goes to whoever decides. FALSE when it cannot even be tried: @error says why, and
 * nothing happened. */
gboolean          tutti_session_submit (TuttiSession *self, TuttiOp *op, GError **error);

/* Takes back, or does again, the last own operation that still makes sense; FALSE with the reason. */
gboolean          tutti_session_undo (TuttiSession *self, GError **error);
gboolean          tutti_session_redo (TuttiSession *self, GError **error);
gboolean          tutti_session_can_undo (TuttiSession *self);     /* property "can-undo" */
gboolean          tutti_session_can_redo (TuttiSession *self);     /* property "can-redo" */

/* The session frame that is heard now, and its tick: for playheads. */
gint64            tutti_session_get_frame (TuttiSession *self);
gint64            tutti_session_get_tick (TuttiSession *self);

/* Peaks since the last frame clock tick, 0…1 and above; @track none is the master. */
void              tutti_session_get_peaks (TuttiSession *self, TuttiId track, float peaks[2]);

/* How this machine is doing. */
void              tutti_session_get_timing (TuttiSession *self, TuttiTiming *timing);
void              tutti_session_resync (TuttiSession *self);

/* Plays a sound here only: @sound as in TuttiTrack.sound, @pitch in semitones from its root. */
void              tutti_session_audition (TuttiSession *self, const char *sound, int pitch, int velocity);
void              tutti_session_audition_track (TuttiSession *self, TuttiId track, int pitch, int velocity);

/* Silences everything here at once, tails too. */
void              tutti_session_panic (TuttiSession *self);

/* Signals:
 *
 *   "changed"     (const TuttiTarget *what, guint by)   the document shows something new; by 0: the host, or all of it
 *   "refused"     (const TuttiOp *op, const GError *why)  an own edit was taken back
 *   "overridden"  (const TuttiOp *mine, const TuttiOp *theirs, guint by)
 *   "joined"      (TuttiMember *), "left" (TuttiMember *), "back" (TuttiMember *)
 *   "repaired"    ()                                     the copy differed from the host's and was replaced
 *   "sound-state" (const char *hash)                     a sound moved on: see the sound library
 */
