/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

/* The number at @address that people mean by @text, in the unit in which its words are shown ("1.2 kHz", "40 ms", "−6", "50 %");
 * clamped to its range. FALSE: there is no number in it. */
gboolean tutti_number_from_text (guint address, const char *text, int *value);
