/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-timeline.h"

#include <string.h>

/* How many entries are valid from @frame or earlier. */
static unsigned
count_until (const TuttiTimeline *timeline, int64_t frame)
{
  unsigned low = 0, high = timeline->n;

  /* Nearly always it is the newest. */
  if (high > 0 && timeline->entries[high - 1].score->valid_from <= frame)
    return high;
  while (low < high)
    {
      unsigned middle = (low + high) / 2;

      if (timeline->entries[middle].score->valid_from <= frame)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

const TuttiTimelineEntry *
tutti_timeline_at (const TuttiTimeline *timeline, int64_t frame)
{
  unsigned n = count_until (timeline, frame);

  return n > 0 ? &timeline->entries[n - 1] : NULL;
}

int64_t
tutti_timeline_next_change (const TuttiTimeline *timeline, int64_t frame, int64_t end)
{
  unsigned n = count_until (timeline, frame);

  if (n < timeline->n && timeline->entries[n].score->valid_from < end)
    return timeline->entries[n].score->valid_from;
  return end;
}

TuttiScore *
tutti_timeline_take_from (TuttiTimeline *timeline, int64_t frame)
{
  if (timeline->n == 0 || timeline->entries[timeline->n - 1].score->valid_from < frame)
    return NULL;
  return timeline->entries[--timeline->n].score;
}

bool
tutti_timeline_append (TuttiTimeline *timeline, TuttiScore *score)
{
  if (timeline->n == TUTTI_TIMELINE_SIZE)
    return false;
  timeline->entries[timeline->n++] = (TuttiTimelineEntry) { score, ++timeline->next_serial };
  return true;
}

TuttiScore *
tutti_timeline_take_past (TuttiTimeline *timeline, int64_t frame)
{
  TuttiScore *past;

  if (timeline->n < 2 || timeline->entries[1].score->valid_from > frame)
    return NULL;
  past = timeline->entries[0].score;
  memmove (timeline->entries, timeline->entries + 1, --timeline->n * sizeof timeline->entries[0]);
  return past;
}
