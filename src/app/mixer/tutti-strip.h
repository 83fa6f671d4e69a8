/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* One column of the mixer: a track, or the master. In a narrow window the same as one row. */
#define TUTTI_TYPE_STRIP (tutti_strip_get_type ())
G_DECLARE_FINAL_TYPE (TuttiStrip, tutti_strip, TUTTI, STRIP, GtkWidget)

GtkWidget *tutti_strip_new (TuttiSession *session, gboolean master, gboolean narrow);

/* @track NULL for the master. */
void       tutti_strip_show (TuttiStrip *self, const TuttiJam *jam, const TuttiTrack *track);
/* Wears the mark of what is selected: the track @selected, or the master. */
void       tutti_strip_set_selected (TuttiStrip *self, TuttiId selected, gboolean master);
/* Without effects and pan: there is little room, and the desk below shows the effects. */
void       tutti_strip_set_compact (TuttiStrip *self, gboolean compact);
/* Somebody else moves this fader (NULL: nobody): it wears their ring and name. */
void       tutti_strip_set_holder (TuttiStrip *self, const char *name, int colour);
/* What the desk shows, and what is muted by a letter, is this one from now on. */
void       tutti_strip_select (TuttiStrip *self);
/* The keyboard goes to its fader. */
gboolean   tutti_strip_focus (TuttiStrip *self);
void       tutti_strip_beat (TuttiStrip *self, gint64 now_us);
