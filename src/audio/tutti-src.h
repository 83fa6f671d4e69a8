/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/audio/gstaudiobasesink.h>
#include <gst/base/gstpushsrc.h>

#include "tutti-card-map.h"
#include "tutti-player.h"
#include "tutti-shared-clock.h"

G_BEGIN_DECLS

#define TUTTI_SRC_RATE  48000
#define TUTTI_SRC_BLOCK 240            /* frames a buffer: 5 ms */

#define TUTTI_TYPE_SRC (tutti_src_get_type ())
G_DECLARE_FINAL_TYPE (TuttiSrc, tutti_src, TUTTI, SRC, GstPushSrc)

/* How the stream stands; values of the last block. */
typedef struct
{
  gboolean playing;            /* the mapping is there and sound comes out */
  gint64 lead_ns;              /* how long before it is heard the last block was rendered; < 0 is an underrun */
  gint64 least_lead_ns;        /* since the last question */
  guint64 underflows;          /* times the lead fell below zero */
  guint64 skips;               /* forward jumps of the stream after an underrun */
  TuttiPlayerCounts counts;
} TuttiSrcState;

/* `tuttisrc`: the shared mix as a GStreamer source, F32LE stereo 48 kHz, not live. It plays silence until it is given a clock and a card
 * line. `renderer` is copied, its object borrowed. (transfer floating) */
GstElement *tutti_src_new (const TuttiRenderer *renderer);

/* Playing: session frames of host time `origin_ns` = frame 0. Before the element leaves NULL. `clock` is kept by reference. */
void tutti_src_set_clock (TuttiSrc *self, TuttiSharedClock *clock, gint64 origin_ns);

/* Export: whole frames from `first` to before `end`, as fast as it goes, then the end of stream. Before the element leaves NULL. */
void tutti_src_set_export (TuttiSrc *self, gint64 first, gint64 end);

/* An export ends where it is, but not within its first fifth of a second. Thread: any. */
void tutti_src_cut_export (TuttiSrc *self);

/* The sink whose clock the card line is about, (nullable). Kept by reference. While the element is in NULL. */
void tutti_src_set_sink (TuttiSrc *self, GstAudioBaseSink *sink);

/* The stream's base time as given to the pipeline. Before PLAYING. */
void tutti_src_set_base_time (TuttiSrc *self, gint64 base_time_ns);

/* The newest card line, or NULL: silent until there is one. Thread: one caller at a time. Realtime-safe: yes. */
void tutti_src_set_card_line (TuttiSrc *self, const TuttiCardLine *line);

/* Frame 0 lies at another host time from now on. Thread: any. */
void tutti_src_set_origin (TuttiSrc *self, gint64 origin_ns);

/* Heard later (+) or earlier (−) than the others by so much. Thread: any. */
void tutti_src_set_trim (TuttiSrc *self, gint64 trim_ns);

/* Once: skip output so that the next block has this lead. Thread: any. */
void tutti_src_skip_to_lead (TuttiSrc *self, gint64 lead_ns);

/* Renders silently up to what is to be heard `lead_ns` from now: the music goes on without a stream. Only while the element is in NULL. */
void tutti_src_advance (TuttiSrc *self, gint64 lead_ns);

/* Linear, glided. Thread: any. */
void tutti_src_set_gain (TuttiSrc *self, double gain);

/* Asks, and starts the least lead anew; peeking leaves it. Thread: any. */
void tutti_src_get_state  (TuttiSrc *self, TuttiSrcState *state);
void tutti_src_peek_state (TuttiSrc *self, TuttiSrcState *state);

G_END_DECLS
