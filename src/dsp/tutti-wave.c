/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-wave.h"

#include "tutti-math.h"
#include <pthread.h>

TuttiWaveLevel tutti_wave_levels[TUTTI_WAVE_LEVELS];
alignas (64) float tutti_wave_saw[TUTTI_WAVE_FRAMES];
alignas (64) float tutti_wave_triangle[TUTTI_WAVE_FRAMES];
alignas (64) float tutti_wave_turn[(1 << TUTTI_WAVE_SINE_BITS) + 4];

/* From the highest pitches down they would be these; the table is searched from the lowest pitch up. */
static const uint16_t harmonics[TUTTI_WAVE_LEVELS] = {
  512, 362, 256, 181, 128, 90, 64, 45, 32, 22, 16, 11, 8, 6, 5, 4, 3, 2, 1
};

#define SINE_BITS 12
#define HIGHEST_HZ 28000.0

static double sine[1 << SINE_BITS];
static double period[1 << SINE_BITS];

static void
fill_sine (void)
{
  for (unsigned i = 0; i < 1u << SINE_BITS; i++)
    sine[i] = tutti_sin_turns ((double) i / (1 << SINE_BITS));
}

static void
fill_turn (void)
{
  for (int i = 0; i < (1 << TUTTI_WAVE_SINE_BITS) + 4; i++)
    tutti_wave_turn[i] = (float) tutti_sin_turns ((double) (i - 1) / (1 << TUTTI_WAVE_SINE_BITS));
}

/* −2/π Σ sin(2πnx)/n, which rises from −1 to 1; 8/π² Σ ± sin(2πnx)/n² over odd n. */
static double
amplitude (bool triangle, unsigned n)
{
  if (!triangle)
    return -2.0 / (TUTTI_PI * n);
  if (n % 2 == 0)
    return 0.0;
  return (n % 4 == 1 ? 8.0 : -8.0) / (TUTTI_PI * TUTTI_PI * n * n);
}

static void
add_harmonics (bool triangle, unsigned from, unsigned to)
{
  for (unsigned n = from; n <= to; n++)
    {
      double level = amplitude (triangle, n);

      for (unsigned i = 0; level != 0.0 && i < 1u << SINE_BITS; i++)
        period[i] += level * sine[(i * n) & ((1u << SINE_BITS) - 1)];
    }
}

static void
store (const TuttiWaveLevel *level, float *wave)
{
  int points = 1 << level->bits, stride = 1 << (SINE_BITS - level->bits);

  for (int i = -1; i < points + 3; i++)
    wave[(int) level->offset + i] = (float) period[((i + points) % points) * stride];
}

static void
fill (bool triangle, float *wave)
{
  unsigned done = 0;

  for (unsigned i = 0; i < 1u << SINE_BITS; i++)
    period[i] = 0.0;
  for (unsigned i = TUTTI_WAVE_LEVELS; i-- > 0;)
    {
      add_harmonics (triangle, done + 1, harmonics[i]);
      done = harmonics[i];
      store (&tutti_wave_levels[i], wave);
    }
}

static void
fill_all (void)
{
  uint32_t offset = 1;

  for (unsigned i = 0; i < TUTTI_WAVE_LEVELS; i++)
    {
      tutti_wave_levels[i].n_harmonics = harmonics[i];
      tutti_wave_levels[i].bits = harmonics[i] > 181 ? 12 : 11;
      tutti_wave_levels[i].offset = offset;
      tutti_wave_levels[i].up_to = (uint32_t) (HIGHEST_HZ / harmonics[i] / TUTTI_RATE * 4294967296.0);
      offset += (1u << tutti_wave_levels[i].bits) + 4;
    }
  fill_sine ();
  fill (false, tutti_wave_saw);
  fill (true, tutti_wave_triangle);
}

void
tutti_wave_turn_init (void)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;

  pthread_once (&once, fill_turn);
}

void
tutti_wave_init (void)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;

  tutti_wave_turn_init ();
  pthread_once (&once, fill_all);
}
