/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "tutti-card-map.h"
#include "tutti-src.h"

G_BEGIN_DECLS

/* One attempt at sound: `tuttisrc ! personal effects ! sink` from NULL to PLAYING and down again, with the sink's clock read every tick. It belongs to the
 * output's thread and may block in it; source and effects outlive it. */
typedef struct _TuttiStream TuttiStream;

typedef enum
{
  TUTTI_STREAM_STARTING,
  TUTTI_STREAM_PLAYING,
  TUTTI_STREAM_FAILED,
} TuttiStreamState;

typedef struct
{
  double slope;
  double noise_ns;
  gboolean coarse;
  guint64 resets;
  gboolean mapped;
} TuttiStreamCard;

/* Takes the floating `sink`; `src` and `personal` get a reference. (transfer full) */
TuttiStream *tutti_stream_new  (TuttiSrc *src, GstElement *personal, GstElement *sink, TuttiSharedClock *clock);
void         tutti_stream_free (TuttiStream *stream);

/* To be called every 10 ms at `now_ns` of the monotonic clock: drives the pipeline's state, reads the card, states the line to the source.
 * On failure `problem` is set. */
TuttiStreamState tutti_stream_tick (TuttiStream *stream, gint64 now_ns, GError **problem);

/* Forgets the card's mapping: silent until new readings (the machine slept). */
void tutti_stream_mute_until_read (TuttiStream *stream);

void tutti_stream_get_card (TuttiStream *stream, TuttiStreamCard *card);

G_END_DECLS
