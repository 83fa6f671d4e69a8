/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-meter.h"

#include "tutti-lanes.h"
#include <string.h>

/* 20 dB in 225 blocks. */
#define FALL 0.98981843f

void
tutti_meter_reset (TuttiMeter *meter)
{
  for (int s = 0; s < 2; s++)
    {
      meter->peak[s] = meter->shown[s] = 0.0f;
      atomic_store_explicit (&meter->published[s], 0, memory_order_relaxed);
    }
}

static void
publish (TuttiMeter *meter, int s)
{
  float fallen = meter->shown[s] * FALL;
  float shown = meter->peak[s] > fallen ? meter->peak[s] : fallen;
  uint32_t bits;

  meter->shown[s] = shown < TUTTI_FLUSH_BELOW ? 0.0f : shown;
  meter->peak[s] = 0.0f;
  memcpy (&bits, &meter->shown[s], sizeof bits);
  atomic_store_explicit (&meter->published[s], bits, memory_order_relaxed);
}

TUTTI_CLONES static int32_t
largest_bits (const float *x, unsigned n)
{
  return tutti_largest_bits (x, n);
}

void
tutti_meter_feed (TuttiMeter *meter, const TuttiBlock *block, unsigned from, unsigned to)
{
  for (int s = 0; s < 2; s++)
    {
      const float *x = s == 0 ? block->left : block->right;
      int32_t bits = largest_bits (x + from, to - from);
      float peak;

      memcpy (&peak, &bits, sizeof peak);
      meter->peak[s] = peak > meter->peak[s] ? peak : meter->peak[s];
      if (to == TUTTI_BLOCK)
        publish (meter, s);
    }
}

float
tutti_meter_read (const TuttiMeter *meter, unsigned side)
{
  uint32_t bits = atomic_load_explicit (&meter->published[side & 1], memory_order_relaxed);
  float shown;

  memcpy (&shown, &bits, sizeof shown);
  return shown;
}
