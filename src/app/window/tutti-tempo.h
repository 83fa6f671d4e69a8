/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The tempo: drag or scroll changes it by 1, with Shift by 0.01, a click lets it be typed.
 * Signal "wish" (int cbpm): somebody here wants another tempo. */
#define TUTTI_TYPE_TEMPO (tutti_tempo_get_type ())
G_DECLARE_FINAL_TYPE (TuttiTempo, tutti_tempo, TUTTI, TEMPO, GtkWidget)

GtkWidget *tutti_tempo_new (void);
void       tutti_tempo_set_small (TuttiTempo *self, gboolean small);
void       tutti_tempo_show (TuttiTempo *self, int cbpm);

/* Opens the entry. */
void       tutti_tempo_edit (TuttiTempo *self);
