/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A link's life, and what the stream below and libsoup tell it. */
#include "tutti-link-private.h"

#include <string.h>

#include "tutti-json-read.h"
#include "tutti-limits.h"

G_DEFINE_FINAL_TYPE (TuttiLink, tutti_link, G_TYPE_OBJECT)
G_DEFINE_QUARK (tutti-link-error-quark, tutti_link_error)

enum { MESSAGE, CLOSED, DRAINED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* What happens later */

static gboolean
on_later (gpointer data)
{
  g_autoptr(TuttiLink) self = g_object_ref (TUTTI_LINK (data));

  g_clear_pointer (&self->later, g_source_unref);
  if (self->verdict == TUTTI_FRAME_TOO_BIG)
    tutti_link_finish (self, TUTTI_CLOSE_TOO_BIG, NULL);
  else if (self->verdict == TUTTI_FRAME_BAD)
    tutti_link_finish (self, TUTTI_CLOSE_BAD_MESSAGE, NULL);
  else if (self->state == TUTTI_LINK_OPEN && tutti_link_queued_bytes (self) > self->queue_limit)
    tutti_link_finish (self, TUTTI_CLOSE_SLOW, NULL);
  if (self->state != TUTTI_LINK_OPEN && !self->announced)
    {
      self->announced = TRUE;
      g_signal_emit (self, signals[CLOSED], 0, (guint) self->code, self->words, tutti_close_is_retryable (self->code));
    }
  if (self->state == TUTTI_LINK_OPEN && self->drain_wanted && tutti_link_queued_bytes (self) <= self->low_mark)
    {
      self->drain_wanted = FALSE;
      g_signal_emit (self, signals[DRAINED], 0);
    }
  /* Held so far, so that the farewell goes out although the owner has let go. */
  if (self->state == TUTTI_LINK_DONE && self->held)
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
          tutti_link_arm_life (self);         /* the clock stood on "dead"; now it is on "ask" again */
        }
    }
  if (out->bytes != self->bytes_out_seen)
    {
      self->bytes_out_seen = out->bytes;
      self->last_out_us = now_us;
    }
  if (self->state != TUTTI_LINK_OPEN)
    return;
  if (tutti_link_queued_bytes (self) > self->queue_limit ||
      (self->drain_wanted && tutti_link_queued_bytes (self) <= self->low_mark))
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
  if (self->state != TUTTI_LINK_OPEN)
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

  if (self->state == TUTTI_LINK_OPEN)
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
  tutti_link_finish (data, TUTTI_CLOSE_TOO_FAST, NULL);
}

/* The other end is done: what it said before that counts. */
static void
hear_out (TuttiLink *self)
{
  if (self->pace != NULL && self->state == TUTTI_LINK_OPEN)
    tutti_pace_flush (self->pace);
}

/* Bad UTF-8 and close frames of a bad form; broken connections. libsoup ends it by itself. */
static void
on_error (SoupWebsocketConnection *soup, GError *error, TuttiLink *self)
{
  hear_out (self);
  if (error->domain == SOUP_WEBSOCKET_ERROR)
    tutti_link_finish (self, tutti_close_from_wire (error->code), NULL);
  else
    tutti_link_finish (self, TUTTI_CLOSE_LOST, NULL);
}

/* The other end's close frame has been read (the state is its answer's). Its words go into our window and log. */
static void
on_closing (SoupWebsocketConnection *soup, TuttiLink *self)
{
  const char *words = soup_websocket_connection_get_close_data (soup);

  hear_out (self);
  if (self->state != TUTTI_LINK_OPEN)
    return;
  if (words != NULL && (words[0] == '\0' || strlen (words) > TUTTI_REASON_BYTES_MAX + 3 || !tutti_text_is_plain (words)))
    words = NULL;
  tutti_link_finish (self, tutti_close_from_wire (soup_websocket_connection_get_close_code (soup)), words);
}

static void
on_soup_closed (SoupWebsocketConnection *soup, TuttiLink *self)
{
  hear_out (self);
  if (self->state == TUTTI_LINK_OPEN)
    tutti_link_finish (self, TUTTI_CLOSE_LOST, NULL);
  self->state = TUTTI_LINK_DONE;
  if (self->life != NULL)
    g_source_set_ready_time (self->life, -1);
  act_later (self);
}

void
tutti_link_finish (TuttiLink *self, TuttiClose code, const char *words)
{
  if (self->state != TUTTI_LINK_OPEN)
    return;
  tutti_link_flush (self);
  self->state = TUTTI_LINK_CLOSING;
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
  tutti_link_arm_life (self);
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
  if (self->stream != NULL && self->state != TUTTI_LINK_DONE)
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
  tutti_link_start_life (self);
  if (server)
    tutti_link_set_life (self, TUTTI_HOST_PING_AFTER_MS, TUTTI_HOST_DEAD_AFTER_MS);
  else
    tutti_link_set_life (self, TUTTI_GUEST_PING_AFTER_MS, TUTTI_GUEST_DEAD_AFTER_MS);
  return self;
}

void
tutti_link_close (TuttiLink *self, TuttiClose code, const char *words)
{
  g_return_if_fail (TUTTI_IS_LINK (self));
  g_return_if_fail (words == NULL || strlen (words) <= TUTTI_REASON_BYTES_MAX);

  tutti_link_finish (self, code, words);
}

gboolean
tutti_link_is_open (TuttiLink *self)
{
  g_return_val_if_fail (TUTTI_IS_LINK (self), FALSE);
  return self->state == TUTTI_LINK_OPEN;
}

void
tutti_link_set_pace (TuttiLink *self, guint a_second, guint at_once, guint patience_ms)
{
  g_return_if_fail (TUTTI_IS_LINK (self) && self->pace == NULL);

  if (self->state == TUTTI_LINK_OPEN)
    self->pace = tutti_pace_new (a_second, at_once, patience_ms,
                                 &(TuttiPaceCalls) { self, pace_deliver, pace_hold, pace_too_fast });
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
    .queued_bytes = tutti_link_queued_bytes (self), .queued_bytes_peak = self->queued_peak,
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
