/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-address.h"
#include "tutti-close.h"
#include "tutti-comparison.h"
#include "tutti-conflict.h"
#include "tutti-export.h"
#include "tutti-here.h"
#include "tutti-history.h"
#include "tutti-lines.h"
#include "tutti-op.h"
#include "tutti-playback.h"
#include "tutti-removal.h"
#include "tutti-report.h"
#include "tutti-soundfont.h"
#include "tutti-studio.h"
#include "tutti-trail.h"
#include "tutti-wish.h"

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

/* Why a session ended, beside TUTTI_LINK_ERROR and TUTTI_PINS_ERROR: its codes are those of TuttiClose. */
#define TUTTI_SESSION_ERROR (tutti_session_error_quark ())
GQuark tutti_session_error_quark (void);

/* So long one is told that this machine's sound dropped out. */
#define TUTTI_LATELY_S 30

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
  guint        drop_outs_lately;   /* of them in the last TUTTI_LATELY_S */
  guint        silent_clock;       /* UDP port at which the host's clock was asked in vain so far: no sound yet; 0: it is known */
  guint        syncs;              /* how often the time was measured anew, by itself or asked for */
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

/* They did not leave of their own: until they are back. (transfer none) (nullable) */
const TuttiRemoval *tutti_member_get_removal (TuttiMember *self);

/* Where they are and what they do, as they say (property "here"); nothing of me. (transfer none) */
const TuttiHere *tutti_member_get_here (TuttiMember *self);

/* How they keep time, as admins are told; NULL: not known here. (transfer none) (nullable), until property "quality" is notified. */
const TuttiReport *tutti_member_get_report (TuttiMember *self);

/* Opens jam @jam of the studio's store, decided here (reads the disk). @options: (nullable), for the sound. (transfer full), or
 * NULL with the reason. */
TuttiSession     *tutti_session_open (TuttiStudio *studio, const char *jam, const TuttiPlaybackOptions *options, GError **error);

/* Joins the jam at @address. @fingerprint: (nullable) what the host must show; without it the first one seen is remembered and
 * from then on expected. @trust_anew: a person decided to trust a changed one. Whether it worked shows in the state. (transfer full) */
TuttiSession     *tutti_session_join (TuttiStudio *studio, const TuttiAddress *address, const char *fingerprint,
                                      gboolean trust_anew, const TuttiPlaybackOptions *options);

/* Lets others in. @port: TCP, the next free one when taken, 0 any. @announce: by discovery, when the studio has one. */
typedef struct
{
  guint16  port;
  guint    people_max;
  gboolean announce;
  gboolean loopback;           /* this machine alone (tests) */
} TuttiSessionDoor;

gboolean          tutti_session_host (TuttiSession *self, const TuttiSessionDoor *door, GError **error);
void              tutti_session_unhost (TuttiSession *self);

/* The TCP port and the announcement while HOSTING; 0 and NULL else. (transfer none) */
guint16           tutti_session_get_port (TuttiSession *self);
TuttiPublisher   *tutti_session_get_publisher (TuttiSession *self);

/* Leaves (and saves, when it was decided here); the state is ENDED then. Who hosts gives the jam to somebody who is willing, if there
 * is one. Dropping the last reference does the same. */
void              tutti_session_leave (TuttiSession *self);

/* Leaves, and guests hear that the jam is over, where tutti_session_leave() lets them wait for its return. */
void              tutti_session_end (TuttiSession *self);

/* While AWAY: tries now instead of later. */
void              tutti_session_try_now (TuttiSession *self);

/* The link that brings others to the host of a jam that is visited, certificate and all; NULL: not visiting. (transfer full) */
char             *tutti_session_dup_link (TuttiSession *self);

/* My loudspeaker: level, mute, device, trim. (transfer none) */
TuttiOutput      *tutti_session_get_output (TuttiSession *self);
TuttiPlayback    *tutti_session_get_playback (TuttiSession *self);
TuttiStudio      *tutti_session_get_studio (TuttiSession *self);

/* Brings a sound file into the jam: decoded, kept, shared by hash; then put on @track (none: only added) as one edit. Finishes when
 * everyone may fetch it. */
void              tutti_session_import_async (TuttiSession *self, GFile *file, TuttiId track, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer user_data);
gboolean          tutti_session_import_finish (TuttiSession *self, GAsyncResult *result, GError **error);

