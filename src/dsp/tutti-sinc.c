/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sinc.h"

#include "tutti-sinc-table.h"

/* Lanes are spelled out as vectors, because compilers lower the gathering loops of interpolation badly. The sum of the 16
 * products is one fixed tree, the same with 4 and with 8 lanes: ((0..3 + 8..11) + (4..7 + 12..15)), then across lanes. */
typedef float Lanes4 __attribute__ ((vector_size (16)));
typedef float Lanes8 __attribute__ ((vector_size (32)));
typedef float Unaligned4 __attribute__ ((vector_size (16), aligned (4), may_alias));
typedef float Unaligned8 __attribute__ ((vector_size (32), aligned (4), may_alias));

#define ALWAYS_INLINE static inline __attribute__ ((always_inline))

ALWAYS_INLINE Lanes4
load4 (const float *from)
{
  return *(const Unaligned4 *) from;
}

ALWAYS_INLINE void
add4 (float *to, Lanes4 value)
{
  *(Unaligned4 *) to = *(const Unaligned4 *) to + value;
}

/* Where one frame reads: the first of its 16 frames, the table's row, and how far towards the next row in 2^-25 steps (a
 * conversion that rounds to nearest, the same everywhere; the rows' growth is stored per step). */
typedef struct
{
  int64_t             first;
  const TuttiSincRow *row;
  float               share;
} Place;

#define SHARE_BITS (32 - TUTTI_SINC_PHASE_BITS)

ALWAYS_INLINE Place
place_of (int64_t position, unsigned shift)
{
  int64_t there = position >> shift;
  size_t row = (uint32_t) there >> SHARE_BITS;
  Place place;

  place.first = there >> 32;
  place.row = &tutti_sinc_table[row];
  place.share = (float) (int32_t) ((uint32_t) there & ((1u << SHARE_BITS) - 1));
  return place;
}

/* Lane i of the result is the sum over the lanes of the i-th: a 4 x 4 transposition woven into the additions. */
ALWAYS_INLINE Lanes4
across (const Lanes4 *a)
{
  Lanes4 ac = __builtin_shufflevector (a[0], a[2], 0, 4, 1, 5) + __builtin_shufflevector (a[0], a[2], 2, 6, 3, 7);
  Lanes4 bd = __builtin_shufflevector (a[1], a[3], 0, 4, 1, 5) + __builtin_shufflevector (a[1], a[3], 2, 6, 3, 7);

  return __builtin_shufflevector (ac, bd, 0, 4, 1, 5) + __builtin_shufflevector (ac, bd, 2, 6, 3, 7);
}

/* The same from 8 lanes each, of which the upper four are added to the lower first. */
ALWAYS_INLINE Lanes4
across_wide (const Lanes8 *a)
{
  Lanes8 ab = __builtin_shufflevector (a[0], a[1], 0, 1, 2, 3, 8, 9, 10, 11)
              + __builtin_shufflevector (a[0], a[1], 4, 5, 6, 7, 12, 13, 14, 15);
  Lanes8 cd = __builtin_shufflevector (a[2], a[3], 0, 1, 2, 3, 8, 9, 10, 11)
              + __builtin_shufflevector (a[2], a[3], 4, 5, 6, 7, 12, 13, 14, 15);
  Lanes8 acbd = __builtin_shufflevector (ab, cd, 0, 8, 1, 9, 4, 12, 5, 13)
                + __builtin_shufflevector (ab, cd, 2, 10, 3, 11, 6, 14, 7, 15);

  return __builtin_shufflevector (acbd, acbd, 0, 4, 1, 5) + __builtin_shufflevector (acbd, acbd, 2, 6, 3, 7);
}

