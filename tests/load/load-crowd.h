/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-replica.h"
#include "tutti-wire.h"

/* Many people in few threads, over real links to a real host: either light ones, which understand what they hear and keep none of
 * it, so that a benchmark measures the host, or such with a copy of the jam, so that copies can be compared. They take turns with
 * editing. Threads: the crowd is its owner's; guests belong to one of its threads, and are the owner's before they join and after
 * load_crowd_stop(). */

typedef struct _LoadCrowd LoadCrowd;

typedef struct
{
  LoadCrowd    *crowd;
  guint         index;
  const char   *jam;               /* borrowed; NULL: the host's default one */
  guint16       port;              /* where it goes instead of the crowd's, 0: nowhere else */
  TuttiWire    *wire;
  GSource      *again;             /* comes back soon */
  TuttiReplica *replica;           /* NULL: a light one */
  gint64        number, seq, next_us, acked_us, answered;
  gint64        sent_at_us[4096];  /* by the number of the edit, counted from 1 */
  gint64        clicked_us, live_us, answered_us;
  gint          live;              /* atomic */
  GArray       *sent, *heard;      /* of gint64, by seq: when it sent its own edit; when it heard another's */
} LoadGuest;

/* What a crowd does beside editing steps; each may be NULL. Called in the guest's thread. */
typedef struct
{
  gpointer user;
  TuttiOp *(*edit) (LoadGuest *guest);                 /* (transfer full); NULL: not now */
  void     (*welcomed) (LoadGuest *guest, const TuttiWelcome *welcome);      /* with a copy */
  void     (*confirmed) (LoadGuest *guest, const TuttiOp *op, const TuttiStamp *stamp);      /* with a copy; op NULL: all of it */
} LoadCalls;

typedef struct _LoadGroup LoadGroup;

struct _LoadCrowd
{
  const char *address;             /* borrowed; NULL: this machine */
  guint16    port;
  guint      n, n_groups, a_group;
  gint64     period_us;            /* between two edits of one guest */
  gboolean   returns;              /* who lost the connection comes back */
  TuttiId    clip;                 /* whose steps they edit */
  LoadCalls  calls;
  LoadGuest *guests;
  LoadGroup *groups;
  gint       n_live, refused, lost, repaired;    /* atomic */
  gint       counts;               /* atomic: sent and heard are kept */
};

/* @copies: whether each has a copy. Nobody has joined yet. */
void     load_crowd_init (LoadCrowd *crowd, guint n, guint n_groups, gboolean copies);
void     load_crowd_clear (LoadCrowd *crowd);

/* Joins one; slowly enough for a door that bounds how fast one address comes. */
void     load_crowd_join (LoadCrowd *crowd, guint guest);

/* Until all that joined are in. */
void     load_crowd_await (LoadCrowd *crowd, gint n);

/* They edit, @a_second edits altogether, evenly in turn; until load_crowd_pause(), which waits until nobody edits. */
void     load_crowd_play (LoadCrowd *crowd, double a_second);
void     load_crowd_pause (LoadCrowd *crowd);

/* In its thread: @guest hangs up, and comes back soon. */
void     load_crowd_hang_up (LoadGuest *guest);

/* All leave, their threads end; what they noted stays. */
void     load_crowd_stop (LoadCrowd *crowd);

/* Runs @func in the thread of @guest, and waits for it. */
void     load_crowd_call (LoadCrowd *crowd, guint guest, void (*func) (LoadGuest *guest, gpointer data), gpointer data);

/* Milliseconds from each edit to the slowest of the others of its jam, guests @from to before @to, and to all of them. Of double;
 * only edits that all of them heard. */
void     load_crowd_times (LoadCrowd *crowd, guint from, guint to, GArray *slowest_ms, GArray *all_ms);

/* How many edits were noted at their author, guests @from to before @to. */
guint    load_crowd_n_sent (LoadCrowd *crowd, guint from, guint to);
