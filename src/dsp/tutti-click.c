/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-click.h"

#include "tutti-math.h"

static void
make_sound (float *sound, double hz, double level)
{
  for (int i = 0; i < TUTTI_CLICK_FRAMES; i++)
    {
      double decay = tutti_exp2 (-i / 160.0);
      /* The last stretch falls to exactly 0. */
      double rest = (TUTTI_CLICK_FRAMES - i) / (double) TUTTI_CLICK_FRAMES;

      sound[i] = (float) (level * decay * rest * tutti_sin_turns (i * hz / TUTTI_RATE));
    }
}

void
tutti_click_sounds_init (TuttiClickSounds *sounds)
{
  make_sound (sounds->sound[0], 1320.0, 0.25);
  make_sound (sounds->sound[1], 1980.0, 0.35);
}

void
tutti_clicks_reset (TuttiClicks *clicks)
{
  for (unsigned i = 0; i < TUTTI_CLICKS_SOUNDING; i++)
    clicks->frame[i] = INT64_MIN / 2;
  clicks->next = 0;
}

void
tutti_clicks_add (TuttiClicks *clicks, int64_t frame, bool accent)
{
  clicks->frame[clicks->next] = frame;
  clicks->accent[clicks->next] = accent;
  clicks->next = (clicks->next + 1) % TUTTI_CLICKS_SOUNDING;
}

void
tutti_clicks_run (const TuttiClicks *clicks, const TuttiClickSounds *sounds, int64_t frame, TuttiBlock *block)
{
  for (unsigned c = 0; c < TUTTI_CLICKS_SOUNDING; c++)
    {
      const float *sound = sounds->sound[clicks->accent[c]];

      if (clicks->frame[c] >= frame + TUTTI_BLOCK || clicks->frame[c] + TUTTI_CLICK_FRAMES <= frame)
        continue;
      for (int i = 0; i < TUTTI_BLOCK; i++)
        {
          int64_t age = frame + i - clicks->frame[c];

          if (age < 0 || age >= TUTTI_CLICK_FRAMES)
            continue;
          block->left[i] += sound[age];
          block->right[i] += sound[age];
        }
    }
}
