/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* @side times @side pixels of three bytes, rows from the top, as a PNG file: not compressed, for a picture that is small anyway, so the
 * same pixels are the same bytes everywhere. @side: at most 146, which is what one block holds. (transfer full) */
GByteArray *tutti_png_from_rgb (const guint8 *rgb, guint side);
