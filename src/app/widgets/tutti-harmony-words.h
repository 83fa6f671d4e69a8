/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

/* Kinds of chords, put into words. */

/* "Major Seventh", of a kind that is a chord; lives for ever. */
const char *tutti_words_harmony (TuttiHarmony quality);
