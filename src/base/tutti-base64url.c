/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-base64url.h"

#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

char *
tutti_base64url_encode (const guint8 *bytes, gsize n)
{
  GString *out = g_string_sized_new ((n + 2) / 3 * 4);
  guint held = 0;
  guint32 bits = 0;

  for (gsize i = 0; i < n; i++)
    {
      bits = bits << 8 | bytes[i];
      for (held += 8; held >= 6; held -= 6)
        g_string_append_c (out, alphabet[bits >> (held - 6) & 63]);
    }
  if (held > 0)
    g_string_append_c (out, alphabet[bits << (6 - held) & 63]);
  return g_string_free (out, FALSE);
}

gssize
tutti_base64url_decode (const char *text, gsize length, guint8 *bytes, gsize size)
{
  guint held = 0;
  guint32 bits = 0;
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    {
      const char *at = text[i] != '\0' ? strchr (alphabet, text[i]) : NULL;

      if (at == NULL)
        return -1;
      bits = bits << 6 | (guint32) (at - alphabet);
      held += 6;
      if (held < 8)
        continue;
      if (n == size)
        return -1;
      held -= 8;
      bytes[n++] = (guint8) (bits >> held);
    }
  /* A character too many, or bits in the last one that would be a second spelling. */
  if (held == 6 || (bits & ((1u << held) - 1)) != 0)
    return -1;
  return (gssize) n;
}