/* Four frames from position on, with 4-lane registers. */
ALWAYS_INLINE void
four_narrow (const TuttiSampleLevel *level, int64_t position, int64_t step, unsigned n_sides, Lanes4 *out)
{
  Lanes4 sum[2][4];

  for (int i = 0; i < 4; i++)
    {
      Place place = place_of (position + i * step, level->shift);
      Lanes4 share = { place.share, place.share, place.share, place.share };
      Lanes4 tap[4];

      for (int k = 0; k < 4; k++)
        tap[k] = *(const Lanes4 *) &place.row->tap[4 * k] + share * *(const Lanes4 *) &place.row->grow[4 * k];
      for (unsigned s = 0; s < n_sides; s++)
        {
          const float *x = level->channel[s] + place.first;

          sum[s][i] = (tap[0] * load4 (x) + tap[2] * load4 (x + 8)) + (tap[1] * load4 (x + 4) + tap[3] * load4 (x + 12));
        }
    }
  for (unsigned s = 0; s < n_sides; s++)
    out[s] = across (sum[s]);
}

/* The same with 8-lane registers. */
ALWAYS_INLINE void
four_wide (const TuttiSampleLevel *level, int64_t position, int64_t step, unsigned n_sides, Lanes4 *out)
{
  Lanes8 sum[2][4];

  for (int i = 0; i < 4; i++)
    {
      Place place = place_of (position + i * step, level->shift);
      float f = place.share;
      Lanes8 share = { f, f, f, f, f, f, f, f };
      Lanes8 low = *(const Lanes8 *) &place.row->tap[0] + share * *(const Lanes8 *) &place.row->grow[0];
      Lanes8 high = *(const Lanes8 *) &place.row->tap[8] + share * *(const Lanes8 *) &place.row->grow[8];

      for (unsigned s = 0; s < n_sides; s++)
        {
          const float *x = level->channel[s] + place.first;

          sum[s][i] = low * *(const Unaligned8 *) x + high * *(const Unaligned8 *) (x + 8);
        }
    }
  for (unsigned s = 0; s < n_sides; s++)
    out[s] = across_wide (sum[s]);
}

/* The ramp in lanes, held in registers; frame counts on in whole numbers, so exactly. */
typedef struct
{
  Lanes4 left, right, left_step, right_step, frame;
} Ramp;

ALWAYS_INLINE Ramp
ramp_of (const TuttiGainRamp *gain, unsigned from)
{
  Lanes4 zero = { 0.0f, 0.0f, 0.0f, 0.0f }, lane = { 0.0f, 1.0f, 2.0f, 3.0f };

  return (Ramp) { zero + gain->left, zero + gain->right, zero + gain->left_step, zero + gain->right_step,
                  lane + (float) (int32_t) from };
}

/* Adds n (1 … 4) frames times their gains. */
ALWAYS_INLINE void
add_frames (TuttiBlock *bus, unsigned at, unsigned n, Ramp *ramp, Lanes4 left, Lanes4 right)
{
  left *= ramp->left + ramp->left_step * ramp->frame;
  right *= ramp->right + ramp->right_step * ramp->frame;
  ramp->frame += 4.0f;
  if (n == 4)
    {
      add4 (bus->left + at, left);
      add4 (bus->right + at, right);
      return;
    }
  for (unsigned i = 0; i < n; i++)
    {
      bus->left[at + i] += left[i];
      bus->right[at + i] += right[i];
    }
}

/* The level is copied and the last frames taken apart so that the loop keeps all it knows in registers. */
ALWAYS_INLINE void
add_range (const TuttiSampleLevel *shared_level, int64_t position, int64_t step, const TuttiGainRamp *gain,
           unsigned from, unsigned to, TuttiBlock *bus, bool wide, unsigned n_sides)
{
  TuttiSampleLevel level = *shared_level;
  Ramp ramp = ramp_of (gain, from);
  unsigned at = from;
  Lanes4 out[2];

  level.channel[0] -= TUTTI_SINC_TAPS / 2 - 1;
  level.channel[1] -= TUTTI_SINC_TAPS / 2 - 1;
  for (; at + 4 <= to; at += 4, position += 4 * step)
    {
      if (wide)
        four_wide (&level, position, step, n_sides, out);
      else
        four_narrow (&level, position, step, n_sides, out);
      add_frames (bus, at, 4, &ramp, out[0], out[n_sides - 1]);
    }
  if (at < to)
    {
      four_narrow (&level, position, step, n_sides, out);
      add_frames (bus, at, to - at, &ramp, out[0], out[n_sides - 1]);
    }
}

