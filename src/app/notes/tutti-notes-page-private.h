/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-chord-bar.h"
#include "tutti-note-grid.h"
#include "tutti-note-list.h"
#include "tutti-note-side.h"
#include "tutti-notes-page.h"

/* The page's parts, shared by its files alone. */
struct _TuttiNotesPage
{
  GtkWidget           parent_instance;
  TuttiSession       *session; /* owned */
  GtkWidget          *root, *stack, *grid, *keys, *ruler, *chords, *velocities, *now, *lane_label, *chords_label, *list,
                     *list_frame, *scroller, *tools;
  GtkWidget          *track_button, *track_glyph, *track_name, *clip_button, *clip_prefix, *clip_name, *snap_button, *snap_prefix,
                     *snap_name, *scale_button, *scale_icon, *scale_name, *fold, *ghost_button, *ghost_prefix, *ghost_name, *chip,
                     *chip_words, *list_button, *list_label, *more;
  GtkWidget          *no_clip, *no_track;    /* empty states */
  GSimpleActionGroup *actions; /* owned */
  TuttiId             track, clip, ghost, shown;   /* the last: the clip when it was told */
  guint               stamp;   /* of the chord tool */
  guint               reveal;  /* source, 0: none */
  gboolean            narrow, revealed;
};

static inline TuttiNoteGrid *
tutti_notes_grid (TuttiNotesPage *self)
{
  return TUTTI_NOTE_GRID (self->grid);
}

static inline const TuttiJam *
tutti_notes_jam (TuttiNotesPage *self)
{
  return tutti_session_get_jam (self->session);
}

/* (nullable) The clip on show. */
static inline const TuttiClip *
tutti_notes_clip (TuttiNotesPage *self)
{
  return tutti_note_grid_get_clip (tutti_notes_grid (self));
}

/* Tools, roll and empty states (tutti-notes-build.c). */
void tutti_notes_build (TuttiNotesPage *self);

/* What the tools offer (transfer full) (tutti-notes-menus.c). */
GMenu *tutti_notes_tracks_menu (const TuttiJam *jam, const char *action, gboolean with_none);
GMenu *tutti_notes_clips_menu (const TuttiJam *jam, const TuttiTrack *track);
GMenu *tutti_notes_snap_menu (void);
GMenu *tutti_notes_scale_menu (void);
GMenu *tutti_notes_stamps_menu (void);
GMenu *tutti_notes_commands_menu (void);

/* A clip without a name goes by that of its scene. */
const char *tutti_notes_clip_words (const TuttiJam *jam, const TuttiClip *clip);

/* The actions "notes.…" (tutti-notes-actions.c). */
void tutti_notes_add_actions (TuttiNotesPage *self);

/* What is to be seen now (tutti-notes-page.c). */
void tutti_notes_show (TuttiNotesPage *self);

/* What the buttons say and their menus offer now. */
void tutti_notes_show_tools (TuttiNotesPage *self, const TuttiJam *jam);
void tutti_notes_fit (TuttiNotesPage *self);

/* Whether notes suit @track: it has a clip of them, or a pitch. */
gboolean tutti_notes_suit (const TuttiTrack *track);
