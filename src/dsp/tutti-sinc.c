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

/* The level is copied so that the loop keeps all it knows in registers. */
ALWAYS_INLINE void
add_range (const TuttiSampleLevel *shared_level, int64_t position, int64_t step, const TuttiGainRamp *gain,
           unsigned from, unsigned to, TuttiBlock *bus, unsigned n_sides)
{
  TuttiSampleLevel level = *shared_level;
  Ramp ramp = ramp_of (gain, from);

  level.channel[0] -= TUTTI_SINC_TAPS / 2 - 1;
  level.channel[1] -= TUTTI_SINC_TAPS / 2 - 1;
  for (unsigned at = from; at < to; at += 4, position += 4 * step)
    {
      Lanes4 out[2];

      four_narrow (&level, position, step, n_sides, out);
      add_frames (bus, at, to - at < 4 ? to - at : 4, &ramp, out[0], out[n_sides - 1]);
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
    add_range (level, position, step, gain, from, to, bus, 1);
  else
    add_range (level, position, step, gain, from, to, bus, 2);
}

#if defined(__x86_64__) && defined(__GNUC__)
/* From here on 8 lanes: AVX2 without FMA, since a fused sum would round once less. Chosen by a flag and not by an ifunc, so
 * that it also runs under the thread sanitizer. */
#define WIDE __attribute__ ((target ("avx2,bmi,bmi2")))
#define WIDE_INLINE static inline __attribute__ ((always_inline, target ("avx2,bmi,bmi2")))

typedef uint64_t Places4 __attribute__ ((vector_size (32)));
typedef int32_t Whole8 __attribute__ ((vector_size (32)));

/* One load; adding to zero would keep the addition, for the sake of -0. */
#define ALL8(x) ((Lanes8) { (x), (x), (x), (x), (x), (x), (x), (x) })

/* Where four frames read: byte offsets of their frames and rows, and their shares (every second float). */
typedef struct
{
  alignas (32) uint64_t first[4];
  alignas (32) uint64_t row[4];
  alignas (32) float share[8];
} Places;

WIDE_INLINE void
places_of (Places4 position, unsigned shift, Places *places)
{
  Places4 there = position >> shift;
  Places4 first = there >> 30 & ~(uint64_t) 3, share = there & ((1u << SHARE_BITS) - 1);
  Places4 row = there >> (SHARE_BITS - 7) & (uint64_t) (TUTTI_SINC_PHASES - 1) << 7;

  _Static_assert (sizeof (TuttiSincRow) == 1 << 7, "a row's offset is its number, shifted");
  *(Places4 *) places->first = first;
  *(Places4 *) places->row = row;
  *(Lanes8 *) places->share = __builtin_convertvector ((Whole8) share, Lanes8);
  /* Through memory: taking the lanes out of the registers one by one costs more than loading them. */
  __asm__ ("" : "+m" (*places));
}

/* Eight partial sums of frame i for each side. */
WIDE_INLINE void
partial_sums (const Places *places, unsigned i, const TuttiSampleLevel *level, unsigned n_sides, Lanes8 (*sum)[8],
              unsigned to)
{
  const TuttiSincRow *row = (const TuttiSincRow *) ((const char *) tutti_sinc_table + places->row[i]);
  Lanes8 share = ALL8 (places->share[2 * i]);
  Lanes8 low = *(const Lanes8 *) &row->tap[0] + share * *(const Lanes8 *) &row->grow[0];
  Lanes8 high = *(const Lanes8 *) &row->tap[8] + share * *(const Lanes8 *) &row->grow[8];

  for (unsigned s = 0; s < n_sides; s++)
    {
      const float *x = (const float *) ((const char *) level->channel[s] + places->first[i]);

      sum[s][to] = low * *(const Unaligned8 *) x + high * *(const Unaligned8 *) (x + 8);
    }
}

/* across () for eight frames: upper lanes to lower first, frame k beside frame k + 4, then the same tree in both halves. */
WIDE_INLINE Lanes8
across_wide (const Lanes8 *a)
{
  Lanes8 pair[4];

  for (int k = 0; k < 4; k++)
    pair[k] = __builtin_shufflevector (a[k], a[k + 4], 0, 1, 2, 3, 12, 13, 14, 15)
              + __builtin_shufflevector (a[k], a[k + 4], 4, 5, 6, 7, 8, 9, 10, 11);

  Lanes8 even = __builtin_shufflevector (pair[0], pair[2], 0, 8, 1, 9, 4, 12, 5, 13)
                + __builtin_shufflevector (pair[0], pair[2], 2, 10, 3, 11, 6, 14, 7, 15);
  Lanes8 odd = __builtin_shufflevector (pair[1], pair[3], 0, 8, 1, 9, 4, 12, 5, 13)
               + __builtin_shufflevector (pair[1], pair[3], 2, 10, 3, 11, 6, 14, 7, 15);

  return __builtin_shufflevector (even, odd, 0, 8, 1, 9, 4, 12, 5, 13)
         + __builtin_shufflevector (even, odd, 2, 10, 3, 11, 6, 14, 7, 15);
}

/* Whole eights; returns the frame of the block up to which it came. */
WIDE_INLINE unsigned
add_eights (const TuttiSampleLevel *shared_level, int64_t position, int64_t step, const TuttiGainRamp *gain,
            unsigned from, unsigned to, TuttiBlock *bus, unsigned n_sides)
{
  TuttiSampleLevel level = *shared_level;
  uint64_t p = (uint64_t) position, d = (uint64_t) step;
  Places4 four = { p, p + d, p + 2 * d, p + 3 * d }, on = { 4 * d, 4 * d, 4 * d, 4 * d };
  Lanes8 frame = { 0.0f, 1.0f, 2.0f, 3.0f, 4.0f, 5.0f, 6.0f, 7.0f };
  Lanes8 left = ALL8 (gain->left), right = ALL8 (gain->right);
  Lanes8 left_step = ALL8 (gain->left_step), right_step = ALL8 (gain->right_step);
  unsigned at = from;

  level.channel[0] -= TUTTI_SINC_TAPS / 2 - 1;
  level.channel[1] -= TUTTI_SINC_TAPS / 2 - 1;
  frame += (float) (int32_t) from;
  for (; at + 8 <= to; at += 8, frame += 8.0f)
    {
      Lanes8 sum[2][8], out[2];
      Places places[2];

      places_of (four, level.shift, &places[0]);
      places_of (four + on, level.shift, &places[1]);
      four += on + on;
      for (unsigned i = 0; i < 8; i++)
        partial_sums (&places[i >> 2], i & 3, &level, n_sides, sum, i);
      for (unsigned s = 0; s < n_sides; s++)
        out[s] = across_wide (sum[s]);
      *(Unaligned8 *) &bus->left[at] += out[0] * (left + left_step * frame);
      *(Unaligned8 *) &bus->right[at] += out[n_sides - 1] * (right + right_step * frame);
    }
  return at;
}

WIDE static void
add_wide (const TuttiSample *sample, const TuttiSampleLevel *level, int64_t position, int64_t step,
          const TuttiGainRamp *gain, unsigned from, unsigned to, TuttiBlock *bus)
{
  unsigned at = sample->n_channels == 1 ? add_eights (level, position, step, gain, from, to, bus, 1)
                                        : add_eights (level, position, step, gain, from, to, bus, 2);

  if (at < to)
    add_narrow (sample, level, position + (int64_t) (at - from) * step, step, gain, at, to, bus);
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
