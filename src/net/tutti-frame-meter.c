/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-frame-meter.h"

#include <string.h>

enum { OPCODE_CONTINUATION = 0, OPCODE_TEXT = 1, OPCODE_CLOSE = 8, OPCODE_PING = 9, OPCODE_PONG = 10 };
enum { CONTROL_PAYLOAD_MAX = 125 };

void
tutti_frame_meter_init (TuttiFrameMeter *self, guint64 message_max, guint frames_max, gboolean masked)
{
  memset (self, 0, sizeof *self);
  self->message_max = message_max;
  self->frames_max = frames_max;
  self->masked = masked;
}

/* How long the header is, as far as its first two bytes tell. */
static guint
header_length (const TuttiFrameMeter *self)
{
  guint length = 2;

  if (self->header_have < 2)
    return 2;
  if ((self->header[1] & 0x7f) == 126)
    length += 2;
  else if ((self->header[1] & 0x7f) == 127)
    length += 8;
  return length + (self->header[1] & 0x80 ? 4 : 0);
}

static guint64
payload_length (const TuttiFrameMeter *self)
{
  guint64 length = self->header[1] & 0x7f;
  guint more = length == 126 ? 2 : length == 127 ? 8 : 0;

  if (more > 0)
    length = 0;
  for (guint i = 0; i < more; i++)
    length = length << 8 | self->header[2 + i];
  return length;
}

static TuttiFrameVerdict
begin_control (TuttiFrameMeter *self, guint opcode, guint64 length)
{
  if (opcode > OPCODE_PONG || length > CONTROL_PAYLOAD_MAX || !self->frame_last)
    return TUTTI_FRAME_BAD;
  self->pings += opcode == OPCODE_PING;
  self->pongs += opcode == OPCODE_PONG;
  if (opcode == OPCODE_PING)
    self->pong_bytes_owed += tutti_frame_size (length, !self->masked);
  return TUTTI_FRAME_OK;
}

/* Only text, and a continuation only where something is to be continued. */
static TuttiFrameVerdict
begin_data (TuttiFrameMeter *self, guint opcode, guint64 length)
{
  if (opcode != (self->message_open ? OPCODE_CONTINUATION : OPCODE_TEXT))
    return TUTTI_FRAME_BAD;
  if (!self->message_open)
    self->message_bytes = self->message_frames = 0;
  self->message_open = TRUE;
  self->message_frames++;
  /* Each term is below 2^63, or refused before it is added: no wrap. */
  if (length > self->message_max || self->message_bytes + length > self->message_max ||
      self->message_frames > self->frames_max)
    return TUTTI_FRAME_TOO_BIG;
  self->message_bytes += length;
  return TUTTI_FRAME_OK;
}

static void
end_frame (TuttiFrameMeter *self)
{
  self->header_have = 0;
  if (self->frame_control || !self->frame_last)
    return;
  self->messages++;
  self->message_open = FALSE;
}

static TuttiFrameVerdict
begin_frame (TuttiFrameMeter *self)
{
  guint opcode = self->header[0] & 0x0f;
  guint64 length = payload_length (self);

  self->frame_last = (self->header[0] & 0x80) != 0;
  self->frame_control = opcode >= OPCODE_CLOSE;
  self->frame_left = length;
  if ((self->header[0] & 0x70) != 0 || ((self->header[1] & 0x80) != 0) != self->masked)
    return TUTTI_FRAME_BAD;
  return self->frame_control ? begin_control (self, opcode, length) : begin_data (self, opcode, length);
}

TuttiFrameVerdict
tutti_frame_meter_feed (TuttiFrameMeter *self, const guint8 *bytes, gsize length)
{
  gsize at = 0;

  self->bytes += length;
  while (at < length && self->verdict == TUTTI_FRAME_OK)
    {
      if (self->frame_left > 0)
        {
          gsize step = MIN (self->frame_left, length - at);

          self->frame_left -= step;
          if (!self->frame_control)
            self->payload_bytes += step;
          at += step;
          if (self->frame_left == 0)
            end_frame (self);
          continue;
        }
      self->header[self->header_have++] = bytes[at++];
      if (self->header_have == header_length (self))
        {
          self->verdict = begin_frame (self);
          if (self->frame_left == 0)
            end_frame (self);
        }
    }
  return self->verdict;
}

gboolean
tutti_frame_meter_at_boundary (const TuttiFrameMeter *self)
{
  return self->header_have == 0 && self->frame_left == 0;
}

gsize
tutti_frame_size (gsize payload, gboolean masked)
{
  return payload + 2 + (payload > 65535 ? 8 : payload > 125 ? 2 : 0) + (masked ? 4 : 0);
}
