/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How well a machine kept time in each of the last seconds, and when it is to look for the time anew. Pure: what was measured and
 * when is given. Thread: one. */

#define TUTTI_TRAIL_S 120

/* What was measured in one second; counts are of that second alone. */
typedef struct
{
  gint64  second;                  /* of any clock that never goes back; samples of a trail rise by it */
  float   round_trip_ms, jitter_ms;
  float   clock_error_us;          /* one standard deviation */
  float   offset_us;               /* what the output was off the shared time */
  float   lead_ms;
  guint32 edits, late;             /* heard; of them after their frame */
  guint32 bytes_in, bytes_out;
  guint32 drop_outs;
  gboolean in_jam;                 /* a host, or this machine itself, was there to keep time with */
  gboolean starting;               /* the output had just begun: set by tutti_trail_note() */
} TuttiTrailSample;

/* The same, as it is counted: from the beginning. */
typedef struct
{
  guint64 edits, late, bytes_in, bytes_out, drop_outs;
} TuttiTrailCounts;

/* All zero is an empty one. */
typedef struct
{
  TuttiTrailSample sample[TUTTI_TRAIL_S];
  guint            n, next;
  TuttiTrailCounts counted;        /* when the newest sample was taken */
  gint64           begun;          /* the second in which the output began, last */
} TuttiTrail;

/* Takes @measured as the sample of its second, with what @counted (which never falls but by starting anew) has more than before. Only
 * the first of a second counts: FALSE for others, and nothing happens. */
gboolean                tutti_trail_note (TuttiTrail *trail, const TuttiTrailSample *measured, const TuttiTrailCounts *counted);

guint                   tutti_trail_get_n (const TuttiTrail *trail);

/* Sample @i, 0 the oldest, below get_n(). (transfer none), until the next note. */
const TuttiTrailSample *tutti_trail_get (const TuttiTrail *trail, guint i);

/* How often the sound dropped out in the last @seconds before @now. What a stream misses in the first TUTTI_TRAIL_STARTING_S, while it
 * begins, is not said of how it runs. */
#define TUTTI_TRAIL_STARTING_S 5
guint                   tutti_trail_count_drop_outs (const TuttiTrail *trail, gint64 now, guint seconds);

/* What the graph shows, for those who do not see it. All zero when there is no sample of the jam. */
typedef struct
{
  guint  n;                        /* seconds in the jam */
  double least_us, most_us;        /* offset */
  guint  outside;                  /* seconds in which it was further off than the band */
  guint  late, edits, drop_outs;
  double round_trip_most_ms;
} TuttiTrailSummary;

void                    tutti_trail_sum_up (const TuttiTrail *trail, double band_us, TuttiTrailSummary *out);

/* ---- looking for the time anew ---- */

/* A round trip beyond this is a reason to measure anew; one below CALM_MS ends it. */
#define TUTTI_SYNC_AGAIN_MS 200.0
#define TUTTI_SYNC_CALM_MS 150.0

/* All zero to begin with. */
typedef struct
{
  gint64 above_us;                 /* since when it is beyond, 0: it is not */
  gint64 again_us;                 /* when this was answered last, 0: not since it was calm */
  guint  times;                    /* since then */
} TuttiSyncAgain;

/* Whether to measure anew now, that the round trip is @round_trip_ms. It has to stay beyond for two seconds; and as long as it does
 * not become calm, it is asked again after 15 s, 30 s, 60 s … up to 4 min: a link that is slow for good must not keep its clock from
 * settling. @now_us: of any clock that never goes back, above 0. */
gboolean                tutti_sync_again_look (TuttiSyncAgain *self, double round_trip_ms, gint64 now_us);

G_END_DECLS
