/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A passcode as it is kept: salted, and hashed slowly (PBKDF2 with HMAC-SHA256, RFC 8018), as "salt:hash" in hex. Thread: any. */

#define TUTTI_PASSCODE_SALT_HEX 32
#define TUTTI_PASSCODE_KEPT_LENGTH (TUTTI_PASSCODE_SALT_HEX + 1 + 64)

/* @salt: TUTTI_PASSCODE_SALT_HEX hex digits. (transfer full) */
char    *tutti_passcode_keep  (const char *passcode, const char *salt);

/* Whether @passcode is the one kept as @kept. Takes some milliseconds, and as long for a wrong one. */
gboolean tutti_passcode_is    (const char *kept, const char *passcode);

/* Whether @text has the form of what keep() gives. */
gboolean tutti_passcode_valid (const char *text);

/* The derivation itself: 32 bytes of PBKDF2-HMAC-SHA256. */
void     tutti_passcode_derive (const char *passcode, const guint8 *salt, gsize salt_length, guint rounds, guint8 out[32]);
