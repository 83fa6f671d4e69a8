/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-step-grid.h"

#include <gtk/gtk.h>

/* The chain of effects of the selected track, or the master's, as cards side by side, and a button that adds one. Everybody hears it. */
#define TUTTI_TYPE_EFFECT_RACK (tutti_effect_rack_get_type ())
G_DECLARE_FINAL_TYPE (TuttiEffectRack, tutti_effect_rack, TUTTI, EFFECT_RACK, GtkWidget)

/* @grid: borrowed, of the same page. */
GtkWidget *tutti_effect_rack_new (TuttiStepGrid *grid);

/* Shows the chain of @track, NULL the master's, as the document has it. */
void       tutti_effect_rack_show (TuttiEffectRack *self, const TuttiTrack *track);

/* Once per frame of the window. */
void       tutti_effect_rack_beat (TuttiEffectRack *self, gint64 now_us);

/* Whether knobs change only the selected steps. */
void       tutti_effect_rack_set_locking (TuttiEffectRack *self, gboolean locking);

/* The menu of kinds; "rack.add" of a rack or mixer strip takes the name of one. (transfer full) */
GMenuModel *tutti_effect_rack_menu (void);

/* Asks for an effect of the kind so called at the end of the chain of @track, none: the master's; @widget says why not. */
void        tutti_effect_rack_ask_add (GtkWidget *widget, TuttiSession *session, TuttiId track, const char *kind);
