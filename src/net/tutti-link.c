/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-link.h"

#include <string.h>

#include "tutti-json-read.h"
#include "tutti-limits.h"
#include "tutti-pace.h"

#define TOGETHER_BYTES (16 * 1024)     /* the most that TLS takes into one record */

typedef enum
{
  STATE_OPEN,
  STATE_CLOSING,               /* decided; `closed` is given or about to be; the socket may still be emptied */
  STATE_DONE,                  /* the stream is closed */
} State;

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
  State state;
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

G_DEFINE_FINAL_TYPE (TuttiLink, tutti_link, G_TYPE_OBJECT)
G_DEFINE_QUARK (tutti-link-error-quark, tutti_link_error)

enum { MESSAGE, CLOSED, DRAINED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void finish (TuttiLink *self, TuttiClose code, const char *words);
static void flush (TuttiLink *self);

/* Everything that libsoup has been given (its own pongs included, which it queues by itself for each ping) minus
 * what went through the stream (without the pings that the stream put in). */
static gsize
queued_bytes (TuttiLink *self)
{
  guint64 given = self->handed_bytes + tutti_counted_stream_get_in (self->stream)->pong_bytes_owed;
  guint64 gone = tutti_counted_stream_get_out (self->stream)->bytes -
                 tutti_counted_stream_get_ping_bytes (self->stream);

  return given > gone ? given - gone : 0;
}

/* What happens later */

static gboolean
on_later (gpointer data)
{
  g_autoptr(TuttiLink) self = g_object_ref (TUTTI_LINK (data));

  g_clear_pointer (&self->later, g_source_unref);
  if (self->verdict == TUTTI_FRAME_TOO_BIG)
    finish (self, TUTTI_CLOSE_TOO_BIG, NULL);
  else if (self->verdict == TUTTI_FRAME_BAD)
    finish (self, TUTTI_CLOSE_BAD_MESSAGE, NULL);
  else if (self->state == STATE_OPEN && queued_bytes (self) > self->queue_limit)
    finish (self, TUTTI_CLOSE_SLOW, NULL);
  if (self->state != STATE_OPEN && !self->announced)
    {
      self->announced = TRUE;
      g_signal_emit (self, signals[CLOSED], 0, (guint) self->code, self->words, tutti_close_is_retryable (self->code));
    }
  if (self->state == STATE_OPEN && self->drain_wanted && queued_bytes (self) <= self->low_mark)
    {
      self->drain_wanted = FALSE;
      g_signal_emit (self, signals[DRAINED], 0);
    }
  /* Held so far, so that the farewell goes out although the owner has let go. */
  if (self->state == STATE_DONE && self->held)
    {
      self->held = FALSE;
      g_object_unref (self);
    }
  return G_SOURCE_REMOVE;
}

static void
act_later (TuttiLink *self)
{
  if (self->later != NULL)
    return;
  self->later = g_idle_source_new ();
  g_source_set_priority (self->later, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->later, on_later, self, NULL);
  g_source_attach (self->later, self->context);
}

/* Signs of life, and their absence */

static gint64
next_deadline (TuttiLink *self)
{
  gint64 next_us = G_MAXINT64;

  if (self->state != STATE_OPEN)
    return self->closing_us + self->linger_us;
  if (self->dead_after_us > 0)
    next_us = self->last_in_us + self->dead_after_us;
  if (self->ping_after_us > 0 && self->asked_us == 0)
    next_us = MIN (next_us, self->last_in_us + self->ping_after_us);
  if (queued_bytes (self) > 0)
    next_us = MIN (next_us, self->last_out_us + TUTTI_STALL_AFTER_MS * G_TIME_SPAN_MILLISECOND);
  return next_us;
}

static void
arm_life (TuttiLink *self)
{
  gint64 next_us = next_deadline (self);

  if (self->life != NULL)
    g_source_set_ready_time (self->life, next_us == G_MAXINT64 ? -1 : next_us);
}

static void
check_life (TuttiLink *self, gint64 now_us)
{
  gint64 silence_us = now_us - self->last_in_us;

  if (self->state != STATE_OPEN)
    {
      /* The farewell was not answered in time. */
      tutti_counted_stream_abort (self->stream);
      g_source_set_ready_time (self->life, -1);
      return;
    }
  if (self->dead_after_us > 0 && silence_us >= self->dead_after_us)
    finish (self, TUTTI_CLOSE_IDLE, NULL);
  else if (queued_bytes (self) > 0 && now_us - self->last_out_us >= TUTTI_STALL_AFTER_MS * G_TIME_SPAN_MILLISECOND)
    finish (self, TUTTI_CLOSE_SLOW, NULL);
  else if (self->ping_after_us > 0 && silence_us >= self->ping_after_us && self->asked_us == 0)
    tutti_link_ping (self);
  arm_life (self);
}

static gboolean
life_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  g_autoptr(TuttiLink) self = g_object_ref (TUTTI_LINK (data));

