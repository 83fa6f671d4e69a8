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

/* One frame into its lane. The prime has few low bits: without folding, a difference in the upper half would stay there. */
static inline uint64_t
stir (uint64_t lane, uint32_t left, uint32_t right)
{
  uint64_t h = (lane ^ (left | (uint64_t) right << 32)) * PRIME;

  return h ^ h >> 29;
}

static inline void
feed_one (TuttiFingerprint *print, float left, float right)
{
  uint32_t l = bits_of (left), r = bits_of (right);
  uint64_t *lane = &print->lane[print->n_frames++ & 3];

  *lane = stir (*lane, l, r);
  print->failed |= !finite_bits (l) || !finite_bits (r);
}

/* Whole fours, the lanes held in registers. */
static size_t
feed_fours (TuttiFingerprint *print, const float *left, const float *right, size_t n_frames)
{
  uint64_t lane[4] = { print->lane[0], print->lane[1], print->lane[2], print->lane[3] };
  bool failed = print->failed;
  size_t i = 0;

  for (; i + 4 <= n_frames; i += 4)
    for (unsigned k = 0; k < 4; k++)
      {
        uint32_t l = bits_of (left[i + k]), r = bits_of (right[i + k]);

        lane[k] = stir (lane[k], l, r);
        failed |= !(finite_bits (l) && finite_bits (r));
      }
  for (unsigned k = 0; k < 4; k++)
    print->lane[k] = lane[k];
  print->n_frames += i;
  print->failed = failed;
  return i;
}

void
tutti_fingerprint_feed (TuttiFingerprint *print, const float *left, const float *right, size_t n_frames)
{
  size_t i = 0;

  for (; i < n_frames && (print->n_frames & 3) != 0; i++)
    feed_one (print, left[i], right[i]);
  i += feed_fours (print, left + i, right + i, n_frames - i);
  for (; i < n_frames; i++)
    feed_one (print, left[i], right[i]);
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
