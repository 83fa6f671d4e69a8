/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

/* What a step of @track (nullable: nobody knows any more) locks, in the words of what is there: an effect's values speak as the
 * effect's own. Strings are new (transfer full). */

/* The effect of @track that steps address by @address, and which of its values; NULL when there is none. (transfer none) */
const TuttiEffect *tutti_lock_effect (const TuttiTrack *track, guint address, guint *index);

/* "Reverb size", "Filter". */
char *tutti_words_lock_name (const TuttiTrack *track, guint address);

/* "60 %". */
char *tutti_words_lock_value (const TuttiTrack *track, guint address, int value);
