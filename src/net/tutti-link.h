/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "tutti-address.h"
#include "tutti-close.h"
#include "tutti-counted-stream.h"

G_BEGIN_DECLS

/*
 * One connection between two participants, the same object at either end: bounded text messages over WebSocket
 * (subprotocol "tutti.1", or "tutti.1.1" where both ends know it). What the messages say is not its business.
 *
 * It is bounded against a hostile other end in both directions: message size and pieces before they arrive, bytes
 * waiting to be sent, silence, a handshake that never ends.
 *
 * Signals, all in the thread that made it:
 *   message (GBytes *text)       one whole message, valid UTF-8, with a NUL behind its last byte
 *   closed (guint code, const char *words, gboolean retryable)
 *                                exactly once, code is a TuttiClose; never from inside a call of yours, so that a loop
 *                                over links may send to each. @words: the other end's own if it gave any, plain text
 *   drained ()                   the queue fell below the low mark after having been above it: time for more of a
 *                                snapshot
 *
 * Thread: one, that of the main context which is the thread's default when it is made.
 */

#define TUTTI_LINK_PROTOCOL "tutti.1"

/* The same with pictures of people: messages are read strictly, so whoever does not know these may not be sent them. Offered beside the
 * other, and taken when the other end knows it. */
#define TUTTI_LINK_PROTOCOL_PICTURED "tutti.1.1"

#define TUTTI_TYPE_LINK (tutti_link_get_type ())
G_DECLARE_FINAL_TYPE (TuttiLink, tutti_link, TUTTI, LINK, GObject)

typedef struct
{
  guint64 wire_bytes_in, wire_bytes_out;         /* WebSocket frames with their headers, pings included */
  guint64 payload_bytes_in, payload_bytes_out;   /* of messages */
  guint64 messages_in, messages_out;             /* handed over; those out have crossed to the kernel */
  guint64 pings_in, pings_out;
  gsize queued_bytes;                            /* accepted by send() and not yet taken by the kernel */
  gsize queued_bytes_peak;
  gint64 round_trip_us;                          /* of the last ping of ours; −1 before the first */
  gint64 silence_us;                             /* since anything came in */
} TuttiLinkFigures;

typedef enum
{
  TUTTI_LINK_ERROR_FAILED,           /* none of the others */
  TUTTI_LINK_ERROR_ADDRESS,          /* the name is unknown, or the address not usable here */
  TUTTI_LINK_ERROR_REFUSED,          /* nobody listens there */
  TUTTI_LINK_ERROR_UNREACHABLE,      /* no way there */
  TUTTI_LINK_ERROR_TIMEOUT,
  TUTTI_LINK_ERROR_WRONG_IDENTITY,   /* another fingerprint than expected; the message has both */
  TUTTI_LINK_ERROR_NOT_TUTTI,        /* something answers, but not Tutti */
  TUTTI_LINK_ERROR_VERSION,          /* Tutti, but without our subprotocol */
  TUTTI_LINK_ERROR_NO_SUCH_JAM,
  TUTTI_LINK_ERROR_BUSY,             /* too many connections at the host or from this address */
  TUTTI_LINK_ERROR_NOT_ALLOWED,
  TUTTI_LINK_ERROR_HUNG_UP,          /* somebody listens, and hung up before saying anything */
} TuttiLinkError;

#define TUTTI_LINK_ERROR (tutti_link_error_quark ())
GQuark tutti_link_error_quark (void);

/* Connects as a guest. @address: its jam chooses the path, its fingerprint is ignored.
 * @fingerprint: (nullable) what the host must show; NULL accepts any, and the caller compares with what it remembers
 * (tutti_link_get_fingerprint()). @timeout_ms: for all of it; 0 is TUTTI_CONNECT_TIMEOUT_MS. */
void tutti_link_connect_async (const TuttiAddress *address, const char *fingerprint, guint timeout_ms,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* Returns: (transfer full), or NULL with @error (TUTTI_LINK_ERROR, or cancelled). */
TuttiLink *tutti_link_connect_finish (GAsyncResult *result, GError **error);

/* Around a stream on which the WebSocket upgrade is done; the link begins its frames. @uri: for libsoup.
 * @fingerprint: (nullable) of the other end. Used by the listener and by connect. */
TuttiLink *tutti_link_new (TuttiCountedStream *stream, gboolean server, GUri *uri, GSocketAddress *remote,
                           const char *fingerprint);

/* Sends one message of at most TUTTI_MESSAGE_BYTES_MAX bytes of valid UTF-8; @length −1 when NUL-terminated. FALSE:
 * it is closing or closed, or became so because the queue is full (the reason then is SLOW). */
gboolean tutti_link_send (TuttiLink *self, const char *text, gssize length);
gboolean tutti_link_send_bytes (TuttiLink *self, GBytes *text);

/* Between the two what is sent is put together, and goes out in as few records of TLS as it needs: for whoever is told thousands of
 * short messages in one go. Not nested; without a turn of the main loop in between. */
void tutti_link_cork (TuttiLink *self);
void tutti_link_uncork (TuttiLink *self);

/* Ends it: what is queued goes out first, then @code with @words (nullable: the usual words for the code; at most
 * TUTTI_REASON_BYTES_MAX bytes). `closed` follows from the main loop with these; no more messages come. */
void tutti_link_close (TuttiLink *self, TuttiClose code, const char *words);

gboolean tutti_link_is_open (TuttiLink *self);

/* After @ping_after_ms of silence a ping asks; after @dead_after_ms the link closes as IDLE. 0 switches either off.
 * The defaults are those of the host or the guest (tutti-limits.h). */
void tutti_link_set_life (TuttiLink *self, guint ping_after_ms, guint dead_after_ms);

/* The other end's messages are taken up one in a turn of the loop, and no faster than so many; one that stays beyond that for all of
 * @patience_ms is closed as TOO_FAST. Once; without it, there is no measure. */
void tutti_link_set_pace (TuttiLink *self, guint a_second, guint at_once, guint patience_ms);

/* How long the other end has to answer our close frame before the connection is cut. Default TUTTI_CLOSE_LINGER_MS. */
void tutti_link_set_linger (TuttiLink *self, guint linger_ms);

/* A sign of life by another way (a clock reply over UDP) counts as if something had come in. */
void tutti_link_note_life (TuttiLink *self);

/* Asks for an answer now; the round trip is in the figures when it came. */
void tutti_link_ping (TuttiLink *self);

/* How many bytes may wait before the link closes as SLOW, and below which `drained` is given.
 * Default TUTTI_QUEUE_BYTES_MAX and a quarter of it. */
void tutti_link_set_queue (TuttiLink *self, gsize limit, gsize low_mark);

TuttiLinkFigures tutti_link_get_figures (TuttiLink *self);

/* (nullable) (transfer none) The other end's fingerprint: at the guest, the host's. */
const char *tutti_link_get_fingerprint (TuttiLink *self);

/* The subprotocol that both ends agreed on; at first TUTTI_LINK_PROTOCOL. Whoever made the upgrade says. */
void tutti_link_set_pictured (TuttiLink *self, gboolean pictured);
gboolean tutti_link_is_pictured (TuttiLink *self);

/* (transfer none) The other end's address. */
GSocketAddress *tutti_link_get_remote (TuttiLink *self);

G_END_DECLS
