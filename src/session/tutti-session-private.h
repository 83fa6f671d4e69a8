/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-net-time.h"
#include "tutti-replica.h"
#include "tutti-session.h"
#include "tutti-succession.h"
#include "tutti-way-watch.h"
#include "tutti-wire.h"

/* The session's parts, shared by its files alone. */

typedef struct _TuttiLookout TuttiLookout;
typedef struct _TuttiSoundMover TuttiSoundMover;

/* Edits heard in one second, of the last so many. */
#define TUTTI_RECENT_S 30

typedef struct
{
  gint64 second;
  guint  edits, late;
} TuttiRecentEdits;

struct _TuttiSession
{
  GObject            parent_instance;

  /* owned */
  TuttiStudio       *studio;
  TuttiReplica      *replica;
  TuttiPlayback     *playback;
  TuttiNetTime      *time;
  TuttiHosting      *hosting;      /* decided here; NULL when visiting */
  TuttiPublisher    *publisher;
  TuttiWire         *wire;         /* NULL while there is no way */
  TuttiLookout      *lookout;      /* while away */
  TuttiSuccession   *succession;
  TuttiHosting      *standby;      /* a door for when the host is gone; NULL: not willing */
  TuttiAddress      *target;       /* who is tried instead of the host; NULL: the host itself */
  GHashTable        *trusted;      /* fingerprints of those who may host this jam */
  TuttiBrowser      *rivals;       /* while hosting */
  TuttiWayWatch     *ways;         /* while hosting, where others may */
  TuttiTail         *last_tail;    /* what was stamped here, while giving way */
  TuttiSoundMover   *mover;
  GListStore        *people;       /* of TuttiMember, by number */
  TuttiAddress      *address;      /* of the host, visiting */
  char              *fingerprint;  /* it must show */
  GError            *end;
  TuttiHistory      *history;      /* NULL: nobody asked so far */
  GListStore        *conflicts;    /* of TuttiConflict, newest first */
  char              *branch_name;

  TuttiSessionState  state;
  TuttiSessionDoor   door;
  char               jam_id[TUTTI_JAM_ID_MAX + 1];
  gint64             origin_ns;
  guint16            port;
  guint              clock_port;
  gboolean           trust_anew;
  gboolean           live;         /* was in, at least once */
  gboolean           knows_time;   /* the jam's, since then */
  guint              attempt;      /* to come back */
  guint              retry, tick;  /* sources */
  guint              try_timeout, yielding;    /* sources */
  TuttiHostingPlace  standby_place;
  gint64             playing_seq;  /* operations heard so far */
  guint64            edits, late;
  char              *home;         /* fingerprint of the host that was visited first: it gets the jam back from here */
  TuttiAddress      *home_address; /* where that was, once the jam went elsewhere */
  GCancellable      *home_call;    /* whether it can be reached, being tried; NULL: not */
  gint64             home_us;      /* not again before */
  gboolean           gave_back;    /* what is yielded to begins only now */
  TuttiRecentEdits   recent[TUTTI_RECENT_S];
  TuttiTrail         trail;
  TuttiSyncAgain     sync_again;
  guint              sync_again_times;
  gint64             waiting[2];   /* numbers of the first and the last edit that waits for long */
  TuttiClose         away_reason;  /* when it was lost last */
  TuttiClose         farewell;     /* what guests hear when a hosted jam is left */
  GArray            *comparison;   /* of TuttiCompared, under way; NULL: none */
  gint64             compared_second;
  guint              comparing;    /* source: until then answers are waited for */
  gboolean           can_undo, can_redo;
  TuttiPastWish      past_wish;    /* for the moment that is under way */
  gint64             hearing;      /* seq, −1: nothing */
  gboolean           returning;    /* edits made while away are not all answered */
  gboolean           catching_up;  /* from the welcome until live: what comes now was heard before */
  GHashTable        *known_here;   /* numbers of those who were present when the way was lost */
  gint64             live_us;      /* when that ended last */
  guint              depth;        /* calls into the replica under way: whoever is told something may leave */
  TuttiReplica      *left;         /* owned: the replica, from leaving until the last such call returns */
};

