/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tutti-frame-meter.h"

G_BEGIN_DECLS

/*
 * A pollable stream around another (TLS, usually), below whatever reads and writes WebSocket frames. It counts what
 * crosses, and it stops a message that is announced or grows beyond the limit before more of it is read. It also can
 * do what libsoup has no call for: put a ping between two frames, and end a connection whose other end reads no more.
 *
 * Until tutti_counted_stream_begin_frames() it only counts bytes: an HTTP request may come first on the same stream.
 * Thread: one, the thread of the main context in which it is used.
 */

#define TUTTI_TYPE_COUNTED_STREAM (tutti_counted_stream_get_type ())
G_DECLARE_FINAL_TYPE (TuttiCountedStream, tutti_counted_stream, TUTTI, COUNTED_STREAM, GIOStream)

/* Whoever watches is called from inside a read or a write: note it, act later. */
typedef struct
{
  void (*moved) (gpointer data);                                 /* bytes crossed, either way */
  void (*violated) (gpointer data, TuttiFrameVerdict verdict);   /* once; nothing more is delivered after it */
  void (*closed) (gpointer data);                                /* once */
} TuttiCountedWatch;

/* @base: pollable both ways. @socket: the socket at its bottom, for _abort(). */
TuttiCountedStream *tutti_counted_stream_new (GIOStream *base, GSocket *socket);

/* From here on both directions are WebSocket frames. @server: which end we are. */
void tutti_counted_stream_begin_frames (TuttiCountedStream *self, gboolean server, guint64 message_max,
                                        guint frames_max);

/* At most one watch; NULL ends it. @data is borrowed until then. */
void tutti_counted_stream_set_watch (TuttiCountedStream *self, const TuttiCountedWatch *watch, gpointer data);

/* What came in and went out; valid as long as the stream. */
const TuttiFrameMeter *tutti_counted_stream_get_in (TuttiCountedStream *self);
const TuttiFrameMeter *tutti_counted_stream_get_out (TuttiCountedStream *self);

/* Bytes of pings that we put in ourselves; they are in the "out" count too. */
guint64 tutti_counted_stream_get_ping_bytes (TuttiCountedStream *self);

/* Writes whole frames past whoever writes to the stream, as far as it goes now and the rest by itself before anything else. FALSE, and
 * nothing happened: the stream is not free, which is so while it is closed or one of their frames is half written. */
gboolean tutti_counted_stream_is_free (TuttiCountedStream *self);
gboolean tutti_counted_stream_write_frames (TuttiCountedStream *self, const guint8 *frames, gsize count);

/* Sends an empty ping now or, inside a frame or with a full socket, at the next gap between frames. */
void tutti_counted_stream_ping (TuttiCountedStream *self);

/* While held nothing is read; what comes waits at the sender. */
void tutti_counted_stream_hold (TuttiCountedStream *self, gboolean held);

/* Ends the connection at the socket, without a farewell that might wait for the other end. Reads see the end, writes
 * fail; the owner of the stream then closes it as usual. */
void tutti_counted_stream_abort (TuttiCountedStream *self);

G_END_DECLS