/* Makes the sounds of a preset of a SoundFont on this machine; nothing is shared, and what is not brought is swept away after a day. */
void              tutti_session_make_soundfont_async (TuttiSession *self, TuttiSoundFont *font, guint preset,
                                                      TuttiSoundFontProgress progress, gpointer progress_data, GCancellable *cancellable,
                                                      GAsyncReadyCallback callback, gpointer user_data);
/* Returns: (transfer full) */
TuttiSoundFontInstrument *tutti_session_make_soundfont_finish (TuttiSession *self, GAsyncResult *result, GError **error);

/* Brings @instrument (copied) into the jam, as sounds, zones and numbers of a sampler, on @track or (none) on a new track @fresh of
 * @colour: one edit, undone as one. Nothing is changed when it fails. */
void              tutti_session_bring_soundfont_async (TuttiSession *self, const TuttiSoundFontInstrument *instrument, TuttiId track,
                                                       TuttiId fresh, TuttiColour colour, GCancellable *cancellable,
                                                       GAsyncReadyCallback callback, gpointer user_data);
/* The same of a preset that is made first; ended likewise. */
void              tutti_session_import_soundfont_async (TuttiSession *self, TuttiSoundFont *font, guint preset, TuttiId track,
                                                        TuttiId fresh, TuttiColour colour, TuttiSoundFontProgress progress,
                                                        gpointer progress_data, GCancellable *cancellable,
                                                        GAsyncReadyCallback callback, gpointer user_data);
/* @n_left_out: (out) (optional): zones of the preset for which a track has no room: those past TUTTI_ZONES_MAX, too quiet to be among
 * TUTTI_SOUNDFONT_LAYERS_MAX at a time, or given up so that all last no more than TUTTI_SOUNDFONT_SECONDS_MAX. */
gboolean          tutti_session_bring_soundfont_finish (TuttiSession *self, GAsyncResult *result, guint *n_left_out, GError **error);

/* The mix of the jam as it is now, as a file, or each track as one: see tutti_export_async(). It goes on when the session is left
 * meanwhile. */
void              tutti_session_export_async (TuttiSession *self, GFile *file, const TuttiExportOptions *options,
                                              TuttiExportProgress progress, gpointer progress_data, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer user_data);
gboolean          tutti_session_export_finish (TuttiSession *self, GAsyncResult *result, GError **error);
/* At most; 0 while there is no document. */
gint64            tutti_session_get_export_bytes (TuttiSession *self, const TuttiExportOptions *options);

/* The document as it shows here: confirmed by the host, and own edits on top. (transfer none), valid until the main loop
 * runs again; NULL while JOINING. */
const TuttiJam   *tutti_session_get_jam (TuttiSession *self);
const char       *tutti_session_get_jam_id (TuttiSession *self);
TuttiSessionState tutti_session_get_state (TuttiSession *self);    /* property "state" */

/* Why it ended: an error whose code says what can be done; NULL while it lives. (transfer none) */
const GError     *tutti_session_get_end (TuttiSession *self);

/* AWAY: why. HANDED_OVER where that was planned, and others go on with the jam. */
TuttiClose        tutti_session_get_away_reason (TuttiSession *self);

/* Number of the person who hosts, 0: nobody sits there. Whether somebody else would go on with the jam if that one were
 * gone. */
guint             tutti_session_get_host (TuttiSession *self);
gboolean          tutti_session_has_heirs (TuttiSession *self);

/* Whether this machine is one of them: willing, in time, and on the host's list. */
gboolean          tutti_session_is_heir (TuttiSession *self);

/* Number of this person in the jam, and the people as a list of TuttiMember (transfer none). */
guint             tutti_session_get_me (TuttiSession *self);
GListModel       *tutti_session_get_people (TuttiSession *self);

/* How person @number looks, as in tutti-picture.h, empty: no picture, or it is not here (yet). What becomes known tells the member's
 * property "picture", and "pictured". (transfer none), until then */
const char       *tutti_session_get_picture (TuttiSession *self, guint number);

/* A new id for something about to be added. */
TuttiId           tutti_session_new_id (TuttiSession *self);

/* Does @op (taken): it shows at once and goes to whoever decides. FALSE when it cannot even be tried: @error says why, and
 * nothing happened. */
gboolean          tutti_session_submit (TuttiSession *self, TuttiOp *op, GError **error);

/* Calls @visit for each own edit that waits for an answer longer than is usual, oldest first; while AWAY for all that wait. */
#define TUTTI_WAITS_AFTER_MS 250
void              tutti_session_visit_waiting (TuttiSession *self, TuttiOpVisit visit, gpointer user_data);

