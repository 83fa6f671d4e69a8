/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames along one direction: a table of what is refused, and the law that any split of the bytes counts the same. */
#include "tutti-frame-meter.h"

#include <string.h>

#include "tutti-limits.h"

#define BYTES(...) (const guint8[]) { __VA_ARGS__ }, sizeof ((const guint8[]) { __VA_ARGS__ })

static const struct { const char *name; TuttiFrameVerdict verdict; const guint8 *bytes; gsize length; } rows[] = {
  { "text", TUTTI_FRAME_OK, BYTES (0x81, 2, 'h', 'i') },
  { "empty-text", TUTTI_FRAME_OK, BYTES (0x81, 0) },
  { "pieces", TUTTI_FRAME_OK, BYTES (0x01, 1, 'a', 0x00, 1, 'b', 0x89, 0, 0x80, 1, 'c') },
  { "announced-too-big", TUTTI_FRAME_TOO_BIG, BYTES (0x81, 126, 0x04, 0x01) },
  { "announced-2^63", TUTTI_FRAME_TOO_BIG, BYTES (0x81, 127, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff) },
  { "sum-too-big", TUTTI_FRAME_TOO_BIG, BYTES (0x01, 1, 'a', 0x00, 126, 0x04, 0x00) },
  { "sum-wraps", TUTTI_FRAME_TOO_BIG,
    BYTES (0x01, 1, 'a', 0x00, 127, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff) },
  { "many-pieces", TUTTI_FRAME_TOO_BIG, BYTES (0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0) },
  { "masked", TUTTI_FRAME_BAD, BYTES (0x81, 0x81, 1, 2, 3, 4, 'a') },
  { "reserved-bit", TUTTI_FRAME_BAD, BYTES (0xc1, 0) },
  { "binary", TUTTI_FRAME_BAD, BYTES (0x82, 0) },
  { "reserved-opcode", TUTTI_FRAME_BAD, BYTES (0x83, 0) },
  { "reserved-control", TUTTI_FRAME_BAD, BYTES (0x8b, 0) },
  { "control-in-pieces", TUTTI_FRAME_BAD, BYTES (0x09, 0) },
  { "control-too-long", TUTTI_FRAME_BAD, BYTES (0x89, 126, 0, 126) },
  { "nothing-to-continue", TUTTI_FRAME_BAD, BYTES (0x80, 0) },
  { "text-inside-text", TUTTI_FRAME_BAD, BYTES (0x01, 0, 0x81, 0) },
};

static void
test_row (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  TuttiFrameMeter meter;

  tutti_frame_meter_init (&meter, 1024, 4, FALSE);
  g_assert_cmpint (tutti_frame_meter_feed (&meter, rows[row].bytes, rows[row].length), ==, rows[row].verdict);
  g_assert_cmpuint (meter.bytes, ==, rows[row].length);
}

static void
append_frame (GRand *rand, GByteArray *out, guint8 first, gsize length, gboolean masked)
{
  guint8 header[14] = { first };
  gsize n = 2;

  if (length > 65535)
    {
      header[1] = 127;
      for (int i = 0; i < 8; i++)
        header[2 + i] = (guint64) length >> (56 - 8 * i);
      n = 10;
    }
  else if (length > 125)
    {
      header[1] = 126;
      header[2] = length >> 8;
      header[3] = length & 0xff;
      n = 4;
    }
  else
    header[1] = length;
  if (masked)
    {
      header[1] |= 0x80;
      n += 4;
    }
  g_byte_array_append (out, header, n);
  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = g_rand_int (rand);
      g_byte_array_append (out, &byte, 1);
    }
}

/* A random valid stream; returns what the meter must have counted. */
static TuttiFrameMeter
make_stream (GRand *rand, GByteArray *out, gboolean masked)
{
  TuttiFrameMeter expected = { 0 };
  int messages = g_rand_int_range (rand, 0, 8);

  for (int i = 0; i < messages; i++)
    {
      int pieces = g_rand_int_range (rand, 1, 5);

      for (int piece = 0; piece < pieces; piece++)
        {
          gsize length = g_rand_int_range (rand, 0, g_rand_int_range (rand, 0, 8) == 0 ? 15000 : 200);
          gsize ping = g_rand_int_range (rand, 0, 126);

          append_frame (rand, out, (piece == 0 ? 1 : 0) | (piece == pieces - 1 ? 0x80 : 0), length, masked);
          expected.payload_bytes += length;
          if (g_rand_int_range (rand, 0, 3) > 0)
            continue;
          append_frame (rand, out, 0x89, ping, masked);
          expected.pings++;
          expected.pong_bytes_owed += tutti_frame_size (ping, !masked);
        }
      expected.messages++;
    }
  expected.bytes = out->len;
  return expected;
}

static void
test_law_split (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (int round = 0; round < 300; round++)
    {
      g_autoptr(GByteArray) stream = g_byte_array_new ();
      gboolean masked = g_rand_boolean (rand);
      TuttiFrameMeter expected = make_stream (rand, stream, masked);
      TuttiFrameMeter meter;

      tutti_frame_meter_init (&meter, TUTTI_MESSAGE_BYTES_MAX, TUTTI_MESSAGE_FRAMES_MAX, masked);
      for (guint at = 0; at < stream->len;)
        {
          guint step = g_rand_int_range (rand, 1, 1 << g_rand_int_range (rand, 1, 14));

          step = MIN (step, stream->len - at);
          g_assert_cmpint (tutti_frame_meter_feed (&meter, stream->data + at, step), ==, TUTTI_FRAME_OK);
          at += step;
        }
      g_assert_true (tutti_frame_meter_at_boundary (&meter));
      g_assert_cmpuint (meter.bytes, ==, expected.bytes);
      g_assert_cmpuint (meter.payload_bytes, ==, expected.payload_bytes);
      g_assert_cmpuint (meter.messages, ==, expected.messages);
      g_assert_cmpuint (meter.pings, ==, expected.pings);
      g_assert_cmpuint (meter.pong_bytes_owed, ==, expected.pong_bytes_owed);
    }
}

/* Anything at all: no crash, one lasting verdict, and never an open message beyond the limit. */
static void
test_law_noise (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (int round = 0; round < 3000; round++)
    {
      TuttiFrameMeter meter;
      TuttiFrameVerdict before = TUTTI_FRAME_OK;

      tutti_frame_meter_init (&meter, 1000, 8, FALSE);
      for (int i = 0; i < 40; i++)
        {
          guint8 bytes[16];
          TuttiFrameVerdict verdict;

          for (gsize at = 0; at < sizeof bytes; at++)
            bytes[at] = (guint8) (g_rand_boolean (rand) ? (int) (g_rand_int (rand) & 0xff)
                                                        : "\x01\x00\x80\x81\x89\x05\x7e\x7f"[g_rand_int_range (rand, 0, 8)]);
          verdict = tutti_frame_meter_feed (&meter, bytes, g_rand_int_range (rand, 0, sizeof bytes + 1));
          g_assert_true (before == TUTTI_FRAME_OK || verdict == before);
          g_assert_cmpuint (meter.message_bytes, <=, 1000);
          before = verdict;
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/frame-meter/", rows[i].name, NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_row);
    }
  g_test_add_func ("/frame-meter/law/split", test_law_split);
  g_test_add_func ("/frame-meter/law/noise", test_law_noise);
  return g_test_run ();
}
