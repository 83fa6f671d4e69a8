/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The picture of a person as it travels: no file of anybody's, but so many numbers in one fixed order. A plane of brightness, row by
 * row, then two of colour at half the density (BT.601 at full range, as in JPEG), a byte each, in base64. Every text of this
 * length and alphabet is a picture and nothing else is one, so nothing of a stranger's is ever decoded: no header, no length, no
 * compression. A plain text goes through hosts without a screen, which could not decode any file either. */

/* Twice the largest place where one shows. */
#define TUTTI_PICTURE_SIDE 72
#define TUTTI_PICTURE_BYTES (TUTTI_PICTURE_SIDE * TUTTI_PICTURE_SIDE * 3 / 2)
#define TUTTI_PICTURE_CHARS (TUTTI_PICTURE_BYTES / 3 * 4)
#define TUTTI_PICTURE_RGB_BYTES (TUTTI_PICTURE_SIDE * TUTTI_PICTURE_SIDE * 3)

/* Whether @text is a picture, or empty: none. */
gboolean tutti_picture_is_valid (const char *text);

/* By which pictures are told apart; 0: none. */
guint64  tutti_picture_hash     (const char *text);

/* @rgb: TUTTI_PICTURE_RGB_BYTES, rows from the top. (transfer full) */
char    *tutti_picture_from_rgb (const guint8 *rgb);

/* @text: a picture. */
void     tutti_picture_to_rgb   (const char *text, guint8 *rgb);
