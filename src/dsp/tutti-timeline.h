/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-realtime.h"
#include "tutti-score.h"

/* The scores of a mix by the frame from which they are valid. Borrows them. Audio thread alone. */

#define TUTTI_TIMELINE_SIZE 1024

typedef struct
{
  TuttiScore *score;
  uint64_t    serial;          /* never given twice, unlike an address */
} TuttiTimelineEntry;

typedef struct
{
  unsigned           n;
  uint64_t           next_serial;
  TuttiTimelineEntry entries[TUTTI_TIMELINE_SIZE]; /* rising valid_from */
} TuttiTimeline;

/* The score valid at @frame; NULL before the first one. */
TUTTI_REALTIME const TuttiTimelineEntry *tutti_timeline_at (const TuttiTimeline *timeline, int64_t frame);

/* The first frame in (@frame, @end] at which another score takes over, or @end. */
TUTTI_REALTIME int64_t tutti_timeline_next_change (const TuttiTimeline *timeline, int64_t frame, int64_t end);

/* Removes and returns the last score that is valid only from @frame or later; NULL when there is none. */
TUTTI_REALTIME TuttiScore *tutti_timeline_take_from (TuttiTimeline *timeline, int64_t frame);

/* Appends; false when full. What is valid from the same frame or later must have been taken before. */
TUTTI_REALTIME bool tutti_timeline_append (TuttiTimeline *timeline, TuttiScore *score);

/* Removes and returns a score that no frame from @frame on can play; NULL when there is none. */
TUTTI_REALTIME TuttiScore *tutti_timeline_take_past (TuttiTimeline *timeline, int64_t frame);
