/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A knob. A GtkRange, so that value and name reach assistive technology by themselves. Values below @origin show as an
 * arc to the left of it, values above as one to the right. */
#define TUTTI_TYPE_KNOB (tutti_knob_get_type ())
G_DECLARE_FINAL_TYPE (TuttiKnob, tutti_knob, TUTTI, KNOB, GtkRange)

GtkWidget *tutti_knob_new (double low, double high, double step, double initial, double origin);

/* TuttiColour of the arc; −1: of what only this machine hears. */
#define TUTTI_KNOB_ACCENT (-2)
void       tutti_knob_set_colour (TuttiKnob *self, int colour);

/* Diameter in pixels; 42 unless said otherwise. */
void       tutti_knob_set_size (TuttiKnob *self, int size);

/* Where the arc begins. */
void       tutti_knob_set_origin (TuttiKnob *self, double origin);

/* Whether a lock stands on it: a dot beside it. */
void       tutti_knob_set_locked (TuttiKnob *self, gboolean locked);
