/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-patch-param.h"

/* The numbers of a synthesiser's patch, put into words. */

/* "Cutoff by envelope"; lives for ever. */
const char *tutti_words_patch (TuttiPatchParam param);

/* "1.2 s", "Saw", "35 %". */
char       *tutti_words_patch_value (TuttiPatchParam param, int value);
