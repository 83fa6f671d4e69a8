/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sinc.h"

#include "tutti-sinc-table.h"

/* Lanes are spelled out as vectors, because compilers lower the gathering loops of interpolation badly. The sum of the 8
 * products is one fixed tree, the same with 4 and with 8 lanes: (0..3 + 4..7), then across lanes. */
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

/* Level 0 serves up to 7/6 (what folds back then stays above 20 kHz), every further level half an octave more. */
ALWAYS_INLINE unsigned
level_of (int64_t step)
{
  /* 7/6 * 2^(i/2) in 32.32; the root of 2 to 32 bits. Both lie between 1 and 2, so within each octave twice as far up. */
  static const int64_t whole = 7 * TUTTI_SINC_ONE / 6, half = 7086334500;
  unsigned octave = 31 - (unsigned) __builtin_clz ((uint32_t) (step >> 32) | 1);

  return 2 * octave + (unsigned) (step > whole << octave) + (unsigned) (step > half << octave);
}

unsigned
tutti_sinc_level (int64_t step)
{
  return level_of (step);
}

/* A level as it is read: places count in 32.32 frames of the level, times 1 << shift so that no bit of the position is lost.
 * Frame and row are cut out of a place by one shift each. */
typedef struct
{
  const float *channel[2];      /* the first of the 8 frames that place 0 reads */
  uint64_t     place;
  uint64_t     step;
  unsigned     frame_shift;
  unsigned     row_shift;       /* gives bytes from the table's beginning, with a mask */
} Reading;

#define ROW_BYTES_BITS 5
#define ROW_MASK ((uint64_t) (TUTTI_SINC_PHASES - 1) << ROW_BYTES_BITS)

_Static_assert (sizeof tutti_sinc_table[0] == 1 << ROW_BYTES_BITS, "a row's offset is its number, shifted");

ALWAYS_INLINE Reading
reading_of (const TuttiSampleLevel *level, int64_t position, int64_t step)
{
  return (Reading) {
    .channel = { level->channel[0] - (TUTTI_SINC_TAPS / 2 - 1), level->channel[1] - (TUTTI_SINC_TAPS / 2 - 1) },
    .place = (uint64_t) position * level->times,
    .step = (uint64_t) step * level->times,
    .frame_shift = 32 + level->shift,
    .row_shift = 32 + level->shift - TUTTI_SINC_PHASE_BITS - ROW_BYTES_BITS,
  };
}

ALWAYS_INLINE const float *
row_at (const Reading *reading, uint64_t place)
{
  return (const float *) ((const char *) tutti_sinc_table + (place >> reading->row_shift & ROW_MASK));
}

ALWAYS_INLINE const float *
frames_at (const Reading *reading, unsigned side, uint64_t place)
{
  return reading->channel[side] + (place >> reading->frame_shift);
}

/* Lane i of the result is the sum over the lanes of the i-th: a 4 x 4 transposition woven into the additions. */
ALWAYS_INLINE Lanes4
across (const Lanes4 *a)
{
  Lanes4 ac = __builtin_shufflevector (a[0], a[2], 0, 4, 1, 5) + __builtin_shufflevector (a[0], a[2], 2, 6, 3, 7);
  Lanes4 bd = __builtin_shufflevector (a[1], a[3], 0, 4, 1, 5) + __builtin_shufflevector (a[1], a[3], 2, 6, 3, 7);

  return __builtin_shufflevector (ac, bd, 0, 4, 1, 5) + __builtin_shufflevector (ac, bd, 2, 6, 3, 7);
}

