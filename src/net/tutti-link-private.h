/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-link.h"

#include "tutti-pace.h"

/* The link's parts, shared by its files alone. */

typedef enum
{
  TUTTI_LINK_OPEN,
  TUTTI_LINK_CLOSING,               /* decided; `closed` is given or about to be; the socket may still be emptied */
  TUTTI_LINK_DONE,                  /* the stream is closed */
} TuttiLinkState;

struct _TuttiLink
{
  GObject parent_instance;

  /* owned */
  SoupWebsocketConnection *soup;
  TuttiCountedStream *stream;
  GSocketAddress *remote;
  GMainContext *context;
  GSource *life;               /* one clock for silence, stall and the end of lingering */
  TuttiPace *pace;             /* (nullable) of what the other end says */
  GSource *later;              /* what may not happen inside a read, a write or a call of the owner */
  char *fingerprint;
  char *words;

  GByteArray *together;        /* (nullable) frames that go to the stream in one write */

  gboolean server, pictured, held, announced, drain_wanted, corked;
  gboolean by_soup;            /* libsoup was given what may not have gone out yet */
  TuttiLinkState state;
  TuttiClose code;
  TuttiFrameVerdict verdict;

  gint64 last_in_us, last_out_us, asked_us, closing_us, round_trip_us;
  guint64 bytes_in_seen, bytes_out_seen, pongs_seen;
  guint64 pings_sent;
  gint64 ping_after_us, dead_after_us, linger_us;

  /* Flow control: frames handed to libsoup, pongs not included, against what the stream took. */
  guint64 handed_bytes, handed_messages, handed_payload;
  gsize queue_limit, low_mark, queued_peak;
};

/* The one way from open to closing, whoever began it. @words: (nullable) the usual ones for @code. */
void  tutti_link_finish (TuttiLink *self, TuttiClose code, const char *words);

/* Sending (tutti-link-send.c). */

/* Everything that libsoup has been given (its own pongs included, which it queues by itself for each ping) minus what went through the
 * stream (without the pings that the stream put in). */
gsize tutti_link_queued_bytes (TuttiLink *self);

/* Hands on what was put together since the last time. */
void  tutti_link_flush (TuttiLink *self);

/* Signs of life, and their absence (tutti-link-life.c). */
void  tutti_link_start_life (TuttiLink *self);

/* Anything that says when to look next has changed. */
void  tutti_link_arm_life (TuttiLink *self);
