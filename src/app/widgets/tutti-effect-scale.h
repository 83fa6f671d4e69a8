/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-effect.h"
#include "tutti-knob-scale.h"

/* The same for the values of an effect: some of them have words of their own. */
TuttiKnobScale tutti_effect_scale (TuttiEffectKind kind, guint index);
double         tutti_effect_scale_to_knob (TuttiEffectKind kind, guint index, int value);
int            tutti_effect_scale_from_knob (TuttiEffectKind kind, guint index, double knob);

/* What somebody typed, "2.5 kHz", "Low pass": FALSE when it says nothing. Kept within the value's range. */
gboolean       tutti_effect_scale_parse (TuttiEffectKind kind, guint index, const char *text, int *value);
