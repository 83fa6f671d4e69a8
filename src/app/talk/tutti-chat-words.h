/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

/* A line of chat as markup: all of it text, with links where it names a bar ("bar 14": "bar:14") or a track of @jam
 * ("track:ID"). @jam: (nullable). (transfer full) */
char *tutti_chat_markup (const TuttiJam *jam, const char *text);

/* Where such a link leads: the bar, from 1, or the track. FALSE: it is none. */
gboolean tutti_chat_link_bar (const char *uri, int *bar);
gboolean tutti_chat_link_track (const char *uri, TuttiId *track);

/* The time of day, with the date when it was not today. @now_ms: in milliseconds since 1970. (transfer full) */
char *tutti_chat_time (gint64 at_ms, gint64 now_ms);
