/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"
#include "tutti-removal.h"

/* How person @name went, as others (of whom one is @me) read it: "Bob left", "Ada removed Bob", "You banned Bob". @removal: (nullable)
 * they went by themselves. (transfer full) */
char *tutti_gone_words (const TuttiJam *jam, guint me, const char *name, const TuttiRemoval *removal);
