/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"
#include "tutti-step-grid.h"

#include <gtk/gtk.h>

/* Every command of an open jam as an action: "jam." for what belongs to all of it, "track." for the selected track. Keys,
 * menus and assistive technology share them. @page gets the groups; @grid tells the selected track. */
GActionMap *tutti_jam_actions_attach (GtkWidget *page, TuttiSession *session, TuttiStepGrid *grid);

/* Brings the states (loop, metronome …) up to the document. */
void        tutti_jam_actions_refresh (GActionMap *actions, TuttiSession *session);
