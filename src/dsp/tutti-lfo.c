/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-lfo.h"

#include "tutti-math.h"
#include "tutti-transport.h"
#include "tutti-wave.h"

const int32_t tutti_lfo_ticks[TUTTI_LFO_SYNCS] = {
  0, 120, 160, 240, 320, 360, 480, 640, 720, 960, 1440, 1920, 3840, 7680, 15360, 30720
};

static int64_t
turns (int64_t whole, int64_t part, int64_t of)
{
  return (int64_t) ((uint64_t) whole << 32) + (int64_t) ((double) part / (double) of * 4294967296.0);
}

/* Turns are counted from tick 0, so everybody's are the same whenever the transport was started. */
static int64_t
place_of_tick (int32_t ticks, int64_t frame, const TuttiLfoTime *time)
{
  int64_t units = (frame - time->segment_frame) * time->tempo_cbpm + time->segment_tick * TUTTI_PLACES_A_TICK;
  int64_t turn = ticks * TUTTI_PLACES_A_TICK;

  return turns (tutti_floor_div (units, turn), tutti_floor_mod (units, turn), turn);
}

int64_t
tutti_lfo_place (int rate_chz, int sync, int free, int64_t start, int64_t frame, const TuttiLfoTime *time)
{
  int64_t age = free ? frame : frame - start;
  int64_t turn = 100 * TUTTI_RATE, step = rate_chz;

  if (sync > 0 && free)
    return place_of_tick (tutti_lfo_ticks[sync], frame, time);
  if (sync > 0)
    {
      turn = tutti_lfo_ticks[sync] * TUTTI_PLACES_A_TICK;
      step = time->tempo_cbpm;
    }
  return turns (tutti_floor_div (age * step, turn), tutti_floor_mod (age * step, turn), turn);
}

static float
random_value (uint64_t turn, uint32_t seed)
{
  uint64_t x = tutti_scramble (turn * UINT64_C (0x9e3779b97f4a7c15) + seed);

  return (float) (int32_t) (x >> 40) * (1.0f / 8388608.0f) - 1.0f;
}

float
tutti_lfo_value (int shape, int64_t place, uint32_t seed)
{
  uint32_t phase = (uint32_t) place;
  float x = (float) (int32_t) (phase >> 8) * (1.0f / 16777216.0f);

  switch (shape)
    {
    case TUTTI_LFO_TRIANGLE:
      return x < 0.25f ? 4.0f * x : x < 0.75f ? 2.0f - 4.0f * x : 4.0f * x - 4.0f;
    case TUTTI_LFO_SAW:
      return 1.0f - 2.0f * x;
    case TUTTI_LFO_SQUARE:
      return x < 0.5f ? 1.0f : -1.0f;
    case TUTTI_LFO_RANDOM:
      return random_value ((uint64_t) place >> 32, seed);
    default:
      return tutti_wave_read (tutti_wave_sine (), (TuttiPhases) { phase, phase, phase, phase })[0];
    }
}
