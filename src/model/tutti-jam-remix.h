/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

/* The music of @jam as the beginning of a jam of its own, called @name (1…TUTTI_NAME_BYTES_MAX bytes of plain text): the same tracks,
 * scenes, clips, sounds, ids and chances, standing at its beginning; nobody is in it, leads, claims or made anything of it, the rules
 * are the usual ones, it is not published, and nothing deleted comes along. Pure. (transfer full) */
TuttiJam *tutti_jam_remix (const TuttiJam *jam, const char *name);

/* Whether a track plays the sound with this @hash, or a deleted one would when it is brought back. */
gboolean  tutti_jam_uses_sound (const TuttiJam *jam, const char *hash);
