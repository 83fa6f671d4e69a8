/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sample.h"

#include "tutti-math.h"
#include "tutti-realtime.h"
#include "tutti-sinc-table.h"
#include "tutti-sinc.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Level 0 is the sound at twice its rate; each half-octave level above is the one two below it (level 1: the one below)
 * through a linear-phase low-pass, at a lower rate. Linear phase: the levels lie on top of each other, so a gliding pitch may
 * change level. Windowed by Kaiser; the numbers of taps are by his formula for -90 dB. */

#define SHAPE 8.96
#define REACH_MAX 248
#define UP_MAX 3
#define DOWN_SHIFT_MAX 2
#define STRETCH 256             /* frames of a phase that are made at a time */
#define STRAND (STRETCH + 2 * REACH_MAX)

/* Output frame i lies at frame (i << down_shift) / up of the source. */
typedef struct
{
  unsigned up;
  unsigned down_shift;
  unsigned reach;               /* taps on either side */
  float    tap[UP_MAX][2 * REACH_MAX];
} Resampler;

/* The taps for a place phase / up past a source frame. Their sum is 1, so that a constant stays constant. */
static void
design_phase (Resampler *resampler, unsigned phase, double cut)
{
  int reach = (int) resampler->reach;
  double tap[2 * REACH_MAX], sum = 0.0;

  for (int k = 0; k < 2 * reach; k++)
    {
      double t = (double) (k - (reach - 1)) - (double) phase / resampler->up;
      double sinc = t == 0.0 ? 2.0 * cut : tutti_sin_turns (cut * t) / (TUTTI_PI * t);

      tap[k] = sinc * tutti_sinc_window (t / (double) reach, SHAPE);
      sum += tap[k];
    }
  for (int k = 0; k < 2 * reach; k++)
    resampler->tap[phase][k] = (float) (tap[k] / sum);
}

/* stop: where the stop band begins, and width: of the transition before it, in cycles a source frame. */
static void
design (Resampler *resampler, unsigned up, unsigned down_shift, double stop, double width)
{
  unsigned reach = (unsigned) ((90.0 - 8.0) / (2.285 * 2.0 * TUTTI_PI * width) * 0.5) + 1;

  resampler->up = up;
  resampler->down_shift = down_shift;
  resampler->reach = reach < REACH_MAX ? reach : REACH_MAX;
  for (unsigned phase = 0; phase < up; phase++)
    design_phase (resampler, phase, stop - width * 0.5);
}

/* Frames of the source dealt out to strands, so that what lies 1 << down_shift apart there lies side by side here. */
typedef float Window[1 << DOWN_SHIFT_MAX][STRAND];

/* Deals out n frames of the source from frame first on, with silence outside. Within the sound the frames are taken as they lie:
 * with the question asked of each, this took half as long as the sums. */
TUTTI_CLONES static void
deal (const float *restrict in, int64_t n_in, int64_t first, unsigned n, unsigned down_shift, Window window)
{
  bool within = first >= 0 && first + n <= n_in;

  for (unsigned strand = 0; strand < 1u << down_shift; strand++)
    {
      float *restrict to = window[strand];

      if (within)
        for (unsigned i = 0; i < n >> down_shift; i++)
          to[i] = in[first + strand + ((int64_t) i << down_shift)];
      else
        for (unsigned i = 0; i < n >> down_shift; i++)
          {
            int64_t from = first + strand + ((int64_t) i << down_shift);

            to[i] = from >= 0 && from < n_in ? in[from] : 0.0f;
          }
    }
}

typedef float Lanes8 __attribute__ ((vector_size (32)));
typedef float Unaligned8 __attribute__ ((vector_size (32), aligned (4), may_alias));

/* out[j] is the sum of tap[k] times frame (j << down_shift) + k of the window, in the order of the taps. */
TUTTI_CLONES static void
convolve (const float *tap, unsigned n_taps, Window window, unsigned down_shift, float out[STRETCH])
{
  unsigned mask = (1u << down_shift) - 1;

  for (unsigned j = 0; j < STRETCH; j += 64)
    {
      Lanes8 sum[8] = { { 0.0f } };

      for (unsigned k = 0; k < n_taps; k++)
        {
          const float *x = &window[k & mask][j + (k >> down_shift)];

          for (unsigned l = 0; l < 8; l++)
            sum[l] += tap[k] * *(const Unaligned8 *) (x + 8 * l);
        }
      memcpy (out + j, sum, sizeof sum);
    }
}

/* Output frames which, which + up, which + 2 * up … : they all lie equally far past a source frame. */
static void
resample_every (const Resampler *resampler, unsigned which, const float *in, uint32_t n_in, float *out, uint32_t n_out)
{
  unsigned up = resampler->up, shift = resampler->down_shift, place = which << shift, n_taps = 2 * resampler->reach;
  unsigned n = ((STRETCH << shift) + n_taps + (1u << shift) - 1) & -(1u << shift);
  const float *tap = resampler->tap[place % up];
  Window window;
  float made[STRETCH];

  for (int64_t j = 0; j * up + which < n_out; j += STRETCH)
    {
      deal (in, n_in, (j << shift) + place / up - (resampler->reach - 1), n, shift, window);
      convolve (tap, n_taps, window, shift, made);
      for (int64_t i = j; i < j + STRETCH && i * up + which < n_out; i++)
        out[i * up + which] = made[i - j];
    }
}

