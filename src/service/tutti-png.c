/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-png.h"

/* Bytes of a block that is stored as it is (RFC 1951 §3.2.4). */
#define BLOCK_MAX 65535

static void
put_number (GByteArray *out, guint32 number)
{
  guint32 wire = GUINT32_TO_BE (number);

  g_byte_array_append (out, (const guint8 *) &wire, sizeof wire);
}

/* CRC-32 as in PNG, annex D. */
static guint32
checksum (const guint8 *data, gsize length)
{
  guint32 sum = 0xffffffff;

  for (gsize i = 0; i < length; i++)
    {
      sum ^= data[i];
      for (guint bit = 0; bit < 8; bit++)
        sum = (sum >> 1) ^ ((sum & 1) != 0 ? 0xedb88320 : 0);
    }
  return ~sum;
}

static void
put_chunk (GByteArray *out, const char *type, const guint8 *data, guint length)
{
  guint begin;

  put_number (out, length);
  begin = out->len;
  g_byte_array_append (out, (const guint8 *) type, 4);
  g_byte_array_append (out, data, length);
  put_number (out, checksum (out->data + begin, out->len - begin));
}

static void
put_header (GByteArray *out, guint side)
{
  static const guint8 form[] = { 8, 2, 0, 0, 0 };    /* bits, colours without a palette, nothing else */
  g_autoptr(GByteArray) header = g_byte_array_new ();

  put_number (header, side);
  put_number (header, side);
  g_byte_array_append (header, form, sizeof form);
  put_chunk (out, "IHDR", header->data, header->len);
}

/* Each row begins with the number of its filter: none. */
static GByteArray *
rows_of (const guint8 *rgb, guint side)
{
  GByteArray *rows = g_byte_array_new ();

  for (guint y = 0; y < side; y++)
    {
      g_byte_array_append (rows, (const guint8 *) "", 1);
      g_byte_array_append (rows, rgb + 3 * side * y, 3 * side);
    }
  return rows;
}

/* Adler-32 (RFC 1950 §8). */
static guint32
sum_of (const GByteArray *data)
{
  guint32 one = 1, two = 0;

  for (guint i = 0; i < data->len; i++)
    {
      one = (one + data->data[i]) % 65521;
      two = (two + one) % 65521;
    }
  return two << 16 | one;
}

static void
put_pixels (GByteArray *out, const GByteArray *rows)
{
  const guint8 begin[] = { 0x78, 0x01, 1, rows->len & 0xff, rows->len >> 8, ~rows->len & 0xff, ~rows->len >> 8 & 0xff };
  g_autoptr(GByteArray) stream = g_byte_array_new ();

  g_byte_array_append (stream, begin, sizeof begin);
  g_byte_array_append (stream, rows->data, rows->len);
  put_number (stream, sum_of (rows));
  put_chunk (out, "IDAT", stream->data, stream->len);
}

GByteArray *
tutti_png_from_rgb (const guint8 *rgb, guint side)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  GByteArray *out = g_byte_array_new ();
  g_autoptr(GByteArray) rows = rows_of (rgb, side);

  g_return_val_if_fail (rows->len <= BLOCK_MAX, out);
  g_byte_array_append (out, signature, sizeof signature);
  put_header (out, side);
  put_pixels (out, rows);
  put_chunk (out, "IEND", NULL, 0);
  return out;
}
