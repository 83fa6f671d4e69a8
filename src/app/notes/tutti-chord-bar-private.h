/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-chord-bar.h"

#include "tutti-chord-lane.h"
#include "tutti-harmony.h"
#include "tutti-notes-private.h"

/* The parts of the lane of chords, shared by its files alone. */

#define TUTTI_CHORD_BAR_HEIGHT 34
#define TUTTI_CHORD_BAR_TOP 4.0f
#define TUTTI_CHORD_BAR_BLOCK 24.0f    /* height of a chord in it */

struct _TuttiChordBar
{
  GtkWidget      parent_instance;
  TuttiNoteGrid *grid;         /* borrowed */
  TuttiChordLane shown;        /* as in the document, with what a drag makes of it */
  gint32         cursor;       /* tick where a key press acts */
  gint32         from, to;     /* what is asked about */
  gint32         sounding;     /* beginning of the chord that is meant now, −1 none */
  double         over;         /* where the pointer is, −1 elsewhere */
  TuttiChordHand hand;
  gint32         taken, taken_from, taken_to;  /* tick of the chord in the hand, and where it was */
};

/* ---- places (tutti-chord-bar.c) ---- */

const TuttiJam *tutti_chord_bar_jam        (TuttiChordBar *self);    /* (nullable) */
gint32          tutti_chord_bar_end        (TuttiChordBar *self);    /* ticks of the clip on show, 0 when there is none */
gint32          tutti_chord_bar_beat_ticks (TuttiChordBar *self);
gint32          tutti_chord_bar_tick       (TuttiChordBar *self, double x);
double          tutti_chord_bar_x          (TuttiChordBar *self, gint32 tick);
void            tutti_chord_bar_span       (TuttiChordBar *self, gint32 tick, gint32 *from, gint32 *to);

/* What a press at @tick is about: the chord that is meant there, else as much of the bar as no chord has. */
void            tutti_chord_bar_range      (TuttiChordBar *self, gint32 tick, gint32 *from, gint32 *to);

/* Shows the document's chords in place of what a drag made of them. */
void            tutti_chord_bar_take       (TuttiChordBar *self);

/* ---- words (tutti-chord-words.c) ---- */

void            tutti_chord_bar_say        (TuttiChordBar *self);

/* ---- what is asked for (tutti-chord-edit.c) ---- */

void            tutti_chord_bar_fill       (TuttiChordBar *self, gint32 from, gint32 to, guint root, TuttiHarmony quality);
void            tutti_chord_bar_move       (TuttiChordBar *self, gint32 tick, gint32 from, gint32 to);

/* @typed: (nullable): what stands in the entry, in place of what is there. */
void            tutti_chord_bar_ask        (TuttiChordBar *self, gint32 from, gint32 to, const char *typed);

/* ---- the hand (tutti-chord-hand.c) ---- */

TuttiChordHand  tutti_chord_bar_hand_at    (TuttiChordBar *self, double x);      /* what a press there would take */
void            tutti_chord_bar_attach_hand (TuttiChordBar *self);

/* ---- drawing (tutti-chord-draw.c) ---- */

void            tutti_chord_bar_snapshot   (GtkWidget *widget, GtkSnapshot *snapshot);
