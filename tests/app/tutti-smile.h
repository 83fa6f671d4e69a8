/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-picture.h"

#include <math.h>
#include <string.h>

/* A picture of somebody: a face that smiles, in front of a sky of one's own. (transfer full) */
static inline char *
tutti_smile (int sky)
{
  guint8 rgb[TUTTI_PICTURE_RGB_BYTES];

  for (int y = 0; y < TUTTI_PICTURE_SIDE; y++)
    for (int x = 0; x < TUTTI_PICTURE_SIDE; x++)
      {
        double mouth = hypot (x - 36, y - 38);
        gboolean face = hypot (x - 36, y - 40) < 24, eye = hypot (ABS (x - 36) - 9, y - 32) < 3.5;
        gboolean smile = y > 42 && mouth > 12 && mouth < 15;
        guint8 colour[3] = { (guint8) MIN (sky + y, 255), (guint8) (120 + y), (guint8) (255 - sky / 2) };

        if (face)
          memcpy (colour, eye || smile ? (const guint8[]) { 70, 40, 30 } : (const guint8[]) { 246, 200, 160 }, 3);
        memcpy (rgb + 3 * (y * TUTTI_PICTURE_SIDE + x), colour, 3);
      }
  return tutti_picture_from_rgb (rgb);
}
