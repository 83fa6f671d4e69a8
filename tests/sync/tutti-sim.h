/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-comparison.h"
#include "tutti-random-op.h"
#include "tutti-replica.h"

/* A jam in simulated time: one real host, some real replicas, and cables between them that delay, break and come back. What
 * the host appended is its disk: it can be killed and started again from it. */

#define TUTTI_SIM_GUESTS 4

typedef struct _TuttiSim TuttiSim;

typedef struct
{
  TuttiSim     *sim;
  TuttiReplica *replica;
  guint         connection;        /* 0: cable out */
  gboolean      closing;
  gboolean      deaf;              /* what the host says gets lost */
  GQueue        up, down;          /* of messages on their way */
  guint32       counter;
  guint         refused, crossed, repaired, welcomes, lives, copies;
  TuttiClose    closed;            /* why the host closed it last */
  guint         crossed_velocity;  /* of its own step, the last time that one crossed */
  char          words[TUTTI_REASON_MAX + 1];  /* of the last refusal */
  char          closed_words[TUTTI_REASON_MAX + 1];
  char          invite[TUTTI_TOKEN_HEX + 1];  /* the last code that it got */
  guint         asked_by;          /* who asked it last what it rendered, … */
  gint64        asked;             /* … of which second */
  guint         asks;              /* … and how often that was */
  GArray       *heard;             /* of TuttiCompared: what others answered; owned */
  guint         wished_by;         /* who asked it last for something, … */
  guint         wished, wishes;    /* … for what, and how often that was */
  char          denied[TUTTI_REASON_MAX + 1];
  char          token[TUTTI_TOKEN_HEX + 1];  /* the last that it got */
  GArray       *was;               /* of TuttiStamp, as it was told of the past */
  gint64        was_us, more;      /* when the last of them was; what to ask for next */
  guint         answers;           /* ends of the history that was asked for */
  TuttiJam     *then;              /* owned (nullable): the last document of then */
  gint64        then_seq;
  char          unkept[TUTTI_REASON_MAX + 1];  /* why there was none */
  guint         theres;            /* how often it was told where somebody is … */
  guint         there_of;          /* … the last time this person … */
  TuttiHere     there;             /* … there */
  guint         lines, fresh;      /* how often lines changed, and how often by a new one */
  guint         said;              /* messages of the host to it */
  guint         reports;           /* … of how others keep time, … */
  TuttiReport   report[16];        /* … the last of each person below 16 */
  guint         removals;          /* how often it was told that somebody was sent away, … */
  guint         removed;           /* … the last time this person, … */
  TuttiRemoval  removal;           /* … like this */
  const char   *address;           /* that its connections come from; NULL not known */
} TuttiSimGuest;

struct _TuttiSim
{
  GRand        *rand;
  TuttiNow      now;
  TuttiHost    *host;
  GPtrArray    *disk;              /* of log entries */
  GHashTable   *tokens;            /* person number → token hash */
  GArray       *visits;            /* of TuttiVisitMark, as they were when … */
  guint         visits_at;         /* … so many entries were on the disk */
  gint64        epoch;
  guint         next_connection;
  guint         people_max;
  gboolean      disk_full;
  gboolean      bans;              /* random edits may ban, and kick */
  gboolean      forgetful;         /* the host keeps no history */
  TuttiLines   *lines;             /* owned; what was said, on the disk */
  gboolean      lines_unreadable;
  guint64       picture_chars;     /* of pictures, in both directions */
  guint         shown;             /* pictures that the host showed somebody */
  gint64        calendar_ms;       /* what time it is for them */
  char         *door;              /* owned; what was kept of it */
  char         *checked;           /* owned; the last text that was held against the schema */
  TuttiSimGuest guest[TUTTI_SIM_GUESTS];
};

void tutti_sim_init (TuttiSim *sim, guint32 seed);
void tutti_sim_clear (TuttiSim *sim);

/* The host keeps how far each visit has come, as it does with each snapshot. */
void tutti_sim_keep_visits (TuttiSim *sim);

/* The cable stays, the guest says goodbye. */
void tutti_sim_leave (TuttiSim *sim, guint guest);

/* The host's process ends without a word, and starts again from its disk. Cables of all guests drop. */
void tutti_sim_kill_host (TuttiSim *sim);

void tutti_sim_plug (TuttiSim *sim, guint guest);
void tutti_sim_pull (TuttiSim *sim, guint guest);

/* Time passes; what is due arrives. */
void tutti_sim_run (TuttiSim *sim, gint64 us);

/* Everyone plugged in, everything delivered, nothing pending. */
void tutti_sim_settle (TuttiSim *sim);

/* A random edit by @guest, whether or not it is connected. */
void tutti_sim_edit (TuttiSim *sim, guint guest);