  check_life (self, g_get_monotonic_time ());
  return G_SOURCE_CONTINUE;
}

static gboolean
never_called (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* Only a ready time moves; nothing wakes up while a busy link is busy. Below the priority of input: after the whole
 * program stood still, what arrived meanwhile is read before anybody is called dead. */
static void
start_life (TuttiLink *self)
{
  static GSourceFuncs functions = { .dispatch = life_dispatch };

  self->life = g_source_new (&functions, sizeof (GSource));
  g_source_set_priority (self->life, G_PRIORITY_DEFAULT + 10);
  g_source_set_callback (self->life, never_called, self, NULL);
  g_source_attach (self->life, self->context);
  arm_life (self);
}

/* What the stream tells, from inside reads and writes */

static void
on_moved (gpointer data)
{
  TuttiLink *self = data;
  const TuttiFrameMeter *in = tutti_counted_stream_get_in (self->stream);
  const TuttiFrameMeter *out = tutti_counted_stream_get_out (self->stream);
  gint64 now_us = g_get_monotonic_time ();

  if (in->bytes != self->bytes_in_seen)
    {
      if (in->pongs != self->pongs_seen && self->asked_us != 0)
        self->round_trip_us = now_us - self->asked_us;
      self->bytes_in_seen = in->bytes;
      self->pongs_seen = in->pongs;
      self->last_in_us = now_us;
      if (self->asked_us != 0)
        {
          self->asked_us = 0;
          arm_life (self);         /* the clock stood on "dead"; now it is on "ask" again */
        }
    }
  if (out->bytes != self->bytes_out_seen)
    {
      self->bytes_out_seen = out->bytes;
      self->last_out_us = now_us;
    }
  if (self->state != STATE_OPEN)
    return;
  if (queued_bytes (self) > self->queue_limit || (self->drain_wanted && queued_bytes (self) <= self->low_mark))
    act_later (self);
}

static void
on_violated (gpointer data, TuttiFrameVerdict verdict)
{
  TuttiLink *self = data;

  self->verdict = verdict;
  act_later (self);
}

static const TuttiCountedWatch watch = { .moved = on_moved, .violated = on_violated };

/* What libsoup tells */

static void
on_message (SoupWebsocketConnection *soup, SoupWebsocketDataType type, GBytes *text, TuttiLink *self)
{
  if (self->state != STATE_OPEN)
    return;
  if (self->pace != NULL)
    tutti_pace_receive (self->pace, text);
  else
    g_signal_emit (self, signals[MESSAGE], 0, text);
}

static void
pace_deliver (gpointer data, GBytes *text)
{
  g_autoptr(TuttiLink) self = g_object_ref (TUTTI_LINK (data));

  if (self->state == STATE_OPEN)
    g_signal_emit (self, signals[MESSAGE], 0, text);
}

static void
pace_hold (gpointer data, gboolean held)
{
  tutti_counted_stream_hold (((TuttiLink *) data)->stream, held);
}

static void
pace_too_fast (gpointer data)
{
  finish (data, TUTTI_CLOSE_TOO_FAST, NULL);
}

/* The other end is done: what it said before that counts. */
static void
hear_out (TuttiLink *self)
{
  if (self->pace != NULL && self->state == STATE_OPEN)
    tutti_pace_flush (self->pace);
}

/* Bad UTF-8 and close frames of a bad form; broken connections. libsoup ends it by itself. */
static void
on_error (SoupWebsocketConnection *soup, GError *error, TuttiLink *self)
{
  hear_out (self);
  if (error->domain == SOUP_WEBSOCKET_ERROR)
    finish (self, tutti_close_from_wire (error->code), NULL);
  else
    finish (self, TUTTI_CLOSE_LOST, NULL);
}

/* The other end's close frame has been read (the state is its answer's). Its words go into our window and log. */
static void
on_closing (SoupWebsocketConnection *soup, TuttiLink *self)
{
  const char *words = soup_websocket_connection_get_close_data (soup);

  hear_out (self);
  if (self->state != STATE_OPEN)
    return;
  if (words != NULL && (words[0] == '\0' || strlen (words) > TUTTI_REASON_BYTES_MAX + 3 || !tutti_text_is_plain (words)))
    words = NULL;
  finish (self, tutti_close_from_wire (soup_websocket_connection_get_close_code (soup)), words);
}

static void
on_soup_closed (SoupWebsocketConnection *soup, TuttiLink *self)
{
  hear_out (self);
  if (self->state == STATE_OPEN)
    finish (self, TUTTI_CLOSE_LOST, NULL);
  self->state = STATE_DONE;
  if (self->life != NULL)
    g_source_set_ready_time (self->life, -1);
  act_later (self);
}

/* The one way from open to closing, whoever began it. */
static void
finish (TuttiLink *self, TuttiClose code, const char *words)
{
  if (self->state != STATE_OPEN)
    return;
  flush (self);
  self->state = STATE_CLOSING;
  if (self->pace != NULL)
    tutti_pace_stop (self->pace);
  self->code = code;
  self->words = g_strndup (words != NULL ? words : tutti_close_words (code), TUTTI_REASON_BYTES_MAX + 3);
  self->closing_us = g_get_monotonic_time ();
  self->held = TRUE;
  g_object_ref (self);
  if (soup_websocket_connection_get_state (self->soup) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->soup, tutti_close_to_wire (code), self->words);
  /* Whoever goes on writing without end must not keep the end of lingering from being looked at. */
  if (self->life != NULL)
    g_source_set_priority (self->life, G_PRIORITY_DEFAULT);
  arm_life (self);
  act_later (self);
}

static void
tutti_link_dispose (GObject *object)
{
  TuttiLink *self = TUTTI_LINK (object);

  g_clear_pointer (&self->pace, tutti_pace_free);
  if (self->stream != NULL)
    tutti_counted_stream_set_watch (self->stream, NULL, NULL);
  if (self->soup != NULL)
    g_signal_handlers_disconnect_by_data (self->soup, self);
  if (self->life != NULL)
    g_source_destroy (self->life);
  g_clear_pointer (&self->life, g_source_unref);
  if (self->later != NULL)
    g_source_destroy (self->later);
  g_clear_pointer (&self->later, g_source_unref);
  /* Let go without a close: cut, so that libsoup's own farewell cannot wait for anybody. */
  if (self->stream != NULL && self->state != STATE_DONE)
    tutti_counted_stream_abort (self->stream);
  g_clear_object (&self->soup);
  g_clear_object (&self->stream);
  g_clear_object (&self->remote);
  G_OBJECT_CLASS (tutti_link_parent_class)->dispose (object);
}

static void
tutti_link_finalize (GObject *object)
{
  TuttiLink *self = TUTTI_LINK (object);

  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->fingerprint, g_free);
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->together, g_byte_array_unref);
  G_OBJECT_CLASS (tutti_link_parent_class)->finalize (object);
}

