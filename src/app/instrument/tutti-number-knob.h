/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-numbers.h"

#include <gtk/gtk.h>

/* One number of a panel: a knob, or the words of a choice; its value in words, and its short name. A dot beside it is a lock of the
 * step; a name in bold, with a point before it, a number that is not the preset's.
 *
 * Signals: "turned" (uint address, int value); "reset" (uint address): back to the preset's, or the lock away;
 * "lock" (uint address, int value): hold it on the selected steps. */
#define TUTTI_TYPE_NUMBER_KNOB (tutti_number_knob_get_type ())
G_DECLARE_FINAL_TYPE (TuttiNumberKnob, tutti_number_knob, TUTTI, NUMBER_KNOB, GtkWidget)

#define TUTTI_NUMBER_KNOB_SIZE 48
#define TUTTI_NUMBER_KNOB_SMALL 40

/* @size: of the knob, pixels. */
GtkWidget *tutti_number_knob_new  (guint address, int size);

guint      tutti_number_knob_get_address (TuttiNumberKnob *self);

/* @colour: TuttiColour. @lockable: whether there are steps to lock it to. */
void       tutti_number_knob_show (TuttiNumberKnob *self, const TuttiNumbers *numbers, int colour, gboolean lockable);
