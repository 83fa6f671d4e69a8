/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-effect.h"

#include <gtk/gtk.h>

/* A picture of what an effect does: its response, its transfer curve, its echoes, its swing; with points to take hold of where a point
 * says something.
 *
 * Signal: "turned" (guint index, int value): somebody here moved a point, and with it that value of the effect. */
#define TUTTI_TYPE_CURVE_VIEW (tutti_curve_view_get_type ())
G_DECLARE_FINAL_TYPE (TuttiCurveView, tutti_curve_view, TUTTI, CURVE_VIEW, GtkWidget)

GtkWidget *tutti_curve_view_new (TuttiEffectKind kind);

/* Draws it with these TUTTI_EFFECT_VALUES_MAX @values, in the colour of a track, −1 that of the accent. */
void       tutti_curve_view_show (TuttiCurveView *self, const gint16 *values, int colour);

/* A few words in its corner; NULL: none. */
void       tutti_curve_view_set_words (TuttiCurveView *self, const char *words);

/* Leaves @pixels of its width to what stands beside it. */
void       tutti_curve_view_make_room (TuttiCurveView *self, int pixels);
