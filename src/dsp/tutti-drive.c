/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-drive.h"

#include "tutti-lanes.h"
#include "tutti-math.h"

static const TuttiDrivePoint clean = { 1.0f, 1.0f, 0.0f };

void
tutti_drive_reset (TuttiDrive *drive)
{
  *drive = (TuttiDrive) { clean, clean, clean };
}

void
tutti_drive_set (TuttiDrive *drive, int32_t amount)
{
  amount = tutti_clamp (amount, 0, 1000);

  float gain = tutti_gain (amount * 36 / 10);
  drive->aim.gain = gain;
  /* A sound of -9 dB stays as loud as it was. */
  drive->aim.makeup = 0.35f / tutti_soft_clip (0.35f * gain);
  /* The first tenth of the way is blended in, so that 0 is exactly clean and nothing jumps beside it. */
  drive->aim.wet = amount < 100 ? (float) amount * 0.01f : 1.0f;
}

TUTTI_CLONES static void
drive_side (const TuttiDrive *drive, float *x, unsigned from, unsigned to)
{
  const TuttiDrivePoint a = drive->from, b = drive->to;

  for (unsigned i = from; i < to; i++)
    {
      float t = tutti_share (i);
      float gain = tutti_between (a.gain, b.gain, t), makeup = tutti_between (a.makeup, b.makeup, t);
      float wet = tutti_between (a.wet, b.wet, t);

      x[i] += wet * (tutti_soft_clip (x[i] * gain) * makeup - x[i]);
    }
}

void
tutti_drive_apply (TuttiDrive *drive, TuttiBlock *block, unsigned from, unsigned to)
{
  if (from == 0)
    {
      drive->from = drive->to;
      drive->to = drive->aim;
    }
  if (drive->from.wet == 0.0f && drive->to.wet == 0.0f)
    return;
  drive_side (drive, block->left, from, to);
  drive_side (drive, block->right, from, to);
}