static void
resample (const Resampler *resampler, const float *in, uint32_t n_in, float *out, uint32_t n_out)
{
  for (unsigned which = 0; which < resampler->up; which++)
    resample_every (resampler, which, in, n_in, out, n_out);
}

/* Frame i of a level lies at frame i << shift, divided by times: rates of 2, 1.5, 1, 0.75 … times the sound's. */
static unsigned
times_of (unsigned level)
{
  return level % 2 == 0 ? 4 : 3;
}

static unsigned
shift_of (unsigned level)
{
  return 1 + level / 2;
}

static uint32_t
frames_of (uint32_t n_frames, unsigned level)
{
  return (uint32_t) (((uint64_t) n_frames * times_of (level) + (1u << shift_of (level)) - 1) >> shift_of (level));
}

/* The level that is as long as the sound: until it is made, its memory holds the sound. */
#define AT_FIRST 2

/* To level 0 from the sound, to level 1 from level 0, to the others of even and of odd number from the one two before. */
static Resampler to_first, to_second, to_even, to_odd;

/* Level 0 passes 23 kHz and stops 25, so that every second frame of it is exactly a frame of the sound. The others stop 24 kHz
 * through the root of 2 for each level, and pass 0.9 of that. */
static void
design_all (void)
{
  /* cycles a frame of level 0, 0 and 1 */
  static const double second = 0.17677669529663687, even = 0.125, odd = 0.11785113019775793;

  design (&to_first, 2, 0, 25.0 / 48.0, 2.0 / 48.0);
  design (&to_second, 3, 2, second, 0.1 * second);
  design (&to_even, 1, 1, even, 0.1 * even);
  design (&to_odd, 1, 1, odd, 0.1 * odd);
}

static void
make_levels (uint32_t n_frames, float *data[TUTTI_SAMPLE_LEVELS])
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;

  pthread_once (&once, design_all);
  resample (&to_first, data[AT_FIRST], n_frames, data[0], frames_of (n_frames, 0));
  resample (&to_second, data[0], frames_of (n_frames, 0), data[1], frames_of (n_frames, 1));
  for (unsigned level = 2; level < TUTTI_SAMPLE_LEVELS; level++)
    resample (level % 2 == 0 ? &to_even : &to_odd, data[level - 2], frames_of (n_frames, level - 2), data[level],
              frames_of (n_frames, level));
}

/* A value that is not finite has all exponent bits set; adding 0 turns -0 into 0. */
static float
clean (float x)
{
  uint32_t bits;

  memcpy (&bits, &x, sizeof bits);
  return (bits & 0x7f800000) == 0x7f800000 ? 0.0f : x + 0.0f;
}

static void
fill_channel (TuttiSample *sample, unsigned channel, const float *interleaved, float *memory)
{
  float *data[TUTTI_SAMPLE_LEVELS];

  for (unsigned level = 0; level < TUTTI_SAMPLE_LEVELS; level++)
    {
      data[level] = memory + TUTTI_SAMPLE_PAD;
      memory += frames_of (sample->n_frames, level) + 2 * TUTTI_SAMPLE_PAD;
      sample->level[level].times = times_of (level);
      sample->level[level].shift = shift_of (level);
      sample->level[level].channel[channel] = data[level];
    }
  for (uint32_t i = 0; i < sample->n_frames; i++)
    data[AT_FIRST][i] = clean (interleaved[(size_t) i * sample->n_channels + channel]);
  make_levels (sample->n_frames, data);
}

TuttiSample *
tutti_sample_new (const float *interleaved, unsigned n_channels, uint32_t n_frames)
{
  if (interleaved == NULL || n_channels < 1 || n_channels > 2 || n_frames < 1 || n_frames > TUTTI_SAMPLE_MAX_FRAMES)
    return NULL;

  size_t a_channel = 0;
  for (unsigned level = 0; level < TUTTI_SAMPLE_LEVELS; level++)
    a_channel += frames_of (n_frames, level) + 2 * TUTTI_SAMPLE_PAD;

  TuttiSample *sample = calloc (1, sizeof *sample);
  float *memory = calloc (a_channel * n_channels, sizeof *memory);
  if (sample == NULL || memory == NULL)
    {
      free (sample);
      free (memory);
      return NULL;
    }

  tutti_sinc_init ();
  sample->n_channels = n_channels;
  sample->n_frames = n_frames;
  sample->memory = memory;
  for (unsigned channel = 0; channel < n_channels; channel++)
    fill_channel (sample, channel, interleaved, memory + a_channel * channel);
  if (n_channels == 1)
    for (unsigned level = 0; level < TUTTI_SAMPLE_LEVELS; level++)
      sample->level[level].channel[1] = sample->level[level].channel[0];
  return sample;
}

void
tutti_sample_free (TuttiSample *sample)
{
  if (sample == NULL)
    return;
  free (sample->memory);
  free (sample);
}
