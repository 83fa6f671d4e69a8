/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-effect.h"

/* Makes @effect the kind it is to be, silent. FALSE when there is no cell for it. */
TUTTI_REALTIME bool tutti_effect_begin (TuttiEffect *effect, const TuttiEffectContext *context);

/* Takes over the wanted values. */
TUTTI_REALTIME void tutti_effect_set (TuttiEffect *effect, TuttiCells *cells, int32_t tempo_cbpm);