/* Around each call into the replica that may tell something: it and the session live until the call returns. */
void tutti_session_enter (TuttiSession *self);
void tutti_session_exit (TuttiSession *self);

/* The signals of tutti-session.h, in its order. */
enum
{
  TUTTI_SESSION_CHANGED, TUTTI_SESSION_REFUSED, TUTTI_SESSION_CROSSED, TUTTI_SESSION_WAITING, TUTTI_SESSION_LATE,
  TUTTI_SESSION_CAME, TUTTI_SESSION_LEFT, TUTTI_SESSION_REPAIRED, TUTTI_SESSION_INVITED, TUTTI_SESSION_DENIED, TUTTI_SESSION_WISHED,
  TUTTI_SESSION_LOCKED, TUTTI_SESSION_PAST, TUTTI_SESSION_HEARING, TUTTI_SESSION_MOVED, TUTTI_SESSION_SAID,
  TUTTI_SESSION_COMPARED, TUTTI_SESSION_PICTURED,
  TUTTI_SESSION_N_SIGNALS
};
extern guint tutti_session_signals[TUTTI_SESSION_N_SIGNALS];

/* What the replica tells (tutti-session-news.c). */
TuttiReplicaHooks tutti_session_get_hooks (TuttiSession *self);
gboolean tutti_session_has_left (TuttiSession *self);
/* (transfer none) (nullable), of those in the list of people. */
TuttiMember *tutti_session_find_member (TuttiSession *self, guint number);
void tutti_session_update_undo (TuttiSession *self);
void tutti_session_start_in_time (TuttiSession *self, const TuttiNetTimeState *time);

/* Where people are, and what they say (tutti-session-talk.c): hooks of the replica. */
void tutti_session_on_there (gpointer session, guint number, const TuttiHere *here);
void tutti_session_on_lines (gpointer session, const TuttiLine *fresh);

/* How people look (tutti-session-pictures.c): a hook of the replica; the studio's person; and what is known of a connection. */
void tutti_session_on_pictured (gpointer session, guint number);
void tutti_session_show_myself (TuttiSession *self);
void tutti_session_note_pictured (TuttiSession *self);

/* Whether all hear the same (tutti-session-compare.c): ASKED and HEARD. */
void tutti_session_on_asked (TuttiSession *self, const TuttiMessage *message);
void tutti_session_on_heard (TuttiSession *self, const TuttiMessage *message);

/* Whether it still has a jam to do something with. */
gboolean tutti_session_is_alive (TuttiSession *self, GError **error);

/* Tells when other edits wait than before (tutti-session-wishes.c). */
void tutti_session_look_at_waiting (TuttiSession *self);

/* Nobody else is known to be here while there is no way to the host. */
void tutti_session_lose_people (TuttiSession *self);

void tutti_session_set_state (TuttiSession *self, TuttiSessionState state);

/* What the time is for edits: the frame of the shared clock, not of the loudspeaker. */
TuttiNow tutti_session_now (TuttiSession *self);

/* The state of what belongs to a connection (tutti-session-way.c): finding the way, losing it, trying again. */
void tutti_session_connect (TuttiSession *self);
void tutti_session_drop_wire (TuttiSession *self);

/* This machine hosts now, and can be reached at @place: says so to whoever looks for jams. */
void tutti_session_open_door (TuttiSession *self, const TuttiHostingPlace *place, guint people_max);

/* Going on without the host (tutti-session-heir.c): keeping a door ready and saying so; hosting now; looking for who does, because
 * of @why, and what came of a try: it failed, it answered, it let me in; at once instead of later. */
void tutti_session_offer (TuttiSession *self);
void tutti_session_note_heirs (TuttiSession *self);
void tutti_session_recall_trusted (TuttiSession *self);
void tutti_session_take_over (TuttiSession *self);
void tutti_session_seek (TuttiSession *self, TuttiClose why);
void tutti_session_tried (TuttiSession *self, const GError *error);
void tutti_session_reached (TuttiSession *self);
void tutti_session_found (TuttiSession *self);
void tutti_session_hurry (TuttiSession *self);

