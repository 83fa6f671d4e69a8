/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-backoff.h"

enum { FIRST_MS = 1000, LAST_MS = 30000, DOUBLINGS = 5 };

guint
tutti_backoff_ms (guint attempt, guint32 random)
{
  guint base_ms = MIN (FIRST_MS << MIN (attempt, DOUBLINGS), LAST_MS);
  guint spread_ms = base_ms / 2;

  return base_ms - spread_ms / 2 + (guint) (((guint64) random * (spread_ms + 1)) >> 32);
}
