/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-chord.h"

G_BEGIN_DECLS

/* What a hand does to a lane of chords. All are pure; tutti_chord_changes() then makes operations of what became of a copy of the
 * lane. */

/* Where the chord that is meant at @tick, or where none is meant, begins and ends, within [0, @end). */
void     tutti_chord_span (const TuttiChordLane *lane, gint32 tick, gint32 end, gint32 *from, gint32 *to);

/* The chord is meant in [@from, @to), and before and after it what was; with TUTTI_HARMONY_NONE none is. FALSE, and nothing is written,
 * when the lane has no room. */
gboolean tutti_chord_fill (TuttiChordLane *lane, gint32 from, gint32 to, guint root, TuttiHarmony quality);

/* The chord meant at @tick takes [@from, @to) in place of where it was, within [0, @end). FALSE likewise, or when there is none. */
gboolean tutti_chord_move (TuttiChordLane *lane, gint32 tick, gint32 from, gint32 to, gint32 end);

/* What a hand holds: nothing, a chord that is not there yet, a whole one, one end of it. */
typedef enum
{
  TUTTI_CHORD_HAND_OFF, TUTTI_CHORD_HAND_NEW, TUTTI_CHORD_HAND_MOVE, TUTTI_CHORD_HAND_BEGINNING, TUTTI_CHORD_HAND_END,
  TUTTI_N_CHORD_HANDS
} TuttiChordHand;

/* Where a chord in [*@from, *@to) goes that a hand took at @taken, when it is at @now: to multiples of @step, 1…, and within [0, @end),
 * where all of these ticks are. It is never empty. */
void     tutti_chord_drag (TuttiChordHand hand, gint32 taken, gint32 now, gint32 step, gint32 end, gint32 *from, gint32 *to);

G_END_DECLS
