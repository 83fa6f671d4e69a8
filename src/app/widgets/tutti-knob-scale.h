/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-param.h"

/* How far a knob is turned for a value, whatever it is a value of: times, rates and ratios are felt in proportions, lengths of notes go
 * in the lengths that music has. The unit decides. */

/* The knob's own range, what it has at first, and where its arc begins; @step: one step of it, 1 where it stands on whole numbers. */
typedef struct
{
  double low, high, step, initial, origin;
} TuttiKnobScale;

TuttiKnobScale tutti_knob_scale       (const TuttiParamSpec *spec);
double         tutti_knob_scale_to    (const TuttiParamSpec *spec, int value);
int            tutti_knob_scale_from  (const TuttiParamSpec *spec, double knob);

/* What somebody typed, "2.5 kHz", "3/16", "-12": FALSE when it is no number. Kept within the range. */
gboolean       tutti_knob_scale_parse (const TuttiParamSpec *spec, const char *text, int *value);
