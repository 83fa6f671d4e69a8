/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-effect.h"

/* Words for effects, in the user's language. */

/* "Compressor". */
const char *tutti_words_effect (TuttiEffectKind kind);

/* "Make-up": the @index-th value, which the kind must have. */
const char *tutti_words_effect_value_name (TuttiEffectKind kind, guint index);

/* "3 : 1", "8.0 ms", "−18.0 dB": that value. */
char       *tutti_words_effect_value (TuttiEffectKind kind, guint index, int value);
