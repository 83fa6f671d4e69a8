/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-bucket.h"

enum { SECOND_US = 1000000 };

void
tutti_bucket_init (TuttiBucket *self, guint rate, guint burst, gint64 now_us)
{
  g_return_if_fail (rate >= 1 && rate <= SECOND_US && burst >= 1 && burst <= SECOND_US);

  self->token_us = SECOND_US / rate;
  self->full_us = self->token_us * burst;
  self->level_us = self->full_us;
  self->last_us = now_us;
}

static gint64
level_at (const TuttiBucket *self, gint64 now_us)
{
  gint64 passed_us = MAX (now_us - self->last_us, 0);

  return passed_us >= self->full_us - self->level_us ? self->full_us : self->level_us + passed_us;
}

gboolean
tutti_bucket_take (TuttiBucket *self, guint tokens, gint64 now_us)
{
  self->level_us = level_at (self, now_us);
  self->last_us = MAX (self->last_us, now_us);
  if (self->level_us < tokens * self->token_us)
    return FALSE;
  self->level_us -= tokens * self->token_us;
  return TRUE;
}

gint64
tutti_bucket_wait_us (const TuttiBucket *self, guint tokens, gint64 now_us)
{
  gint64 needed_us = tokens * self->token_us;

  if (needed_us > self->full_us)
    return G_MAXINT64;
  return MAX (needed_us - level_at (self, now_us), 0);
}