/* Another host of the same jam (tutti-session-rival.c). */
void tutti_session_watch_rivals (TuttiSession *self);
void tutti_session_ignore_rivals (TuttiSession *self);
void tutti_session_look_for_rivals (TuttiSession *self);
/* Hosts no more, and goes to @address (taken) with everything that happened here. */
void tutti_session_yield_to (TuttiSession *self, TuttiAddress *address);

/* Going on for somebody who comes back (tutti-session-home.c): gives the jam back when they are here, willing and can be reached. Call it
 * now and then. */
void tutti_session_look_home (TuttiSession *self);
void tutti_session_note_home (TuttiSession *self);
void tutti_session_forget_home (TuttiSession *self);
/* The host is somewhere else now: its address is forgotten, or kept as that of the home. */
void tutti_session_leave_place (TuttiSession *self);
/* Whom the next attempt to come back is for, where no heirs are known. */
void tutti_session_aim (TuttiSession *self);

/* Where @ad says that a jam is; (transfer full). */
TuttiAddress *tutti_session_address_of (const TuttiJamAd *ad);

/* Numeric, with the scope of a link-local address. (transfer full) */
char *tutti_session_dup_clock_address (GSocketAddress *remote);

/* What the token is kept under for when only the host is known: a part of its fingerprint, for the store's keys are short.
 * (transfer full) (nullable) */
char *tutti_session_dup_host_key (TuttiSession *self);

void tutti_session_end_with (TuttiSession *self, GQuark domain, int code, const char *words);

/* An edit was heard here, after its frame when @late (tutti-session-timing.c). */
void tutti_session_note_heard (TuttiSession *self, gboolean late);

/* Takes the sample of this second, once; and measures the time anew where the way has become slow. Call it several times a second. */
void tutti_session_keep_trail (TuttiSession *self);

/* Ends the waiting between two attempts when there is a reason to hope (tutti-lookout.c). */
TuttiLookout *tutti_lookout_new (TuttiSession *session);
void tutti_lookout_free (TuttiLookout *self);

/* Appends to @ops (of TuttiOp) what names sounds that are there now, in the jam as it is at that moment. FALSE with the error: there
 * is nothing to name them on any more. */
typedef gboolean (*TuttiNameSounds) (TuttiSession *self, gpointer data, GPtrArray *ops, GError **error);

/* Brings sounds that are in the library to the host, if it is elsewhere, then submits, as one edit, that they are there and what @name
 * makes of @data (owned, let go with @free_data). @task, whose source is @self, gets the answer (a boolean) and is let go; its data is
 * replaced. */
void tutti_session_bring_sounds (TuttiSession *self, GPtrArray *infos, TuttiNameSounds name, gpointer data, GDestroyNotify free_data,
                                 GTask *task);

/* Sounds that tracks name and this machine lacks are fetched from the host (tutti-sound-mover.c). */
TuttiSoundMover *tutti_sound_mover_new (TuttiSession *session);
void tutti_sound_mover_free (TuttiSoundMover *mover);
void tutti_sound_mover_look (TuttiSoundMover *mover);

/* On a new connection what did not come before may be asked for again. */
void tutti_sound_mover_look_again (TuttiSoundMover *mover);

/* What was (tutti-session-past.c): what the host tells of it, what happens now, and what crossed. */
void tutti_session_init_past (TuttiSession *self);
void tutti_session_clear_past (TuttiSession *self);
void tutti_session_on_history (gpointer user, const TuttiMessage *message);
void tutti_session_on_moment (gpointer user, gint64 seq, const TuttiJam *jam, const GError *why);
void tutti_session_note_happened (TuttiSession *self, const TuttiOp *op, const TuttiStamp *stamp);
void tutti_session_note_crossed (TuttiSession *self, const TuttiOp *mine, const TuttiOp *theirs, guint by, gboolean mine_stands);
void tutti_session_begin_past (TuttiSession *self);

/* I wrote it anew: what crossed about the same is put right, whichever way that was. */
void tutti_session_settle_conflicts (TuttiSession *self, const TuttiOp *op);
