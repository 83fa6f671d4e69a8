/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-note-grid.h"

/* The notes of the piano roll as a list of words: for those who do not see the drawing, and for those who look for one note. What is
 * chosen in it is what is selected in the drawing. */
#define TUTTI_TYPE_NOTE_LIST (tutti_note_list_get_type ())
G_DECLARE_FINAL_TYPE (TuttiNoteList, tutti_note_list, TUTTI, NOTE_LIST, GtkWidget)

/* @grid: borrowed, belongs to the same page. */
GtkWidget *tutti_note_list_new (TuttiNoteGrid *grid);

/* The notes are others. */
void       tutti_note_list_refresh (TuttiNoteList *self);
void       tutti_note_list_focus (TuttiNoteList *self);
