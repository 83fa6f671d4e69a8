/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A token bucket: @burst tokens at once, refilled evenly at @rate a second. Integer arithmetic on a clock that
 * the caller brings, so that a test decides what time it is. Thread: whoever owns it.
 */
typedef struct
{
  gint64 full_us;              /* what a full bucket is worth: burst / rate, in microseconds of refill */
  gint64 token_us;             /* what one token is worth */
  gint64 level_us;
  gint64 last_us;              /* the clock when level_us was true */
} TuttiBucket;

/* Starts full at @now_us (any monotonic clock, microseconds). @rate and @burst: 1 … 1 000 000. */
void tutti_bucket_init (TuttiBucket *self, guint rate, guint burst, gint64 now_us);

/* Takes @tokens when there are that many: TRUE. Otherwise takes nothing: FALSE. A clock that steps back
 * refills nothing. */
gboolean tutti_bucket_take (TuttiBucket *self, guint tokens, gint64 now_us);

/* How long until @tokens could be taken, in microseconds; 0 when now; G_MAXINT64 when more than a full bucket. */
gint64 tutti_bucket_wait_us (const TuttiBucket *self, guint tokens, gint64 now_us);

G_END_DECLS
