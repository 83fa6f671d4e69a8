/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "tutti-personal.h"
#include "tutti-renderer.h"
#include "tutti-shared-clock.h"

G_BEGIN_DECLS

#define TUTTI_OUTPUT_TRIM_MIN_MS (-500.0)
#define TUTTI_OUTPUT_TRIM_MAX_MS 500.0
/* How long before it is heard a block is rendered when all is well: what an edit's lead must cover besides the network. */
#define TUTTI_OUTPUT_BUFFER_MS 40
#define TUTTI_OUTPUT_BLOCK_MS  5

typedef enum
{
  TUTTI_OUTPUT_STOPPED,
  TUTTI_OUTPUT_STARTING,
  TUTTI_OUTPUT_PLAYING,
  TUTTI_OUTPUT_LOST,           /* it played, the sound server or device went; tried again until it is back */
  TUTTI_OUTPUT_NO_SERVER,      /* nothing to play on so far; likewise */
} TuttiOutputState;

GType tutti_output_state_get_type (void);
#define TUTTI_TYPE_OUTPUT_STATE (tutti_output_state_get_type ())

typedef struct
{
  TuttiOutputState state;
  gboolean in_time;            /* the card is mapped and the mix is heard at its frames */
  double lead_ms;              /* how long before it is heard the last block was rendered */
  double least_lead_ms;        /* since the last question */
  guint64 underflows;
  guint64 jumps;               /* cross-faded corrections of more than can be slewed */
  guint64 card_resets;
  guint64 caught_up_frames;    /* rendered silently because they were missed */
  guint64 rendered_frames;     /* session frame up to which the mix exists */
  double card_ppm;             /* this card's rate against the machine's clock */
  double card_noise_us;        /* of single readings of the card's clock */
  gboolean coarse;             /* a sound server whose clock jumps about: in time to milliseconds only */
  double position_error_us;    /* mapping − played position, smoothed */
} TuttiOutputStats;

/* Makes the sink of a stream: (transfer floating), NULL if there is none of that kind. Thread: the output's. */
typedef GstElement *(*TuttiSinkMaker) (gpointer data);

#define TUTTI_TYPE_OUTPUT (tutti_output_get_type ())
G_DECLARE_FINAL_TYPE (TuttiOutput, tutti_output, TUTTI, OUTPUT, GObject)

/* This machine's loudspeaker: plays `renderer` (copied, its object borrowed until the output is gone) at the jam's time.
 * It has a thread of its own; signals come in the main context that was the thread's default at construction.
 * With `make_sink` NULL it is PulseAudio's (or
 * PipeWire's) default device. Without any sound the music goes on silently. Properties: state, problem, device, trim-ms, volume, mute.
 * Signal "slept": the machine was suspended; whoever keeps the network time restarts it. (transfer full) Thread: main. */
TuttiOutput *tutti_output_new (const TuttiRenderer *renderer, TuttiSharedClock *clock, gint64 origin_ns, TuttiSinkMaker make_sink,
                               gpointer sink_data);

void tutti_output_start (TuttiOutput *self);

/* Silence and rest: nothing is rendered any more. Returns when the stream is down. */
void tutti_output_stop (TuttiOutput *self);

/* Frame 0 of the session is at `origin_ns` of the host's clock. */
void tutti_output_set_origin (TuttiOutput *self, gint64 origin_ns);

TuttiOutputState tutti_output_get_state (TuttiOutput *self);

/* What the sound system said last, for a log or a tooltip; NULL while playing. (transfer full) (nullable) */
char *tutti_output_dup_problem (TuttiOutput *self);

/* A device id of tutti_output_devices_list_async (), or NULL for the default. Restarts the stream. */
void        tutti_output_set_device (TuttiOutput *self, const char *device);
const char *tutti_output_get_device (TuttiOutput *self);

/* Heard later (+) or earlier (−) than the others, for slow loudspeakers and long ways. The caller remembers it for each device. */
void   tutti_output_set_trim_ms (TuttiOutput *self, double trim_ms);
double tutti_output_get_trim_ms (TuttiOutput *self);

/* Of my output alone, linear 0…1; glided. */
void     tutti_output_set_volume (TuttiOutput *self, double volume);
double   tutti_output_get_volume (TuttiOutput *self);
void     tutti_output_set_mute   (TuttiOutput *self, gboolean mute);
gboolean tutti_output_get_mute   (TuttiOutput *self);

/* Everything that comes out here, summed to mono; FALSE at first and never remembered. */
void     tutti_output_set_mono   (TuttiOutput *self, gboolean mono);
gboolean tutti_output_get_mono   (TuttiOutput *self);

/* Effects that only this machine hears (a chain of tutti-personal.h, copied), before its loudspeaker. */
void tutti_output_set_personal (TuttiOutput *self, GPtrArray *chain);

/* The session frame heard here at this moment (or due to be, when nothing sounds): for the playhead. Thread: any but the audio thread. */
gint64 tutti_output_get_frame_now (TuttiOutput *self);

void tutti_output_get_stats (TuttiOutput *self, TuttiOutputStats *stats);

G_END_DECLS
