/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-lab.h"

G_BEGIN_DECLS

/* What came out of a machine's sound server, recorded from its null sink, and whether two machines played the same music at
 * the same time. Times are nanoseconds of the box's own monotonic clock. Thread: main. */

#define TUTTI_HEARD_SECOND_NS G_GINT64_CONSTANT (1000000000)

typedef struct
{
  gint64 end, arrived_ns;          /* end: in samples of the sound server */
} TuttiHeardChunk;

typedef struct
{
  TuttiHeardChunk *chunks;         /* owned */
  gsize            n_chunks;
  float           *samples;        /* owned; thinned out, see the source */
  gssize           n;
} TuttiHeard;

/* Begins to record into @path. Its process says "sound" at the first one and "second" after each one recorded from there on. */
TuttiLabProcess *tutti_heard_start  (const char *machine, const char *path);

/* Ends the recording, takes @path away. @ahead_ns: of the machine's clock before ours. */
void             tutti_heard_finish (TuttiLabProcess *ear, const char *path, gint64 ahead_ns, TuttiHeard *out);
void             tutti_heard_clear  (TuttiHeard *heard);

/* Whether both played the same, together, from @from_ns until @until_ns; at least three and a half seconds. */
gboolean         tutti_heard_together (const TuttiHeard *one, const TuttiHeard *other, gint64 from_ns, gint64 until_ns);

gint64           tutti_heard_now_ns (void);

G_END_DECLS
