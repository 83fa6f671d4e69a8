/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-passcode.h"

#include <string.h>

/* Some 5 ms of one core: nothing for somebody who joins, and a guesser waits for other reasons anyway. It matters for whoever got
 * hold of the store. */
#define ROUNDS 4096

#define BLOCK 32

static void
finish (GHmac *hmac, guint8 out[BLOCK])
{
  gsize length = BLOCK;

  g_hmac_get_digest (hmac, out, &length);
  g_hmac_unref (hmac);
}

/* RFC 8018 §5.2 for one block, which is all that is asked for. */
void
tutti_passcode_derive (const char *passcode, const guint8 *salt, gsize salt_length, guint rounds, guint8 out[BLOCK])
{
  static const guint8 first_block[4] = { 0, 0, 0, 1 };
  GHmac *keyed = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) passcode, strlen (passcode));
  GHmac *hmac = g_hmac_copy (keyed);
  guint8 u[BLOCK];

  g_hmac_update (hmac, salt, (gssize) salt_length);
  g_hmac_update (hmac, first_block, sizeof first_block);
  finish (hmac, u);
  memcpy (out, u, BLOCK);
  for (guint i = 1; i < rounds; i++)
    {
      hmac = g_hmac_copy (keyed);
      g_hmac_update (hmac, u, BLOCK);
      finish (hmac, u);
      for (guint j = 0; j < BLOCK; j++)
        out[j] ^= u[j];
    }
  g_hmac_unref (keyed);
}

char *
tutti_passcode_keep (const char *passcode, const char *salt)
{
  GString *kept = g_string_new (salt);
  guint8 hash[BLOCK];

  tutti_passcode_derive (passcode, (const guint8 *) salt, strlen (salt), ROUNDS, hash);
  g_string_append_c (kept, ':');
  for (guint i = 0; i < BLOCK; i++)
    g_string_append_printf (kept, "%02x", hash[i]);
  return g_string_free (kept, FALSE);
}

gboolean
tutti_passcode_valid (const char *text)
{
  return strlen (text) == TUTTI_PASSCODE_KEPT_LENGTH && text[TUTTI_PASSCODE_SALT_HEX] == ':' &&
         strspn (text, "0123456789abcdef") == TUTTI_PASSCODE_SALT_HEX &&
         strspn (text + TUTTI_PASSCODE_SALT_HEX + 1, "0123456789abcdef") == 2 * BLOCK;
}

/* All of it is compared, so that the time tells nothing. */
gboolean
tutti_passcode_is (const char *kept, const char *passcode)
{
  g_autofree char *salt = g_strndup (kept, TUTTI_PASSCODE_SALT_HEX);
  g_autofree char *tried = tutti_passcode_keep (passcode, salt);
  guint different = 0;

  for (gsize i = 0; i < TUTTI_PASSCODE_KEPT_LENGTH; i++)
    different |= (guint) (kept[i] ^ tried[i]);
  return different == 0;
}
