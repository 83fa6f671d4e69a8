/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-fingerprint.h"

#include <string.h>

/* FNV-1a's constants for 64 bits (Fowler, Noll, Vo). */
#define BASIS 0xcbf29ce484222325ULL
#define PRIME 0x00000100000001b3ULL

void
tutti_fingerprint_reset (TuttiFingerprint *print)
{
  memset (print, 0, sizeof *print);
  for (unsigned l = 0; l < 4; l++)
    print->lane[l] = BASIS + l;
}

static uint32_t
bits_of (float x)
{
  uint32_t bits;

  memcpy (&bits, &x, sizeof bits);
  return bits == 0x80000000u ? 0 : bits;
}

static bool
finite_bits (uint32_t bits)
{
  return (bits & 0x7f800000u) != 0x7f800000u;
}

void
tutti_fingerprint_feed (TuttiFingerprint *print, const float *left, const float *right, size_t n_frames)
{
  for (size_t i = 0; i < n_frames; i++)
    {
      uint32_t l = bits_of (left[i]), r = bits_of (right[i]);
      uint64_t *lane = &print->lane[print->n_frames++ & 3];
      uint64_t h = (*lane ^ (l | (uint64_t) r << 32)) * PRIME;

      /* The prime has few low bits: without folding, a difference in the upper half would stay there. */
      *lane = h ^ h >> 29;
      print->failed |= !finite_bits (l) || !finite_bits (r);
    }
}

uint64_t
tutti_fingerprint_value (const TuttiFingerprint *print)
{
  uint64_t h = BASIS ^ print->n_frames;

  if (print->failed)
    return 0;
  for (unsigned l = 0; l < 4; l++)
    {
      h = (h ^ print->lane[l]) * PRIME;
      h ^= h >> 29;
    }
  return h == 0 ? 1 : h;
}
