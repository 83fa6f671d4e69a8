/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* The effects of a strip of the mixer as four rows: a name with a dot that is full when it is on, at last one that adds, or says how
 * many more there are. A row opens Desk › Sound by the action "page.sound". */
#define TUTTI_TYPE_STRIP_EFFECTS (tutti_strip_effects_get_type ())
G_DECLARE_FINAL_TYPE (TuttiStripEffects, tutti_strip_effects, TUTTI, STRIP_EFFECTS, GtkWidget)

/* @session: borrowed: it outlives the strip. */
GtkWidget *tutti_strip_effects_new (TuttiSession *session);

/* @track NULL: the master's. @reason: why nothing can be added, NULL when it can. */
void       tutti_strip_effects_show (TuttiStripEffects *self, const TuttiJam *jam, const TuttiTrack *track, const char *reason);
