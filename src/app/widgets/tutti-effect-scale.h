/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-effect.h"

/* How far a knob is turned for a value of an effect: times, rates and ratios are felt in proportions, lengths of notes go in the
 * lengths that music has. */

/* The knob's own range, what it has at first, and where its arc begins; @step: one step of it, 1 where it stands on whole numbers. */
typedef struct
{
  double low, high, step, initial, origin;
} TuttiEffectScale;

TuttiEffectScale tutti_effect_scale (TuttiEffectKind kind, guint index);
double           tutti_effect_scale_to_knob (TuttiEffectKind kind, guint index, int value);
int              tutti_effect_scale_from_knob (TuttiEffectKind kind, guint index, double knob);

/* What somebody typed, "2.5 kHz", "3/16", "-12": FALSE when it says nothing. Kept within the value's range. */
gboolean         tutti_effect_scale_parse (TuttiEffectKind kind, guint index, const char *text, int *value);
