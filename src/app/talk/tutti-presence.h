/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-mixer-page.h"
#include "tutti-notes-page.h"
#include "tutti-pattern-page.h"

/* Where whoever sits here is, told to the others, and where those are, shown in the views: the two ways between the session and the
 * page. Everything by name of track, clip and step. */

typedef struct
{
  GtkWidget        *stack;         /* AdwViewStack of the views */
  TuttiPatternPage *pattern;
  TuttiNotesPage   *notes;
  TuttiMixerPage   *mixer;
} TuttiPresenceViews;

/* Adds it to @page, to which @views belong, with the actions "presence.hold" (a strip's track and what of it is being moved) and
 * "presence.follow" (number of the person whose view is followed; 0 nobody's). */
void tutti_presence_attach (GtkWidget *page, TuttiSession *session, const TuttiPresenceViews *views);
