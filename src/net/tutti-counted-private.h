/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-counted-stream.h"

G_BEGIN_DECLS

/* The two halves of a counted stream; the stream owns them, and what they notice they tell through it. */

#define TUTTI_TYPE_COUNTED_INPUT (tutti_counted_input_get_type ())
G_DECLARE_FINAL_TYPE (TuttiCountedInput, tutti_counted_input, TUTTI, COUNTED_INPUT, GInputStream)

/* @stream is borrowed until tutti_counted_input_orphan(); @base and @socket are referenced. (transfer full) */
TuttiCountedInput *tutti_counted_input_new (TuttiCountedStream *stream, GInputStream *base, GSocket *socket);
/* From the next byte on what comes is frames, held to these bounds. */
void tutti_counted_input_begin_frames (TuttiCountedInput *self, gboolean masked, guint64 message_max, guint frames_max);
const TuttiFrameMeter *tutti_counted_input_get_meter (TuttiCountedInput *self);

/* From now on whoever reads sees the end, whatever still comes. */
void tutti_counted_input_end (TuttiCountedInput *self);

/* Lets go of the socket; to be called before it is closed. */
void tutti_counted_input_hold (TuttiCountedInput *self, gboolean held);
void tutti_counted_input_stop (TuttiCountedInput *self);

#define TUTTI_TYPE_COUNTED_OUTPUT (tutti_counted_output_get_type ())
G_DECLARE_FINAL_TYPE (TuttiCountedOutput, tutti_counted_output, TUTTI, COUNTED_OUTPUT, GOutputStream)

/* As the input's. */
TuttiCountedOutput *tutti_counted_output_new (TuttiCountedStream *stream, GOutputStream *base);
void tutti_counted_output_begin_frames (TuttiCountedOutput *self, gboolean masked);
const TuttiFrameMeter *tutti_counted_output_get_meter (TuttiCountedOutput *self);
guint64 tutti_counted_output_get_ping_bytes (TuttiCountedOutput *self);

gboolean tutti_counted_output_is_free (TuttiCountedOutput *self);
gboolean tutti_counted_output_write_frames (TuttiCountedOutput *self, const guint8 *frames, gsize count);

/* Puts an empty ping in at the next gap between frames, which may be now. */
void tutti_counted_output_ping (TuttiCountedOutput *self);

/* The last write could not go on, so the next would wait. */
gboolean tutti_counted_output_is_blocked (TuttiCountedOutput *self);

/* No more pings. */
void tutti_counted_output_stop (TuttiCountedOutput *self);

/* The stream is gone; a half that is still held by someone fails from now on. */
void tutti_counted_input_orphan (TuttiCountedInput *self);
void tutti_counted_output_orphan (TuttiCountedOutput *self);

/* What the halves tell. */
void tutti_counted_stream_tell_moved (TuttiCountedStream *stream);
void tutti_counted_stream_tell_violated (TuttiCountedStream *stream, TuttiFrameVerdict verdict);

G_END_DECLS
