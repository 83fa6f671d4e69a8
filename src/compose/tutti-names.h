/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

G_BEGIN_DECLS

/* Names made from a number that the caller draws: the same number, the same name. */

/* A jam's name that can be said across a room, "fuzzy-penguin-42". English, so that it is the same for all who say it; also
 * fit for a link. (transfer full) */
char              *tutti_names_jam    (guint64 random);

/* A person nobody has named yet: a colour and an animal, "Mint Otter" (transfer full). @colour: (out) (optional). */
char              *tutti_names_person (guint64 random, TuttiPersonColour *colour);

/* The animals of people, capitalised English, ended by NULL: for those who translate. */
extern const char * const tutti_names_animals[];

G_END_DECLS
