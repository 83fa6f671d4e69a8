/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-conflict.h"
#include "tutti-history.h"
#include "tutti-jam.h"

/* The past in words for people. All (transfer full). */

/* What happened, and what more is to say of it (""). */
void  tutti_moment_words (TuttiMoment *moment, const TuttiJam *jam, char **title, char **caption);

/* Whose it is: the person whom it is about or who did it; 0 nobody. */
guint tutti_moment_person (TuttiMoment *moment);

/* "now", "20 s", "5 min", then the time of day, then the date; "" when it is not known. */
char *tutti_time_ago_words (gint64 time_us, gint64 now_us);

/* "20:04" today, else with the date. */
char *tutti_time_of_day_words (gint64 time_us, gint64 now_us);

/* What two people wrote, and both values. */
void  tutti_conflict_words (TuttiConflict *conflict, const TuttiJam *jam, char **title, char **caption);
