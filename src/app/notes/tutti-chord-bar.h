/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-note-grid.h"

/* The lane of chords above the piano roll, which everybody shares: shown, placed, moved and taken away, by hand and by keys. It scrolls
 * with the grid and says in words what lies in it. */
#define TUTTI_TYPE_CHORD_BAR (tutti_chord_bar_get_type ())
G_DECLARE_FINAL_TYPE (TuttiChordBar, tutti_chord_bar, TUTTI, CHORD_BAR, GtkWidget)

/* @grid: borrowed, belongs to the same page. */
GtkWidget *tutti_chord_bar_new     (TuttiNoteGrid *grid);

/* The chords are others, or those of another clip. */
void       tutti_chord_bar_refresh (TuttiChordBar *self);

/* A key of the keyboard; FALSE: it means nothing here. */
gboolean   tutti_chord_bar_press   (TuttiChordBar *self, guint key, GdkModifierType state);

/* The music goes on: the chord that is meant now looks so. */
void       tutti_chord_bar_beat    (TuttiChordBar *self);