/* The next four frames, with 4-lane registers. */
ALWAYS_INLINE void
four_narrow (Reading *reading, unsigned n_sides, Lanes4 *out)
{
  Lanes4 sum[2][4];

  for (int i = 0; i < 4; i++, reading->place += reading->step)
    {
      const float *row = row_at (reading, reading->place);

      for (unsigned s = 0; s < n_sides; s++)
        {
          const float *x = frames_at (reading, s, reading->place);

          sum[s][i] = *(const Lanes4 *) row * load4 (x) + *(const Lanes4 *) (row + 4) * load4 (x + 4);
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

/* The first n (1 … 4) of them. */
ALWAYS_INLINE void
add_some (float *to, unsigned n, Lanes4 value)
{
  if (n == 4)
    add4 (to, value);
  else
    for (unsigned i = 0; i < n; i++)
      to[i] += value[i];
}

/* Adds n frames times their gains, to the left side or to both. */
ALWAYS_INLINE void
add_frames (TuttiBlock *bus, unsigned to_sides, unsigned at, unsigned n, Ramp *ramp, Lanes4 left, Lanes4 right)
{
  add_some (bus->left + at, n, left * (ramp->left + ramp->left_step * ramp->frame));
  if (to_sides == 2)
    add_some (bus->right + at, n, right * (ramp->right + ramp->right_step * ramp->frame));
  ramp->frame += 4.0f;
}

ALWAYS_INLINE void
add_range (Reading reading, const TuttiGainRamp *gain, unsigned from, unsigned to, TuttiBlock *bus, unsigned n_sides,
           unsigned to_sides)
{
  Ramp ramp = ramp_of (gain, from);

  for (unsigned at = from; at < to; at += 4)
    {
      Lanes4 out[2];

      four_narrow (&reading, n_sides, out);
      add_frames (bus, to_sides, at, to - at < 4 ? to - at : 4, &ramp, out[0], out[n_sides - 1]);
    }
}

static void
add_narrow (const TuttiSample *sample, int64_t position, int64_t step, const TuttiGainRamp *gain, unsigned from,
            unsigned to, TuttiBlock *bus, unsigned to_sides)
{
  Reading reading = reading_of (&sample->level[tutti_sinc_level (step)], position, step);

  if (to_sides == 1)
    add_range (reading, gain, from, to, bus, 1, 1);
  else if (sample->n_channels == 1)
    add_range (reading, gain, from, to, bus, 1, 2);
  else
    add_range (reading, gain, from, to, bus, 2, 2);
}

/* Four frames of the sound itself: every second one of level 0. */
ALWAYS_INLINE Lanes4
load_even (const float *from)
{
  return __builtin_shufflevector (load4 (from), load4 (from + 4), 0, 2, 4, 6);
}

/* An unpitched voice is the sound itself, to the bit. */
static void
add_unity (const TuttiSampleLevel *level, int64_t first, const TuttiGainRamp *gain, unsigned from, unsigned to,
           TuttiBlock *bus, unsigned to_sides)
{
  const float *left = level->channel[0] + 2 * first, *right = level->channel[1] + 2 * first;
  Ramp ramp = ramp_of (gain, from);
  unsigned at = from;

  for (; at + 4 <= to; at += 4, left += 8, right += 8)
    add_frames (bus, to_sides, at, 4, &ramp, load_even (left), load_even (right));
  if (at < to)
    add_frames (bus, to_sides, at, to - at, &ramp, load_even (left), load_even (right));
}

static void
add_block_narrow (const TuttiSample *sample, int64_t position, int64_t step, float gain, TuttiBlock *bus)
{
  add_narrow (sample, position, step, &(TuttiGainRamp) { gain, gain, 0.0f, 0.0f }, 0, TUTTI_BLOCK, bus, 1);
}

#if defined(__x86_64__) && defined(__GNUC__)
/* From here on 8 lanes: AVX2 without FMA, since a fused sum would round once less. Chosen by a flag and not by an ifunc, so
 * that it also runs under the thread sanitizer. */
#define WIDE __attribute__ ((target ("avx2,bmi,bmi2")))
#define WIDE_INLINE static inline __attribute__ ((always_inline, target ("avx2,bmi,bmi2")))

/* One load; adding to zero would keep the addition, for the sake of -0. */
#define ALL8(x) ((Lanes8) { (x), (x), (x), (x), (x), (x), (x), (x) })

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

/* The next eight frames. Addresses are worked out frame by frame: four at a time in lanes they would have to come back
 * through memory, which costs more. */
WIDE_INLINE void
eight_wide (Reading *reading, unsigned n_sides, Lanes8 *out)
{
  Lanes8 product[2][8];

  for (int i = 0; i < 8; i++, reading->place += reading->step)
    {
      Lanes8 row = *(const Lanes8 *) row_at (reading, reading->place);

      for (unsigned s = 0; s < n_sides; s++)
        product[s][i] = row * *(const Unaligned8 *) frames_at (reading, s, reading->place);
    }
  for (unsigned s = 0; s < n_sides; s++)
    out[s] = across_wide (product[s]);
}

/* What the next block reads: other voices come in between, and the processor cannot guess. */
WIDE_INLINE void
expect_next (const Reading *reading, unsigned n_sides)
{
  uint64_t place = reading->place + TUTTI_BLOCK * reading->step;

  for (unsigned s = 0; s < n_sides; s++)
    {
      const float *end = frames_at (reading, s, place + TUTTI_BLOCK * reading->step) + TUTTI_SINC_TAPS;

      for (const float *x = frames_at (reading, s, place); x < end; x += 16)
        __builtin_prefetch (x);
    }
}

/* Whole eights; returns the frame of the block up to which it came. Where the level is @still, its ramp is left out: the same bits. */
WIDE_INLINE unsigned
add_eights (Reading reading, const TuttiGainRamp *gain, unsigned from, unsigned to, TuttiBlock *bus, unsigned n_sides,
            unsigned to_sides, bool still)
{
  Lanes8 frame = { 0.0f, 1.0f, 2.0f, 3.0f, 4.0f, 5.0f, 6.0f, 7.0f };
  Lanes8 left = ALL8 (gain->left), right = ALL8 (gain->right);
  Lanes8 left_step = ALL8 (gain->left_step), right_step = ALL8 (gain->right_step);
  unsigned at = from;

  expect_next (&reading, n_sides);
  frame += (float) (int32_t) from;
  for (; at + 8 <= to; at += 8, frame += 8.0f)
    {
      Lanes8 out[2];

      eight_wide (&reading, n_sides, out);
      *(Unaligned8 *) &bus->left[at] += out[0] * (still ? left : left + left_step * frame);
      if (to_sides == 2)
        *(Unaligned8 *) &bus->right[at] += out[n_sides - 1] * (still ? right : right + right_step * frame);
    }
  return at;
}

WIDE static void
add_wide (const TuttiSample *sample, int64_t position, int64_t step, const TuttiGainRamp *gain, unsigned from, unsigned to,
          TuttiBlock *bus, unsigned to_sides)
{
  Reading reading = reading_of (&sample->level[level_of (step)], position, step);
  bool still = gain->left_step == 0.0f && gain->right_step == 0.0f;
  unsigned at = to_sides == 1 && still    ? add_eights (reading, gain, from, to, bus, 1, 1, true)
                : to_sides == 1           ? add_eights (reading, gain, from, to, bus, 1, 1, false)
                : sample->n_channels == 1 ? add_eights (reading, gain, from, to, bus, 1, 2, false)
                                          : add_eights (reading, gain, from, to, bus, 2, 2, false);

  if (at < to)
    add_narrow (sample, position + (int64_t) (at - from) * step, step, gain, at, to, bus, to_sides);
}

WIDE static void
add_block_wide (const TuttiSample *sample, int64_t position, int64_t step, float gain, TuttiBlock *bus)
{
  const TuttiGainRamp ramp = { gain, gain, 0.0f, 0.0f };

  add_eights (reading_of (&sample->level[level_of (step)], position, step), &ramp, 0, TUTTI_BLOCK, bus, 1, 1, true);
}
#else
#define add_wide add_narrow
#define add_block_wide add_block_narrow
#endif

ALWAYS_INLINE bool
add (const TuttiSample *sample, int64_t position, int64_t step, const TuttiGainRamp *gain, unsigned from, unsigned to,
     TuttiBlock *bus, unsigned to_sides)
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

  if (step == TUTTI_SINC_ONE && (uint32_t) position == 0)
    add_unity (&sample->level[0], position >> 32, gain, from, to, bus, to_sides);
  else if (tutti_sinc_wide)
    add_wide (sample, position, step, gain, from, to, bus, to_sides);
  else
    add_narrow (sample, position, step, gain, from, to, bus, to_sides);
  return goes_on;
}

bool
tutti_sinc_add (const TuttiSample *sample, int64_t position, int64_t step, const TuttiGainRamp *gain, unsigned from,
                unsigned to, TuttiBlock *bus)
{
  return add (sample, position, step, gain, from, to, bus, 2);
}

bool
tutti_sinc_add_left (const TuttiSample *sample, int64_t position, int64_t step, const TuttiGainRamp *gain, unsigned from,
                     unsigned to, TuttiBlock *bus)
{
  return add (sample, position, step, gain, from, to, bus, 1);
}

void
tutti_sinc_add_block (const TuttiSample *sample, int64_t position, int64_t step, float gain, TuttiBlock *bus)
{
  if (step == TUTTI_SINC_ONE && (uint32_t) position == 0)
    add_unity (&sample->level[0], position >> 32, &(TuttiGainRamp) { gain, gain, 0.0f, 0.0f }, 0, TUTTI_BLOCK, bus, 1);
  else if (tutti_sinc_wide)
    add_block_wide (sample, position, step, gain, bus);
  else
    add_block_narrow (sample, position, step, gain, bus);
}