/* What the table's row 0 would give, to the bit: the frame itself. */
static void
add_unity (const TuttiSampleLevel *level, int64_t first, const TuttiGainRamp *gain, unsigned from, unsigned to,
           TuttiBlock *bus)
{
  const float *left = level->channel[0] + first, *right = level->channel[1] + first;
  Ramp ramp = ramp_of (gain, from);
  unsigned at = from;

  for (; at + 4 <= to; at += 4, left += 4, right += 4)
    add_frames (bus, at, 4, &ramp, load4 (left), load4 (right));
  if (at < to)
    add_frames (bus, at, to - at, &ramp, load4 (left), load4 (right));
}

static void
add_narrow (const TuttiSample *sample, const TuttiSampleLevel *level, int64_t position, int64_t step,
            const TuttiGainRamp *gain, unsigned from, unsigned to, TuttiBlock *bus)
{
  if (sample->n_channels == 1)
    add_range (level, position, step, gain, from, to, bus, false, 1);
  else
    add_range (level, position, step, gain, from, to, bus, false, 2);
}

#if defined(__x86_64__) && defined(__GNUC__)
/* AVX2 without FMA: a fused sum would round once less. Chosen by a flag and not by an ifunc, so that it also runs under the
 * thread sanitizer. */
__attribute__ ((target ("avx2,bmi,bmi2"))) static void
add_wide (const TuttiSample *sample, const TuttiSampleLevel *level, int64_t position, int64_t step,
          const TuttiGainRamp *gain, unsigned from, unsigned to, TuttiBlock *bus)
{
  if (sample->n_channels == 1)
    add_range (level, position, step, gain, from, to, bus, true, 1);
  else
    add_range (level, position, step, gain, from, to, bus, true, 2);
}
#else
#define add_wide add_narrow
#endif

/* Level 0 serves up to 7/6 (what folds back then stays above 20 kHz), every further level half an octave more. */
unsigned
tutti_sinc_level (int64_t step)
{
  /* 7/6 * 2^(i/2) in 32.32; the root of 2 to 32 bits. */
  static const int64_t whole = 7 * TUTTI_SINC_ONE / 6, half = 7086334500;
  unsigned level = 0;

  for (int octave = 0; octave < TUTTI_SAMPLE_LEVELS / 2; octave++)
    level += (unsigned) (step > whole << octave) + (unsigned) (step > half << octave);
  return level;
}

bool
tutti_sinc_add (const TuttiSample *sample, int64_t position, int64_t step, const TuttiGainRamp *gain, unsigned from,
                unsigned to, TuttiBlock *bus)
{
  int64_t end = (int64_t) sample->n_frames << 32;
  bool goes_on = position + (int64_t) (to - from) * step < end;

  if (position < 0 || position >= end || step < 1 || step > TUTTI_SINC_MAX_STEP)
    return false;
  if (!goes_on)
    {
      int64_t left = (end - position + step - 1) / step;
      to = left < (int64_t) (to - from) ? from + (unsigned) left : to;
    }

  const TuttiSampleLevel *level = &sample->level[tutti_sinc_level (step)];
  if (step == TUTTI_SINC_ONE && (uint32_t) position == 0)
    add_unity (level, position >> 32, gain, from, to, bus);
  else if (tutti_sinc_wide)
    add_wide (sample, level, position, step, gain, from, to, bus);
  else
    add_narrow (sample, level, position, step, gain, from, to, bus);
  return goes_on;
}