/* Takes back, or does again, the last own operation that still makes sense; FALSE with the reason. */
gboolean          tutti_session_undo (TuttiSession *self, GError **error);
gboolean          tutti_session_redo (TuttiSession *self, GError **error);
/* What the next undo or redo would do; NULL: nothing, or (@blocked_by, out: else 0) that person changed it since. (transfer none) */
const TuttiOp    *tutti_session_peek_undo (TuttiSession *self, gboolean redo, guint *blocked_by);
gboolean          tutti_session_can_undo (TuttiSession *self);     /* property "can-undo" */
gboolean          tutti_session_can_redo (TuttiSession *self);     /* property "can-redo" */

/* What happened, newest first (transfer none); it begins to know when it is asked for the first time. */
TuttiHistory     *tutti_session_get_history (TuttiSession *self);

/* What somebody overrode, or I did offline: a list of TuttiConflict, newest first (transfer none). Putting back what was lost is an
 * edit like any other. FALSE with the reason, and it stays in the list. */
#define TUTTI_CONFLICTS_MAX 50
GListModel       *tutti_session_get_conflicts (TuttiSession *self);
gboolean          tutti_session_put_back (TuttiSession *self, TuttiConflict *conflict, GError **error);
void              tutti_session_dismiss  (TuttiSession *self, TuttiConflict *conflict);

/* The jam as it was after operation @seq, fetched from whoever keeps it: heard here alone, made what the jam is for everyone (one
 * edit, one undo), or begun as a jam of one's own called @name. What came of it tells the signal "past". FALSE with the reason when
 * it cannot even be asked for. */
typedef enum { TUTTI_PAST_HEAR, TUTTI_PAST_GO_BACK, TUTTI_PAST_BRANCH } TuttiPastWish;

gboolean          tutti_session_hear       (TuttiSession *self, gint64 seq, GError **error);
gboolean          tutti_session_go_back    (TuttiSession *self, gint64 seq, GError **error);
gboolean          tutti_session_branch     (TuttiSession *self, gint64 seq, const char *name, GError **error);
void              tutti_session_stop_hearing (TuttiSession *self);

/* The moment that is heard here alone, −1: none. Where the playhead is in it then; FALSE: it has not begun to sound. */
gint64            tutti_session_get_hearing (TuttiSession *self);
gboolean          tutti_session_get_heard_tick (TuttiSession *self, gint64 *tick);

/* Asks all who are here what they made of the last second that is over for everyone, and compares: "compared" tells it, at the
 * latest two seconds later. FALSE: the host is out of reach. */
gboolean          tutti_session_compare (TuttiSession *self, GError **error);

/* Asks those for @what who can give it; they hear "wished". FALSE: the host is out of reach. */
gboolean          tutti_session_wish (TuttiSession *self, TuttiWish what, GError **error);

/* What an admin decides at the door: sending somebody away (they may come back; who may not gets the role “banned”), a passcode for
 * newcomers (empty: none), an invitation that gives @uses people @role within @minutes. FALSE when it cannot even be asked for; the
 * host's answer comes with the signals "invited" and "denied". */
gboolean          tutti_session_kick (TuttiSession *self, guint number, GError **error);
gboolean          tutti_session_set_passcode (TuttiSession *self, const char *passcode, GError **error);
gboolean          tutti_session_invite (TuttiSession *self, TuttiRole role, guint uses, guint minutes, GError **error);
gboolean          tutti_session_is_locked (TuttiSession *self);

/* Where this person is (NULL: as before), and that there was a sign of life: others are told when that is something new, at most ten
 * times a second. Somebody without signs of life for two minutes is idle to the others. */
void              tutti_session_set_here (TuttiSession *self, const TuttiHere *place);

/* Says @text to everyone: plain text. FALSE with the reason, and nothing was said; it shows as one of the lines once the host has
 * it. */
gboolean          tutti_session_chat (TuttiSession *self, const char *text, GError **error);

/* What was said, oldest first; a line lives until the next signal "said". Older ones come on demand, also as that signal: FALSE when
 * there are none, or some are on the way. */
guint             tutti_session_get_n_lines (TuttiSession *self);
const TuttiLine  *tutti_session_get_line (TuttiSession *self, guint index);
gboolean          tutti_session_has_older_lines (TuttiSession *self);
gboolean          tutti_session_ask_older_lines (TuttiSession *self);

/* The session frame that is heard now, and its tick: for playheads. */
gint64            tutti_session_get_frame (TuttiSession *self);
gint64            tutti_session_get_tick (TuttiSession *self);

