/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-step-grid.h"

/* Desk › Sound: the instrument of the selected track, and what comes after it. */
#define TUTTI_TYPE_DESK_SOUND (tutti_desk_sound_get_type ())
G_DECLARE_FINAL_TYPE (TuttiDeskSound, tutti_desk_sound, TUTTI, DESK_SOUND, GtkWidget)

GtkWidget *tutti_desk_sound_new (TuttiStepGrid *grid);
void       tutti_desk_sound_refresh (TuttiDeskSound *self);
void       tutti_desk_sound_beat (TuttiDeskSound *self, gint64 now_us);

/* Whether it shows the master's effects rather than the selected track. */
void       tutti_desk_sound_set_master (TuttiDeskSound *self, gboolean master);
