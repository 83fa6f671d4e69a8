/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sending: what waits is counted, and what is said in one go goes out together. */
#include "tutti-link-private.h"

#include <string.h>

#include "tutti-limits.h"

#define TOGETHER_BYTES (16 * 1024)     /* the most that TLS takes into one record */

gsize
tutti_link_queued_bytes (TuttiLink *self)
{
  guint64 given = self->handed_bytes + tutti_counted_stream_get_in (self->stream)->pong_bytes_owed;
  guint64 gone = tutti_counted_stream_get_out (self->stream)->bytes -
                 tutti_counted_stream_get_ping_bytes (self->stream);

  return given > gone ? given - gone : 0;
}

/* What was put together since the last time. It was begun on a free stream, and nobody else has written since. */
void
tutti_link_flush (TuttiLink *self)
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
    tutti_link_flush (self);
}

static gboolean
send_data (TuttiLink *self, GBytes *text)
{
  gsize length = g_bytes_get_size (text);
  gsize queued;

  if (self->state != TUTTI_LINK_OPEN || soup_websocket_connection_get_state (self->soup) != SOUP_WEBSOCKET_STATE_OPEN)
    return FALSE;
  queued = tutti_link_queued_bytes (self);
  if (queued + length > self->queue_limit)
    {
      tutti_link_finish (self, TUTTI_CLOSE_SLOW, NULL);
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
  queued = tutti_link_queued_bytes (self);
  self->queued_peak = MAX (self->queued_peak, queued);
  self->drain_wanted = self->drain_wanted || queued > self->low_mark;
  if (queued > 0)
    tutti_link_arm_life (self);
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
  tutti_link_flush (self);
}

void
tutti_link_set_queue (TuttiLink *self, gsize limit, gsize low_mark)
{
  g_return_if_fail (TUTTI_IS_LINK (self));

  self->queue_limit = limit;
  self->low_mark = low_mark;
}