/* Lets only this machine hear @track louder by @gain (1/100 dB, −9000 silence … 1200; 0 as everybody does). Nothing is sent. */
void              tutti_session_set_monitor_gain (TuttiSession *self, TuttiId track, int gain);

/* Lets only this machine hear everything summed to mono, until it is left. Nothing is sent. */
void              tutti_session_set_mono (TuttiSession *self, gboolean mono);
gboolean          tutti_session_get_mono (TuttiSession *self);

/* Peaks since the last frame clock tick, 0…1 and above; @track none is the master. */
void              tutti_session_get_peaks (TuttiSession *self, TuttiId track, float peaks[2]);

/* By how many dB the compressor, gate or limiter @effect of @track (none: of the master) pushes the sound down, 0 …; falls back slowly.
 * Told while somebody asks, again and again. */
double            tutti_session_get_reduction (TuttiSession *self, TuttiId track, TuttiId effect);

/* How loud all of it was over the last three seconds, in LUFS, and its highest true peak, in dB; −200: silent. Measured while somebody
 * asks. */
void              tutti_session_get_loudness (TuttiSession *self, double *short_term, double *peak);

/* How this machine is doing. */
void              tutti_session_get_timing (TuttiSession *self, TuttiTiming *timing);
void              tutti_session_resync (TuttiSession *self);

/* The same over the last TUTTI_TRAIL_S seconds, one sample a second. (transfer none); it moves on with the session. */
const TuttiTrail *tutti_session_get_trail (TuttiSession *self);

/* Plays a sound here only: @sound as in TuttiTrack.sound, @pitch in semitones from its root. */
void              tutti_session_audition (TuttiSession *self, const char *sound, int pitch, int velocity);
void              tutti_session_audition_track (TuttiSession *self, TuttiId track, int pitch, int velocity);

/* Plays the jam here only as if @op were done in it, in time with everyone, and with what others do to it; or a document that somebody
 * made here, from its beginning. Until it is called again, stopped, or a moment is heard. While one is heard nothing is tried: FALSE. */
gboolean          tutti_session_try         (TuttiSession *self, const TuttiOp *op);
gboolean          tutti_session_try_jam     (TuttiSession *self, const TuttiJam *jam);
void              tutti_session_stop_trying (TuttiSession *self);

/* What @sound (as in TuttiTrack.sound) is, to be looked at; NULL: it is not here yet. Borrowed, until the main loop runs again. */
TuttiScoreSound  *tutti_session_look_up_sound (TuttiSession *self, const char *sound);

/* Silences everything here at once, tails too. */
void              tutti_session_panic (TuttiSession *self);

/* Number of the newest confirmed operation, and the hash of the document with it. */
gint64            tutti_session_get_seq (TuttiSession *self);
guint64           tutti_session_get_hash (TuttiSession *self);

/* Signals:
 *
 *   "changed"     (const TuttiTarget *what, guint by)   the document shows something new; by 0: the host, or all of it
 *   "refused"     (const TuttiOp *op, const GError *why)  an own edit was taken back
 *   "crossed"     (const TuttiOp *mine, const TuttiOp *theirs (nullable), guint by, gboolean mine_stands)
 *                                                        both wrote the same at once; whose stands
 *   "waiting"     ()                                     tutti_session_visit_waiting() visits others than before
 *   "late"        (const TuttiOp *op, guint by)          an edit came after it should have been heard here
 *   "joined"      (TuttiMember *), "left" (TuttiMember *)  never about me
 *   "repaired"    ()                                     the copy differed from the host's and was replaced
 *
 *   "past"        (int wish, gint64 seq, const GError *why (nullable), const char *jam (nullable))
 *                                                        what came of a TuttiPastWish; @jam: id of the branch
 *   "hearing"     ()                                     tutti_session_get_hearing() is another
 *
 *   "invited"     (const char *code, int role)           the invitation that was asked for: the member “invite” of an address
 *   "denied"      (const char *words)                    what was asked for at the door did not happen
 *   "wished"      (guint number, int what)              that person asks me for what I can give: TuttiWish
 *   "compared"    (gint64 second, const GArray *comparison)  of TuttiCompared, judged: what tutti_session_compare() found
 *   "locked"      ()                                     whether newcomers need a passcode is otherwise than before
 *
 *   "moved"       (TuttiMember *)                        they are somewhere else, or do something else
 *   "pictured"    (guint number)                         that person looks otherwise than before
 *   "said"        (const TuttiLine *fresh (nullable))    the newest line was just said; NULL: all lines may be others
 *
 * How sounds come along is told by the studio's sound library. */