static void
tutti_link_class_init (TuttiLinkClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_link_dispose;
  G_OBJECT_CLASS (klass)->finalize = tutti_link_finalize;
  signals[MESSAGE] = g_signal_new ("message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_BYTES | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[CLOSED] = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_UINT,
                                  G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_BOOLEAN);
  signals[DRAINED] = g_signal_new ("drained", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tutti_link_init (TuttiLink *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->round_trip_us = -1;
  self->queue_limit = TUTTI_QUEUE_BYTES_MAX;
  self->low_mark = TUTTI_QUEUE_BYTES_MAX / 4;
  self->linger_us = TUTTI_CLOSE_LINGER_MS * G_TIME_SPAN_MILLISECOND;
}

TuttiLink *
tutti_link_new (TuttiCountedStream *stream, gboolean server, GUri *uri, GSocketAddress *remote, const char *fingerprint)
{
  TuttiLink *self = g_object_new (TUTTI_TYPE_LINK, NULL);

  self->stream = g_object_ref (stream);
  self->server = server;
  self->remote = remote != NULL ? g_object_ref (remote) : NULL;
  self->fingerprint = g_strdup (fingerprint);
  self->last_in_us = self->last_out_us = g_get_monotonic_time ();
  tutti_counted_stream_begin_frames (stream, server, TUTTI_MESSAGE_BYTES_MAX, TUTTI_MESSAGE_FRAMES_MAX);
  tutti_counted_stream_set_watch (stream, &watch, self);
  /* No extensions: permessage-deflate is unbounded. The payload limit is a second fence behind the meter. */
  self->soup = soup_websocket_connection_new (G_IO_STREAM (stream), uri,
                                              server ? SOUP_WEBSOCKET_CONNECTION_SERVER : SOUP_WEBSOCKET_CONNECTION_CLIENT,
                                              NULL, TUTTI_LINK_PROTOCOL, NULL);
  soup_websocket_connection_set_max_incoming_payload_size (self->soup, TUTTI_FRAME_BYTES_MAX);
  g_signal_connect_object (self->soup, "message", G_CALLBACK (on_message), self, 0);
  g_signal_connect_object (self->soup, "error", G_CALLBACK (on_error), self, 0);
  g_signal_connect_object (self->soup, "closing", G_CALLBACK (on_closing), self, 0);
  g_signal_connect_object (self->soup, "closed", G_CALLBACK (on_soup_closed), self, 0);
  start_life (self);
  if (server)
    tutti_link_set_life (self, TUTTI_HOST_PING_AFTER_MS, TUTTI_HOST_DEAD_AFTER_MS);
  else
    tutti_link_set_life (self, TUTTI_GUEST_PING_AFTER_MS, TUTTI_GUEST_DEAD_AFTER_MS);
  return self;
}

/* What was put together since the last time. It was begun on a free stream, and nobody else has written since. */
static void
flush (TuttiLink *self)
{
  if (self->together == NULL)
    return;
  tutti_counted_stream_write_frames (self->stream, self->together->data, self->together->len);
  g_clear_pointer (&self->together, g_byte_array_unref);
}

/* A host says the same to many: libsoup's way there (a copy, a queue and two lines of debug text, formatted for nobody) costs as much
 * as TLS and the kernel together. Only while nothing it was given waits to be written. */
static gboolean
is_direct (TuttiLink *self, gsize queued)
{
  if (queued == 0)
    self->by_soup = FALSE;
  return self->server && !self->by_soup && (self->together != NULL || tutti_counted_stream_is_free (self->stream));
}

/* RFC 6455, 5.2: FIN and text; a server masks nothing. */
static void
send_direct (TuttiLink *self, const guint8 *text, gsize length)
{
  guint8 header[10] = { 0x81, length < 126 ? (guint8) length : length <= G_MAXUINT16 ? 126 : 127 };
  gsize extended = length < 126 ? 0 : length <= G_MAXUINT16 ? 2 : 8;

  for (gsize i = 0; i < extended; i++)
    header[2 + i] = (guint8) ((guint64) length >> (8 * (extended - 1 - i)));
  if (self->together == NULL)
    self->together = g_byte_array_sized_new ((guint) (sizeof header + length));
  g_byte_array_append (self->together, header, (guint) (2 + extended));
  g_byte_array_append (self->together, text, (guint) length);
  if (!self->corked || self->together->len >= TOGETHER_BYTES)
    flush (self);
}

static gboolean
send_data (TuttiLink *self, GBytes *text)
{
  gsize length = g_bytes_get_size (text);
  gsize queued;

  if (self->state != STATE_OPEN || soup_websocket_connection_get_state (self->soup) != SOUP_WEBSOCKET_STATE_OPEN)
    return FALSE;
  queued = queued_bytes (self);
  if (queued + length > self->queue_limit)
    {
      finish (self, TUTTI_CLOSE_SLOW, NULL);
      return FALSE;
    }
  if (queued == 0)
    self->last_out_us = g_get_monotonic_time ();       /* a stall is counted from here */
  self->handed_bytes += tutti_frame_size (length, !self->server);
  self->handed_payload += length;
  self->handed_messages++;
  if (is_direct (self, queued))
    send_direct (self, g_bytes_get_data (text, NULL), length);
  else
    {
      self->by_soup = TRUE;
      soup_websocket_connection_send_message (self->soup, SOUP_WEBSOCKET_DATA_TEXT, text);
    }
  queued = queued_bytes (self);
  self->queued_peak = MAX (self->queued_peak, queued);
  self->drain_wanted = self->drain_wanted || queued > self->low_mark;
  if (queued > 0)
    arm_life (self);
  return TRUE;
}

gboolean
tutti_link_send (TuttiLink *self, const char *text, gssize length)
{
  g_autoptr(GBytes) bytes = NULL;

  g_return_val_if_fail (TUTTI_IS_LINK (self) && text != NULL, FALSE);

  bytes = g_bytes_new_static (text, length < 0 ? strlen (text) : (gsize) length);
  return tutti_link_send_bytes (self, bytes);
}

gboolean
tutti_link_send_bytes (TuttiLink *self, GBytes *text)
{
  g_return_val_if_fail (TUTTI_IS_LINK (self) && text != NULL, FALSE);
  g_return_val_if_fail (g_bytes_get_size (text) <= TUTTI_MESSAGE_BYTES_MAX, FALSE);

  return send_data (self, text);
}

void
tutti_link_cork (TuttiLink *self)
{
  g_return_if_fail (TUTTI_IS_LINK (self) && !self->corked);
  self->corked = TRUE;
}

void
tutti_link_uncork (TuttiLink *self)
{
  g_return_if_fail (TUTTI_IS_LINK (self) && self->corked);
  self->corked = FALSE;
  flush (self);
}

void
tutti_link_close (TuttiLink *self, TuttiClose code, const char *words)
{
  g_return_if_fail (TUTTI_IS_LINK (self));
  g_return_if_fail (words == NULL || strlen (words) <= TUTTI_REASON_BYTES_MAX);

  finish (self, code, words);
}

gboolean
tutti_link_is_open (TuttiLink *self)
{
  g_return_val_if_fail (TUTTI_IS_LINK (self), FALSE);
  return self->state == STATE_OPEN;
}

void
tutti_link_set_pace (TuttiLink *self, guint a_second, guint at_once, guint patience_ms)
{
  g_return_if_fail (TUTTI_IS_LINK (self) && self->pace == NULL);

  if (self->state == STATE_OPEN)
    self->pace = tutti_pace_new (a_second, at_once, patience_ms,
                                 &(TuttiPaceCalls) { self, pace_deliver, pace_hold, pace_too_fast });
}

void
tutti_link_set_life (TuttiLink *self, guint ping_after_ms, guint dead_after_ms)
{
  g_return_if_fail (TUTTI_IS_LINK (self));

  self->ping_after_us = (gint64) ping_after_ms * G_TIME_SPAN_MILLISECOND;
  self->dead_after_us = (gint64) dead_after_ms * G_TIME_SPAN_MILLISECOND;
  arm_life (self);
}

void
tutti_link_set_linger (TuttiLink *self, guint linger_ms)
{
  g_return_if_fail (TUTTI_IS_LINK (self));

  self->linger_us = (gint64) linger_ms * G_TIME_SPAN_MILLISECOND;
  arm_life (self);
}

void
tutti_link_note_life (TuttiLink *self)
{
  g_return_if_fail (TUTTI_IS_LINK (self));

  self->last_in_us = g_get_monotonic_time ();
  if (self->asked_us == 0)
    return;                        /* the clock is early at most, and looks again by itself */
  self->asked_us = 0;
  arm_life (self);
}

void
tutti_link_ping (TuttiLink *self)
{
  g_return_if_fail (TUTTI_IS_LINK (self));

  if (self->state != STATE_OPEN)
    return;
  self->asked_us = g_get_monotonic_time ();
  self->pings_sent++;
  tutti_counted_stream_ping (self->stream);
}

void
tutti_link_set_queue (TuttiLink *self, gsize limit, gsize low_mark)
{
  g_return_if_fail (TUTTI_IS_LINK (self));

  self->queue_limit = limit;
  self->low_mark = low_mark;
}

TuttiLinkFigures
tutti_link_get_figures (TuttiLink *self)
{
  const TuttiFrameMeter *in = tutti_counted_stream_get_in (self->stream);
  const TuttiFrameMeter *out = tutti_counted_stream_get_out (self->stream);

  return (TuttiLinkFigures) {
    .wire_bytes_in = in->bytes, .wire_bytes_out = out->bytes,
    .payload_bytes_in = in->payload_bytes, .payload_bytes_out = out->payload_bytes,
    .messages_in = in->messages, .messages_out = out->messages,
    .pings_in = in->pings, .pings_out = self->pings_sent,
    .queued_bytes = queued_bytes (self), .queued_bytes_peak = self->queued_peak,
    .round_trip_us = self->round_trip_us,
    .silence_us = g_get_monotonic_time () - self->last_in_us,
  };
}

const char *
tutti_link_get_fingerprint (TuttiLink *self)
{
  g_return_val_if_fail (TUTTI_IS_LINK (self), NULL);
  return self->fingerprint;
}

void
tutti_link_set_pictured (TuttiLink *self, gboolean pictured)
{
  g_return_if_fail (TUTTI_IS_LINK (self));
  self->pictured = pictured;
}

gboolean
tutti_link_is_pictured (TuttiLink *self)
{
  g_return_val_if_fail (TUTTI_IS_LINK (self), FALSE);
  return self->pictured;
}

GSocketAddress *
tutti_link_get_remote (TuttiLink *self)
{
  g_return_val_if_fail (TUTTI_IS_LINK (self), NULL);
  return self->remote;
}
