/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

G_BEGIN_DECLS

/* Names made from a number that the caller draws: the same number, the same name. */

/* A jam's name that can be said across a room, "fuzzy-penguin-42". English, so that it is the same for all who say it; also
 * fit for a link. (transfer full) */
char              *tutti_names_jam    (guint64 random);

/* The short name by which a jam is told across a room and found among those nearby, made of its id alone: the same on every machine,
 * whatever the jam is called and whoever hosts it. (transfer full) */
char              *tutti_names_code   (const char *jam_id);

/* Whether @text, typed by somebody, is such a name: "Fuzzy Penguin 42" is one too. @code: (out) (optional) (transfer full) as it is
 * written here. How many different ones there are. */
gboolean           tutti_names_is_code (const char *text, char **code);
guint              tutti_names_count_codes (void);

/* A person nobody has named yet: a colour and an animal, "Mint Otter" (transfer full). @colour: (out) (optional). */
char              *tutti_names_person (guint64 random, TuttiPersonColour *colour);

/* What somebody typed as a name: without space around it, and cut where a character ends when it is too long for one.
 * (transfer full) (nullable): nothing was left of it */
char              *tutti_names_typed  (const char *text);

/* The animals of people, capitalised English, ended by NULL: for those who translate. */
extern const char * const tutti_names_animals[];

G_END_DECLS
