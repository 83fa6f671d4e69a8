/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes below the messages: frames are counted the same however they arrive cut, and never beyond the limits; what answers
 * an upgrade agrees to it or is told apart. The first byte: 'u' an answer to the upgrade, else bits: 1 masked, the rest where to
 * cut. */
#include "tutti-frame-meter.h"
#include "tutti-fuzz.h"
#include "tutti-limits.h"
#include "tutti-upgrade.h"

#include <string.h>

const char *const fuzz_corpus[] = {
  "1\x81\x82" "abcdXY", "0\x81\x05hello", "3\x01\x82" "abcdXY\x80\x81" "abcdZ",
  "7\x89\x84" "abcdping\x8a\x81" "abcd!\x88\x82" "abcd\3\xe8",
  "1\x81\xfe\x7f\xff" "abcd",
  "1\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff" "abcd", "0\x81\x7e\x01\x01", "5\xc1\x81" "abcdX", "9\x82\x81" "abcdX",
  "uHTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ?\r\n"
  "Sec-WebSocket-Protocol: tutti.1\r\n\r\n",
  "uHTTP/1.1 426 Upgrade Required\r\nServer: Tutti\r\n\r\n", "uHTTP/1.1 404 Not Found\r\nServer: nginx\r\nContent-Length: 0\r\n\r\n", NULL
};

static void
check_meter (const TuttiFrameMeter *meter, size_t size)
{
  g_assert_cmpuint (meter->bytes, ==, size);
  g_assert_cmpuint (meter->payload_bytes, <=, size);
  g_assert_cmpuint (meter->header_have, <=, sizeof meter->header);
  g_assert_cmpuint (meter->message_bytes, <=, TUTTI_MESSAGE_BYTES_MAX);
  if (meter->verdict == TUTTI_FRAME_OK)
    g_assert_cmpuint (meter->message_frames, <=, TUTTI_MESSAGE_FRAMES_MAX);
}

static void
run_frames (const uint8_t *data, size_t size, guint how)
{
  TuttiFrameMeter whole, cut;
  size_t step = 1 + how / 2 % 13;

  tutti_frame_meter_init (&whole, TUTTI_MESSAGE_BYTES_MAX, TUTTI_MESSAGE_FRAMES_MAX, how & 1);
  tutti_frame_meter_init (&cut, TUTTI_MESSAGE_BYTES_MAX, TUTTI_MESSAGE_FRAMES_MAX, how & 1);
  tutti_frame_meter_feed (&whole, data, size);
  for (size_t at = 0; at < size; at += step)
    tutti_frame_meter_feed (&cut, data + at, MIN (step, size - at));
  check_meter (&whole, size);
  g_assert_cmpint (whole.verdict, ==, cut.verdict);
  g_assert_cmpuint (whole.payload_bytes, ==, cut.payload_bytes);
  g_assert_cmpuint (whole.messages, ==, cut.messages);
  g_assert_cmpuint (whole.pong_bytes_owed, ==, cut.pong_bytes_owed);
  g_assert_cmpint (tutti_frame_meter_at_boundary (&whole), ==, tutti_frame_meter_at_boundary (&cut));
}

/* The proof is drawn anew for each request, so no input knows it: whatever comes is refused. */
static void
run_answer (const uint8_t *data, size_t size)
{
  g_autoptr(TuttiAddress) address = tutti_address_new ("127.0.0.1", NULL, 7464);
  g_autoptr(TuttiUpgrade) upgrade = tutti_upgrade_new (address);
  g_autoptr(GError) error = NULL;

  g_assert_false (tutti_upgrade_check (upgrade, (const char *) data, size, &error));
  g_assert_true (error != NULL && error->message[0] != '\0');
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size == 0)
    return 0;
  if (data[0] == 'u')
    run_answer (data + 1, size - 1);
  else
    run_frames (data + 1, size - 1, data[0]);
  return 0;
}
