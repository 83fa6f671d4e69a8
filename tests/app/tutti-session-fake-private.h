/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session-fake.h"

/* The fake's parts, shared by its files alone. */

struct _TuttiMember
{
  GObject  parent_instance;
  guint    number;
  char    *name;
  int      colour;
  gboolean present;
  TuttiHere here;
  TuttiReport report;
  gboolean removed;
  TuttiRemoval removal;
};

struct _TuttiSession
{
  GObject           parent_instance;
  TuttiJam         *jam;
  TuttiSessionState state;
  TuttiClose        away_reason;
  GListStore       *people;
  GPtrArray        *undo, *redo;   /* of TuttiOp */
  GPtrArray        *waiting;       /* of TuttiOp */
  guint32           counter;
  gint64            frame, tick, seq, began;
  TuttiTiming       timing;
  TuttiTrail        trail;
  gboolean          locked;
  TuttiHistory     *history;
  GListStore       *conflicts;
  gint64            hearing, time_us;
  TuttiLines       *lines;
  char             *tried;         /* owned (nullable) */
  TuttiSoundLibrary *library;      /* owned (nullable): where sounds are made */
  TuttiSoundBank   *bank;          /* the built-in sounds alone */
  TuttiHere         here;          /* what the window said last */
  char             *picture[16];   /* owned (nullable): of the person with that number */
  int               monitor_gain;  /* what it wished last, of whatever track */
  gboolean          mono;
  TuttiOutput      *output;        /* owned (nullable): never started */
};

enum { CHANGED, REFUSED, CROSSED, WAITING, LATE, JOINED, LEFT, REPAIRED, INVITED, DENIED, LOCKED, WISHED, COMPARED,
       PAST, HEARING, MOVED, SAID, PICTURED, N_SIGNALS };
extern guint fake_signals[N_SIGNALS];
