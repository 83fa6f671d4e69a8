/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A link as a QR code: always dark on white, whatever the style, because cameras want it so. Where the program was built without
 * libqrencode there is none, and the widget hides itself. */

#define TUTTI_TYPE_QR (tutti_qr_get_type ())
G_DECLARE_FINAL_TYPE (TuttiQr, tutti_qr, TUTTI, QR, GtkWidget)

/* @size: pixels, with the quiet edge. */
GtkWidget *tutti_qr_new (int size);

/* @text: (nullable) at most 1000 bytes. */
void       tutti_qr_set_text (TuttiQr *self, const char *text);

gboolean   tutti_qr_is_available (void);

/* The code as squares: @side by @side bytes, 1 dark; NULL when there is none. (transfer full) */
guint8    *tutti_qr_squares (const char *text, int *side);

/* Draws them, with the quiet edge, into @size × @size. */
void       tutti_qr_draw (cairo_t *cr, const guint8 *squares, int side, int size);
