/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-drive.h"

#include "tutti-lanes.h"
#include "tutti-math.h"

#define TAPS TUTTI_DRIVE_TAPS
#define PAST (2 * TAPS)
#define ALL (PAST + TUTTI_BLOCK)
#define DELAY TUTTI_DRIVE_DELAY

/* A sinc under Kaiser's window (beta 7.86), every second tap being 0: flat to 19 kHz, -80 dB from 29 kHz on. What lies n + 1/2 frames
 * from the middle. */
static const float taps[TAPS] = {
  0.632599755f, -0.200344114f, 0.108399065f, -0.0661299569f, 0.0414612154f, -0.0256726784f,
  0.0153133538f, -0.00861108995f, 0.00445223362f, -0.002039821f, 0.000772562477f, -0.000200526081f,
};

static const TuttiDrivePoint clean = { 1.0f, 1.0f, 0.0f };

void
tutti_drive_reset (TuttiDrive *drive)
{
  memset (drive, 0, sizeof *drive);
  drive->from = drive->to = drive->aim = clean;
  drive->quiet = true;
}

void
tutti_drive_set (TuttiDrive *drive, int32_t amount)
{
  amount = tutti_clamp (amount, 0, 1000);

  float gain = tutti_gain (amount * 36 / 10), loud = 0.35f * gain;
  drive->aim.gain = gain;
  /* A sound of -9 dB stays as loud as it was. */
  drive->aim.makeup = 0.35f / (loud / __builtin_sqrtf (1.0f + loud * loud));
  /* The first tenth of the way is blended in, so that 0 is exactly clean and nothing jumps beside it. */
  drive->aim.wet = amount < 100 ? (float) amount * 0.01f : 1.0f;
}

/* What lies half a frame after x[i - TAPS], for each i of a block. */
TUTTI_INLINE void
between (const float *x, float *restrict out)
{
  for (int i = 0; i < TUTTI_BLOCK; i++)
    {
      const float *at = x + i - TAPS;
      float sum = 0.0f;

      for (int k = 0; k < TAPS; k++)
        sum += taps[k] * (at[-k] + at[k + 1]);
      out[i] = sum;
    }
}

TUTTI_INLINE float
mean_of_curve (float a, float b)
{
  return (a + b) / (__builtin_sqrtf (1.0f + a * a) + __builtin_sqrtf (1.0f + b * b));
}

/* on[] and off[]: the curve's mean from the place before to this one, on the frames and half a frame later. */
TUTTI_CLONES static void
bend (const float *x, float last, float *restrict on, float *restrict off, float *restrict last_out)
{
  float half[TUTTI_BLOCK], before[TUTTI_BLOCK];

  between (x, half);
  before[0] = last;
  memcpy (before + 1, half, (TUTTI_BLOCK - 1) * sizeof *half);
  for (int i = 0; i < TUTTI_BLOCK; i++)
    {
      float at = x[i - TAPS];

      on[i] = mean_of_curve (before[i], at);
      off[i] = mean_of_curve (at, half[i]);
    }
  *last_out = half[TUTTI_BLOCK - 1];
}

/* Back to the frames: half of what lies on them, half of what lies between, smoothed. */
TUTTI_CLONES static void
come_down (const float *on, const float *off, float *restrict out)
{
  float smooth[TUTTI_BLOCK];

  between (off, smooth);
  for (int i = 0; i < TUTTI_BLOCK; i++)
    out[i] = 0.5f * (on[i - TAPS + 1] + smooth[i]);
}

TUTTI_CLONES static void
scale (const float *x, float from, float to, float *restrict out)
{
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    out[i] = x[i] * tutti_between (from, to, tutti_share (i));
}

TUTTI_CLONES static void
blend (const float *wet, const float *dry, const TuttiDrivePoint *a, const TuttiDrivePoint *b, float *restrict out)
{
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    {
      float t = tutti_share (i);

      out[i] = dry[i] + tutti_between (a->wet, b->wet, t) * (wet[i] * tutti_between (a->makeup, b->makeup, t) - dry[i]);
    }
}

static void
run_side (TuttiDrive *drive, unsigned side, float *x)
{
  float in[ALL], on[ALL], off[ALL], dry[DELAY + TUTTI_BLOCK], wet[TUTTI_BLOCK];

  memcpy (in, drive->past[side], sizeof drive->past[side]);
  memcpy (on, drive->bent[side][0], sizeof drive->bent[side][0]);
  memcpy (off, drive->bent[side][1], sizeof drive->bent[side][1]);
  memcpy (dry, drive->dry[side], sizeof drive->dry[side]);
  memcpy (dry + DELAY, x, TUTTI_BLOCK * sizeof *x);
  scale (x, drive->from.gain, drive->to.gain, in + PAST);
  bend (in + PAST, drive->last[side], on + PAST, off + PAST, &drive->last[side]);
  come_down (on + PAST, off + PAST, wet);
  blend (wet, dry, &drive->from, &drive->to, x);
  memcpy (drive->past[side], in + TUTTI_BLOCK, sizeof drive->past[side]);
  memcpy (drive->bent[side][0], on + TUTTI_BLOCK, sizeof drive->bent[side][0]);
  memcpy (drive->bent[side][1], off + TUTTI_BLOCK, sizeof drive->bent[side][1]);
  memcpy (drive->dry[side], dry + TUTTI_BLOCK, sizeof drive->dry[side]);
}

/* Nothing came in, and what came in before has left: the filters are shorter than a block. */
static void
note_quiet (TuttiDrive *drive)
{
  float *all = &drive->past[0][0];
  unsigned n = (unsigned) ((offsetof (TuttiDrive, last) - offsetof (TuttiDrive, past)) / sizeof *all);

  drive->quiet = tutti_negligible (all, n);
  if (drive->quiet)
    memset (all, 0, n * sizeof *all + sizeof drive->last);
}

void
tutti_drive_run (TuttiDrive *drive, TuttiBlock *block)
{
  drive->from = drive->to;
  drive->to = drive->aim;
  run_side (drive, 0, block->left);
  run_side (drive, 1, block->right);
  note_quiet (drive);
}

bool
tutti_drive_silent (const TuttiDrive *drive)
{
  return drive->quiet;
}
