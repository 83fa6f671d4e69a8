/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-id.h"
#include "tutti-step-grid.h"

#include <gtk/gtk.h>

/* Where others are and what they just changed, above the grid. Addressed by track and step, never by pixel. Draws again
 * only while something fades or moves. */
#define TUTTI_TYPE_PRESENCE_LAYER (tutti_presence_layer_get_type ())
G_DECLARE_FINAL_TYPE (TuttiPresenceLayer, tutti_presence_layer, TUTTI, PRESENCE_LAYER, GtkWidget)

GtkWidget *tutti_presence_layer_new (void);

/* @grid (borrowed) is asked for places; it owns the layer. */
void       tutti_presence_layer_set_grid (TuttiPresenceLayer *self, TuttiStepGrid *grid);

/* Person @number stands on @step of @track. */
void       tutti_presence_layer_set_cursor (TuttiPresenceLayer *self, guint number, const char *name, int colour, TuttiId track,
                                            int step);
void       tutti_presence_layer_clear_cursor (TuttiPresenceLayer *self, guint number);

/* Somebody with @colour just changed @step of @track: a ring that fades. */
void       tutti_presence_layer_flash (TuttiPresenceLayer *self, int colour, TuttiId track, int step);
