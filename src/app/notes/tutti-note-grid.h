/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-note-tools.h"
#include "tutti-session.h"

#include <gtk/gtk.h>

/* The piano roll: the notes of one clip, drawn, played and edited. It shows what the document has and, while something is dragged,
 * what will become of it; an edit is one operation when the drag ends. Keys, ruler and velocities beside it are told to draw by the
 * signal "moved". */
#define TUTTI_TYPE_NOTE_GRID (tutti_note_grid_get_type ())
G_DECLARE_FINAL_TYPE (TuttiNoteGrid, tutti_note_grid, TUTTI, NOTE_GRID, GtkWidget)

typedef enum { TUTTI_NOTE_DRAW, TUTTI_NOTE_SELECT, TUTTI_NOTE_CHORD, TUTTI_NOTE_SPLIT, TUTTI_N_NOTE_TOOLS } TuttiNoteTool;

#define TUTTI_NOTE_ROW 24
#define TUTTI_NOTE_ZOOM_MIN 0.5
#define TUTTI_NOTE_ZOOM_MAX 4.0

GtkWidget       *tutti_note_grid_new (TuttiSession *session);

/* What is on show; none: nothing. */
void             tutti_note_grid_show (TuttiNoteGrid *self, TuttiId track, TuttiId clip);
void             tutti_note_grid_set_ghost (TuttiNoteGrid *self, TuttiId track);
const TuttiClip *tutti_note_grid_get_clip (TuttiNoteGrid *self);     /* (nullable), lent until the document changes */
const TuttiTrack *tutti_note_grid_get_track (TuttiNoteGrid *self);   /* likewise */

void             tutti_note_grid_set_tool (TuttiNoteGrid *self, TuttiNoteTool tool, guint stamp);
void             tutti_note_grid_set_snap (TuttiNoteGrid *self, int ticks);   /* 0 off */
void             tutti_note_grid_set_lock (TuttiNoteGrid *self, gboolean lock);   /* drawing keeps to the scale */
void             tutti_note_grid_set_chord_lock (TuttiNoteGrid *self, gboolean lock);   /* and to the chord that the lane means */
void             tutti_note_grid_set_fold (TuttiNoteGrid *self, gboolean fold);   /* rows of the scale alone */
void             tutti_note_grid_set_zoom (TuttiNoteGrid *self, double zoom);

/* The document is another; @by: who did it, 0 nobody in particular. */
void             tutti_note_grid_refresh (TuttiNoteGrid *self, guint by);

/* On which note of which clip somebody else is; nowhere any more. @colour: TuttiPersonColour. */
void             tutti_note_grid_set_person (TuttiNoteGrid *self, guint number, const char *name, int colour, TuttiId clip, TuttiId note);
void             tutti_note_grid_clear_person (TuttiNoteGrid *self, guint number);

/* The note that is meant here: the first that is selected, else the one below the cursor; none. The signal "picked" says when it may be
 * another. */
TuttiId          tutti_note_grid_get_here (TuttiNoteGrid *self);

/* The tick of the clip that sounds now, −1 none. */
void             tutti_note_grid_set_playhead (TuttiNoteGrid *self, gint64 tick);

/* Brings the notes there are, or the keys in the middle, into view. */
void             tutti_note_grid_reveal (TuttiNoteGrid *self);

/* Notes outside the scale, and those that are selected. */
guint            tutti_note_grid_count_outside (TuttiNoteGrid *self);
void             tutti_note_grid_select_outside (TuttiNoteGrid *self);
guint            tutti_note_grid_count_selected (TuttiNoteGrid *self);
void             tutti_note_grid_select_all (TuttiNoteGrid *self);
void             tutti_note_grid_pick (TuttiNoteGrid *self, gint32 from, gint32 to);   /* those that begin there, only */
void             tutti_note_grid_select_only (TuttiNoteGrid *self, TuttiId note);

/* Commands on the selection, or, when nothing is selected, on every note of the clip. */
typedef enum
{
  TUTTI_NOTES_QUANTISE, TUTTI_NOTES_QUANTISE_HALF, TUTTI_NOTES_HUMANISE, TUTTI_NOTES_MIRROR, TUTTI_NOTES_INVERT, TUTTI_NOTES_INTO_SCALE,
  TUTTI_NOTES_OCTAVE_UP, TUTTI_NOTES_OCTAVE_DOWN, TUTTI_NOTES_DELETE, TUTTI_NOTES_DUPLICATE, TUTTI_NOTES_COPY, TUTTI_NOTES_CUT,
  TUTTI_NOTES_PASTE, TUTTI_N_NOTES_COMMANDS
} TuttiNotesCommand;

void             tutti_note_grid_do (TuttiNoteGrid *self, TuttiNotesCommand command);
