/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Reads along one direction of a WebSocket (RFC 6455 §5.2) without keeping payload: it counts, and it knows how
 * large the message under way is *announced* to be, before its bytes arrive. libsoup limits single frames only and
 * buffers an unfinished fragmented message without bound; this is the bound. Pure; any split of the bytes gives the
 * same result.
 */

typedef enum
{
  TUTTI_FRAME_OK,
  TUTTI_FRAME_TOO_BIG,         /* one message, announced or arrived, beyond the limits */
  TUTTI_FRAME_BAD,             /* not a frame of this protocol: mask, reserved bits, kind or order */
} TuttiFrameVerdict;

typedef struct
{
  /* What is allowed */
  guint64 message_max;         /* payload bytes of one message */
  guint frames_max;            /* pieces of one message */
  gboolean masked;             /* frames come from a client */

  /* Counted so far */
  guint64 bytes;               /* all, headers included */
  guint64 payload_bytes;       /* of text frames */
  guint64 messages;            /* complete ones */
  guint64 pings;
  guint64 pongs;
  guint64 pong_bytes_owed;     /* payload of all pings plus a frame header each: what answering them takes */

  /* Where in the stream we are */
  guint8 header[14];
  guint header_have;
  guint64 frame_left;          /* payload bytes of this frame still to come */
  gboolean frame_last;         /* this frame ends its message */
  gboolean frame_control;
  gboolean message_open;
  guint64 message_bytes;       /* announced so far */
  guint message_frames;
  TuttiFrameVerdict verdict;
} TuttiFrameMeter;

void tutti_frame_meter_init (TuttiFrameMeter *self, guint64 message_max, guint frames_max, gboolean masked);

/* Reads @length more bytes. Returns: OK, or what is wrong; once wrong it stays wrong and counts only bytes. */
TuttiFrameVerdict tutti_frame_meter_feed (TuttiFrameMeter *self, const guint8 *bytes, gsize length);

/* Whether the last byte ended a frame, so that another frame may be put in here. */
gboolean tutti_frame_meter_at_boundary (const TuttiFrameMeter *self);

/* Bytes that one frame with @payload bytes takes on the wire. */
gsize tutti_frame_size (gsize payload, gboolean masked);

G_END_DECLS
