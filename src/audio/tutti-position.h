/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A point between session frames: frame + part/2³². */
typedef struct
{
  gint64 frame;
  guint32 part;
} TuttiFramePoint;

/* a − b in frames; exact enough for any two points less than years apart. */
double          tutti_frame_point_minus (TuttiFramePoint a, TuttiFramePoint b);
TuttiFramePoint tutti_frame_point_plus  (TuttiFramePoint a, double frames);
/* `steps` steps of `step`/2³² frames each. */
TuttiFramePoint tutti_frame_point_walk  (TuttiFramePoint a, guint64 step, guint steps);

/* Session time ↔ host time, 48 000 frames a second, in integers of 128 bits: never off by a nanosecond's worth. */
TuttiFramePoint tutti_frame_point_at (gint64 host_ns, gint64 origin_ns);
gint64          tutti_frame_host_ns  (gint64 frame, gint64 origin_ns);

/* Where the mapping card → host puts the next output sample. */
typedef struct
{
  TuttiFramePoint at;
  double slope;                /* session frames per output sample, near 1 */
  guint64 resets;              /* changes when the mapping started anew: small steps are then real */
} TuttiPositionTarget;

typedef enum
{
  TUTTI_POSITION_GOES_ON,
  TUTTI_POSITION_STARTS,       /* nothing was playing */
  TUTTI_POSITION_JUMPS,        /* cross-fade from the old path to the new */
} TuttiPositionMove;

typedef struct
{
  TuttiPositionMove move;
  TuttiFramePoint from;        /* of the block's first output sample */
  guint64 step;                /* per output sample, in 1/2³² frames */
  TuttiFramePoint old_from;    /* where it would have gone on; only on a jump */
} TuttiPositionPlan;

#define TUTTI_POSITION_FADE 128        /* output samples of a cross-fade */

/* Follows the mapping without its jitter: its slope fed forward, and a slow pull towards it. Plain memory. */
typedef struct
{
  gboolean placed;
  TuttiFramePoint at;
  double error;                /* low-passed, in frames */
  double slope;                /* low-passed too */
  double playing_s;            /* since the start or the last jump: the pull is wide at first */
  double reset_s;              /* since the mapping last started anew */
  guint64 resets;
} TuttiPosition;

/* Plans the next `n` output samples and moves on by them. Realtime-safe: yes. */
void tutti_position_plan (TuttiPosition *position, const TuttiPositionTarget *target, guint n, TuttiPositionPlan *plan);

/* Nothing plays; the next plan starts where the mapping says. Realtime-safe: yes. */
void tutti_position_lift (TuttiPosition *position);

G_END_DECLS
