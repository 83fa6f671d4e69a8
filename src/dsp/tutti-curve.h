/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-score-effect.h"

/* What an effect does to a tone, or to a level, once it has settled: asked of the very numbers that its kernel runs with, so that a
 * picture of it cannot say something else. Pure. Thread: any. */

/* What is told as silence. */
#define TUTTI_CURVE_SILENT (-200.0)

/* @out[i]: decibels by which a sine of @hz[i] (20 … 20000) becomes louder. @params: TUTTI_SCORE_EFFECT_PARAMS of them. */
void   tutti_curve_response (TuttiScoreEffectKind kind, const int16_t *params, const double *hz, double *out, unsigned n);

/* @out[i]: the level in decibels that a sound of level @in[i] (−200 … 24 dB) settles at; of a gate, one that was shut. Of drive and
 * crusher what becomes of a value of that size. */
void   tutti_curve_transfer (TuttiScoreEffectKind kind, const int16_t *params, const double *in, double *out, unsigned n);
