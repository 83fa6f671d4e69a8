/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* The Mixer view: a strip a track, the master glued to the end; rows in a narrow window. */
#define TUTTI_TYPE_MIXER_PAGE (tutti_mixer_page_get_type ())
G_DECLARE_FINAL_TYPE (TuttiMixerPage, tutti_mixer_page, TUTTI, MIXER_PAGE, GtkWidget)

GtkWidget *tutti_mixer_page_new (TuttiSession *session);
void       tutti_mixer_page_refresh (TuttiMixerPage *self, const TuttiTarget *what);
void       tutti_mixer_page_beat (TuttiMixerPage *self, gint64 now_us);

/* Who else moves the fader of @track; then nobody any. */
void       tutti_mixer_page_set_holder (TuttiMixerPage *self, TuttiId track, const char *name, int colour);
void       tutti_mixer_page_clear_holders (TuttiMixerPage *self);

/* Marks what is selected: @track, or the master. */
void       tutti_mixer_page_select (TuttiMixerPage *self, TuttiId track, gboolean master);

/* Leaves room for the desk below: without effects and pans. */
void       tutti_mixer_page_set_compact (TuttiMixerPage *self, gboolean compact);

/* Strips or rows. */
void       tutti_mixer_page_set_narrow (TuttiMixerPage *self, gboolean narrow);

/* The keyboard goes to the fader of what is selected, or of the first. */
void       tutti_mixer_page_focus (TuttiMixerPage *self);
