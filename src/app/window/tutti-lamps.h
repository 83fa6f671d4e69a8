/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The position as bar, beat and sixteenth, with one lamp a beat below. Changes its text only when the sixteenth does. */
#define TUTTI_TYPE_LAMPS (tutti_lamps_get_type ())
G_DECLARE_FINAL_TYPE (TuttiLamps, tutti_lamps, TUTTI, LAMPS, GtkWidget)

GtkWidget *tutti_lamps_new (void);
void       tutti_lamps_set_small (TuttiLamps *self, gboolean small);

/* Shows @tick in @beats/@unit time; lamps are lit only when @playing. */
void       tutti_lamps_show (TuttiLamps *self, gint64 tick, int beats, int unit, gboolean playing);
