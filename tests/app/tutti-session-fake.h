/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

/* A session without network, sound or disk: the same object to the window, so that pictures and widget tests show real
 * operations on a real document. */
TuttiSession *tutti_session_fake_new (void);

/* The beat of the drawings: eight tracks, eight scenes, something of everything. */
void tutti_session_fake_fill (TuttiSession *session);

/* The same jam with clips of notes for Keys and Bells, which sound. */
void          tutti_session_fake_fill_notes (TuttiSession *session);

/* Somebody says something, moves; where the window says that its person is. */
void tutti_session_fake_say (TuttiSession *session, guint by, gint64 at_ms, const char *text);
void tutti_session_fake_move (TuttiSession *session, guint number, const TuttiHere *here);
TuttiHere tutti_session_fake_get_here (TuttiSession *session);

/* The last gain that only this machine should hear, of whatever track. */
int       tutti_session_fake_get_monitor_gain (TuttiSession *session);

/* Sounds of SoundFonts can be made, in @folder; they are brought nowhere. */
void      tutti_session_fake_keep_sounds (TuttiSession *session, const char *folder);

/* What is tried here alone: an operation as text, or the sound of a phrase; NULL: nothing. */
const char *tutti_session_fake_get_tried (TuttiSession *session);

/* From now on there is an output, which plays nothing. */
void        tutti_session_fake_make_output (TuttiSession *session);

/* Somebody else's edit arrives. */
gboolean tutti_session_fake_receive (TuttiSession *session, TuttiOp *op, guint by);

/* @op (taken) waits for an answer. */
void tutti_session_fake_wait (TuttiSession *session, TuttiOp *op);

void tutti_session_fake_set_tick (TuttiSession *session, gint64 tick);

/* Lets the frame follow the monotonic clock. */
void tutti_session_fake_run (TuttiSession *session);
void tutti_session_fake_set_state (TuttiSession *session, TuttiSessionState state);
void tutti_session_fake_set_timing (TuttiSession *session, const TuttiTiming *timing);

/* An admin hears how somebody keeps time. */
void tutti_session_fake_report (TuttiSession *session, const TuttiReport *report);

/* Another second has passed. */
void tutti_session_fake_note (TuttiSession *session, const TuttiTrailSample *sample, const TuttiTrailCounts *counts);
void tutti_session_fake_be_away (TuttiSession *session, TuttiClose why);

/* They are sent away. */
void tutti_session_fake_remove (TuttiSession *session, guint number, const TuttiRemoval *removal);
void tutti_session_fake_add_member (TuttiSession *session, guint number, const char *name, int colour, gboolean present);

/* How somebody with a number below 16 looks. */
void tutti_session_fake_set_picture (TuttiSession *session, guint number, const char *picture);

/* Wall clock of what happens from now on, as the history tells it; 0: the real one. */
void tutti_session_fake_set_time (TuttiSession *session, gint64 time_us);

/* Person @by and I wrote the same at once. */
void tutti_session_fake_cross (TuttiSession *session, const TuttiOp *mine, const TuttiOp *theirs, guint by, gboolean mine_stands);
