/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-studio.h"

G_BEGIN_DECLS

/* What is thrown out by itself: jams that were deleted long ago, and the files of sounds that no jam here names any more. */

/* How long a deleted jam can be restored, and how long a sound's file stays after it was brought or used last. */
#define TUTTI_UPKEEP_DELETED_KEPT_US (30 * G_TIME_SPAN_DAY)
#define TUTTI_UPKEEP_SOUND_KEPT_US   G_TIME_SPAN_DAY

typedef struct
{
  guint   n_jams;
  guint   n_sounds;
  guint64 n_bytes;             /* of those sounds */
} TuttiUpkeepFigures;

/* Does it once, as of @now_us (wall clock), and adds to @figures what went. A sound that a kept document or an operation that may be
 * taken back names stays, as does one that came or was asked for less than a day ago. FALSE with the reason when the store does not
 * answer: what went until then is counted. Thread: any; it reads and writes the disk. */
gboolean tutti_upkeep_run (TuttiStore *store, const char *sounds, gint64 now_us, TuttiUpkeepFigures *figures, GError **error);

/* Does it a minute from now and then every six hours, in a thread, and says in the log what went. @studio must outlive it. */
typedef struct _TuttiUpkeepClock TuttiUpkeepClock;
TuttiUpkeepClock *tutti_upkeep_start (TuttiStudio *studio);
void              tutti_upkeep_stop  (TuttiUpkeepClock *self);

G_END_DECLS
