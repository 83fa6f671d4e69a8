/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-lanes.h"
#include <stdint.h>

/* 2 to the x for control values, many times a block: |x| < 1000, within 1e-10. */
TUTTI_INLINE double
tutti_exp2_near (double x)
{
  int64_t n = (int64_t) (x + (x < 0.0 ? -0.5 : 0.5));
  double t = (x - (double) n) * 0.693147180559945309417, s = t * t, scale;
  uint64_t bits = (uint64_t) (n + 1023) << 52;
  double low = 1.0 + t + s * (0.5 + t * (1.0 / 6.0));
  double high = 1.0 / 24.0 + t * (1.0 / 120.0) + s * (1.0 / 720.0 + t * (1.0 / 5040.0) + s * (1.0 / 40320.0 + t * (1.0 / 362880.0)));

  memcpy (&scale, &bits, sizeof scale);
  return (low + s * s * high) * scale;
}
