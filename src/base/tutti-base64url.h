/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Base 64 with the alphabet for addresses and without padding (RFC 4648 §5), in one spelling only: equal bytes have equal texts.
 * Thread: any. */

/* (transfer full) */
char   *tutti_base64url_encode (const guint8 *bytes, gsize n);

/* Reads @length characters of @text into at most @size @bytes. Returns how many there are; −1 when it is no such text, or too
 * long. */
gssize  tutti_base64url_decode (const char *text, gsize length, guint8 *bytes, gsize size);

G_END_DECLS
