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

/* Both sides of up to STRETCH frames as one number each, -0 folded to 0 by adding 0, so that lanes can do it. Returns
 * whether all were numbers: the exponent of what is not has all bits set. */
#define STRETCH 64

TUTTI_CLONES static bool
pack (const float *left, const float *right, unsigned n, uint64_t *both)
{
  uint32_t largest = 0;

  for (unsigned i = 0; i < n; i++)
    {
      float l = left[i] + 0.0f, r = right[i] + 0.0f;
      uint32_t l_bits, r_bits;

      memcpy (&l_bits, &l, sizeof l_bits);
      memcpy (&r_bits, &r, sizeof r_bits);
      both[i] = l_bits | (uint64_t) r_bits << 32;
      l_bits &= 0x7fffffff;
      r_bits &= 0x7fffffff;
      largest = l_bits > largest ? l_bits : largest;
      largest = r_bits > largest ? r_bits : largest;
    }
  return largest < 0x7f800000;
}

/* One frame into its lane. The prime has few low bits: without folding, a difference in the upper half would stay there. */
static inline uint64_t
stir (uint64_t lane, uint64_t both)
{
  uint64_t h = (lane ^ both) * PRIME;

  return h ^ h >> 29;
}

/* Frame n of the whole goes into lane n mod 4. */
static void
stir_all (TuttiFingerprint *print, const uint64_t *both, unsigned n)
{
  unsigned first = (unsigned) (print->n_frames & 3), i = 0;
  uint64_t lane[4];

  for (unsigned k = 0; k < 4; k++)
    lane[k] = print->lane[(first + k) & 3];
  for (; i + 4 <= n; i += 4)
    for (unsigned k = 0; k < 4; k++)
      lane[k] = stir (lane[k], both[i + k]);
  for (unsigned k = 0; i + k < n; k++)
    lane[k] = stir (lane[k], both[i + k]);
  for (unsigned k = 0; k < 4; k++)
    print->lane[(first + k) & 3] = lane[k];
  print->n_frames += n;
}

void
tutti_fingerprint_feed (TuttiFingerprint *print, const float *left, const float *right, size_t n_frames)
{
  for (size_t at = 0; at < n_frames; at += STRETCH)
    {
      unsigned n = n_frames - at < STRETCH ? (unsigned) (n_frames - at) : STRETCH;
      uint64_t both[STRETCH];

      print->failed |= !pack (left + at, right + at, n, both);
      stir_all (print, both, n);
    }
}

/* Every bit of a lane reaches every other: what differed in its last frames alone has not been spread by the ones that follow. The
 * finalizer of MurmurHash3 (Appleby), which loses nothing. */
static uint64_t
spread (uint64_t lane)
{
  lane = (lane ^ lane >> 33) * 0xff51afd7ed558ccdULL;
  lane = (lane ^ lane >> 33) * 0xc4ceb9fe1a85ec53ULL;
  return lane ^ lane >> 33;
}

uint64_t
tutti_fingerprint_value (const TuttiFingerprint *print)
{
  uint64_t h = BASIS ^ print->n_frames;

  if (print->failed)
    return 0;
  for (unsigned l = 0; l < 4; l++)
    {
      h = (h ^ spread (print->lane[l])) * PRIME;
      h ^= h >> 29;
    }
  return h == 0 ? 1 : h;
}
