/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-notes-page.h"
#include "tutti-pattern-page.h"
#include "tutti-session.h"

/* An open jam: header, transport, views, desk, side panel. The only place that creates the flap and the squeezer.
 * Signal "leave": back to the start page is wanted. */
#define TUTTI_TYPE_JAM_PAGE (tutti_jam_page_get_type ())
G_DECLARE_FINAL_TYPE (TuttiJamPage, tutti_jam_page, TUTTI, JAM_PAGE, GtkWidget)

GtkWidget        *tutti_jam_page_new (TuttiSession *session);
TuttiSession     *tutti_jam_page_get_session (TuttiJamPage *self);

/* "pattern", "clips", "notes" or "mixer". */
void              tutti_jam_page_set_view (TuttiJamPage *self, const char *view);

/* Opens the side panel at "people" or "timing"; NULL closes it. */
void              tutti_jam_page_set_panel (TuttiJamPage *self, const char *page);

/* The link others join by (nullable): on the People page. */
void              tutti_jam_page_set_link (TuttiJamPage *self, const char *link);

TuttiPatternPage *tutti_jam_page_get_pattern (TuttiJamPage *self);
TuttiNotesPage   *tutti_jam_page_get_notes (TuttiJamPage *self);

/* To somebody who plays here for the first time; does nothing to others. */
void              tutti_jam_page_begin_hints (TuttiJamPage *self);

/* One frame: positions, playheads, levels. Called by the page's own tick; public for pictures. */
void              tutti_jam_page_beat (TuttiJamPage *self, gint64 now_us);
