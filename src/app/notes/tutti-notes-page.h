/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* The view of notes: which track and clip, the tools above, the piano roll with what stands beside it, and the list of notes.
 * Signal "turned": another clip or note is what this is about. */
#define TUTTI_TYPE_NOTES_PAGE (tutti_notes_page_get_type ())
G_DECLARE_FINAL_TYPE (TuttiNotesPage, tutti_notes_page, TUTTI, NOTES_PAGE, GtkWidget)

GtkWidget *tutti_notes_page_new (TuttiSession *session);

/* @what changed, by whom (0: nobody in particular); @what NULL: anything. */
void       tutti_notes_page_refresh (TuttiNotesPage *self, const TuttiTarget *what, guint by);

/* Unwrapped @tick is heard now. */
void       tutti_notes_page_beat (TuttiNotesPage *self, gint64 tick, gboolean playing);
void       tutti_notes_page_set_narrow (TuttiNotesPage *self, gboolean narrow);

/* Shows the clip of @track that sounds or that there is; @clip (may be none) when it is one of notes. */
void       tutti_notes_page_show (TuttiNotesPage *self, TuttiId track, TuttiId clip);

/* Selects what begins in ticks [@from, @to). */
void       tutti_notes_page_pick (TuttiNotesPage *self, gint32 from, gint32 to);

/* Who else is on a note: shown by the grid. The note that is meant here (tutti_note_grid_get_here()); the signal "turned" says when it
 * may be another. */
void       tutti_notes_page_set_person (TuttiNotesPage *self, guint number, const char *name, int colour, TuttiId clip, TuttiId note);
void       tutti_notes_page_clear_person (TuttiNotesPage *self, guint number);
TuttiId    tutti_notes_page_get_note (TuttiNotesPage *self);

/* The clip on show, none; where the keyboard goes. */
TuttiId    tutti_notes_page_get_clip (TuttiNotesPage *self);
void       tutti_notes_page_focus (TuttiNotesPage *self);
