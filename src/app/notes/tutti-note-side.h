/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-note-grid.h"

/* What stands beside the piano roll and goes with it: the keys, which sound when they are pressed; the ruler; the velocities, which
 * can be drawn; and the line of now that lies over the notes. */
#define TUTTI_TYPE_NOTE_SIDE (tutti_note_side_get_type ())
G_DECLARE_FINAL_TYPE (TuttiNoteSide, tutti_note_side, TUTTI, NOTE_SIDE, GtkWidget)

typedef enum { TUTTI_NOTE_SIDE_KEYS, TUTTI_NOTE_SIDE_RULER, TUTTI_NOTE_SIDE_VELOCITIES, TUTTI_NOTE_SIDE_NOW } TuttiNoteSideKind;

/* @grid: borrowed, belongs to the same page. */
GtkWidget *tutti_note_side_new (TuttiNoteGrid *grid, TuttiNoteSideKind kind);

/* Keys as wide as a narrow window has room for, or as drawn. */
void       tutti_note_side_set_narrow (TuttiNoteSide *self, gboolean narrow);
