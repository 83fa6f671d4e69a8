/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-studio.h"

G_BEGIN_DECLS

/* What is said of a kept jam. All (transfer full). */

/* "Today", "Yesterday", a weekday within the week, else the date. @us: wall clock. */
char *tutti_jam_words_day     (gint64 us);

/* "Yesterday · 8 tracks": when it was played last, and how large it is. */
char *tutti_jam_words_caption (const TuttiStoreJam *jam);

/* "Opened today · changed yesterday · made on 3 November". */
char *tutti_jam_words_times   (const TuttiStoreJam *jam);

/* "Remix of Friday · 3 remixes"; NULL when it is none and there are none. */
char *tutti_jam_words_origin  (const TuttiStoreJam *jam);

/* "With Mia and Theo", "Only you": reads the disk. */
char *tutti_jam_words_people  (TuttiStudio *studio, const TuttiStoreJam *jam);

/* A name for a remix or a copy of a jam called @name: with a word more, within the bound of names, and none of @taken (of
 * TuttiStoreJam, nullable) has it. */
char *tutti_jam_words_remix_name (const char *name, const GPtrArray *taken);
char *tutti_jam_words_copy_name  (const char *name, const GPtrArray *taken);

G_END_DECLS
