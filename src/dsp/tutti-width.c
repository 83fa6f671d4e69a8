/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-width.h"

#include "tutti-lanes.h"

void
tutti_width_reset (TuttiWidth *width)
{
  const TuttiWidthPoint plain = { 0.0f, 1.0f, 1.0f };

  *width = (TuttiWidth) { plain, plain, true };
}

void
tutti_width_set (TuttiWidth *width, int32_t width_permille, int32_t balance)
{
  balance = tutti_clamp (balance, -1000, 1000);
  width->aim.side = (float) (tutti_clamp (width_permille, 0, 2000) - 1000) * 0.001f;
  width->aim.left = (float) (1000 - (balance > 0 ? balance : 0)) * 0.001f;
  width->aim.right = (float) (1000 + (balance < 0 ? balance : 0)) * 0.001f;
}

TUTTI_CLONES static void
run (const TuttiWidthPoint *a, const TuttiWidthPoint *b, TuttiBlock *block)
{
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    {
      float t = tutti_share (i), left = block->left[i], right = block->right[i];
      float side = (left - right) * 0.5f * tutti_between (a->side, b->side, t);

      block->left[i] = (left + side) * tutti_between (a->left, b->left, t);
      block->right[i] = (right - side) * tutti_between (a->right, b->right, t);
    }
}

void
tutti_width_run (TuttiWidth *width, TuttiBlock *block)
{
  if (width->fresh)
    width->now = width->aim;
  width->fresh = false;
  run (&width->now, &width->aim, block);
  width->now = width->aim;
}
