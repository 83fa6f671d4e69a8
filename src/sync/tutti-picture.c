/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-picture.h"

#include <string.h>

#define SIDE TUTTI_PICTURE_SIDE
#define HALF (SIDE / 2)

/* Without padding at the end, each text is one picture and each picture one text. */
G_STATIC_ASSERT (TUTTI_PICTURE_BYTES % 3 == 0);

gboolean
tutti_picture_is_valid (const char *text)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  gsize length = strnlen (text, TUTTI_PICTURE_CHARS + 1);

  return length == 0 || (length == TUTTI_PICTURE_CHARS && strspn (text, letters) == length);
}

guint64
tutti_picture_hash (const char *text)
{
  g_autofree char *sum = NULL;

  if (*text == '\0')
    return 0;
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  sum[16] = '\0';
  return g_ascii_strtoull (sum, NULL, 16);
}

/* ---- colours ---- */

/* @sum parts of 2^@bits, rounded to the nearest of 0…255 and @zero away from it. */
static guint8
rounded (int zero, int sum, int bits)
{
  int whole = 1 << bits;

  /* Lifted above nothing, so that a division rounds in one direction. */
  return (guint8) CLAMP (zero + (sum + 1024 * whole + whole / 2) / whole - 1024, 0, 255);
}

/* Of four pixels together: @sum is the sum of each colour. */
static guint8
blue_difference (const int sum[3])
{
  return rounded (128, (-11059 * sum[0] - 21709 * sum[1] + 32768 * sum[2]) / 4, 16);
}

static guint8
red_difference (const int sum[3])
{
  return rounded (128, (32768 * sum[0] - 27439 * sum[1] - 5329 * sum[2]) / 4, 16);
}

static void
sum_four (const guint8 *rgb, guint x, guint y, int sum[3])
{
  for (guint colour = 0; colour < 3; colour++)
    {
      const guint8 *at = rgb + 3 * (2 * y * SIDE + 2 * x) + colour;

      sum[colour] = at[0] + at[3] + at[3 * SIDE] + at[3 * SIDE + 3];
    }
}

char *
tutti_picture_from_rgb (const guint8 *rgb)
{
  guint8 planes[TUTTI_PICTURE_BYTES], *blue = planes + SIDE * SIDE, *red = blue + HALF * HALF;
  int sum[3];

  for (guint i = 0; i < SIDE * SIDE; i++)
    planes[i] = rounded (0, 19595 * rgb[3 * i] + 38470 * rgb[3 * i + 1] + 7471 * rgb[3 * i + 2], 16);
  for (guint y = 0; y < HALF; y++)
    for (guint x = 0; x < HALF; x++)
      {
        sum_four (rgb, x, y, sum);
        blue[y * HALF + x] = blue_difference (sum);
        red[y * HALF + x] = red_difference (sum);
      }
  return g_base64_encode (planes, sizeof planes);
}

static void
put_pixel (guint8 *rgb, int bright, int blue, int red)
{
  rgb[0] = rounded (bright, 91881 * red, 16);
  rgb[1] = rounded (bright, -22554 * blue - 46802 * red, 16);
  rgb[2] = rounded (bright, 116130 * blue, 16);
}

void
tutti_picture_to_rgb (const char *text, guint8 *rgb)
{
  gsize length;
  g_autofree guint8 *planes = g_base64_decode (text, &length);

  g_return_if_fail (length == TUTTI_PICTURE_BYTES);
  const guint8 *blue = planes + SIDE * SIDE, *red = blue + HALF * HALF;

  for (guint y = 0; y < SIDE; y++)
    for (guint x = 0; x < SIDE; x++)
      {
        guint half = y / 2 * HALF + x / 2;

        put_pixel (rgb + 3 * (y * SIDE + x), planes[y * SIDE + x], blue[half] - 128, red[half] - 128);
      }
}
