/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-output.h"

/* Gives @output the device, level, mute and the trim of that device that this machine remembers, and from then on remembers what
 * is changed. */
void tutti_output_memory_attach (TuttiOutput *output);
