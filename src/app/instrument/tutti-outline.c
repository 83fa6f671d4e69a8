/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-outline.h"

#include <glib.h>
#include <string.h>

static void
read_column (const TuttiSample *sample, uint32_t from, uint32_t to, float *low, float *high)
{
  for (unsigned channel = 0; channel < sample->n_channels; channel++)
    for (uint32_t i = from; i < to; i++)
      {
        float value = tutti_sample_frame (sample, channel, i);

        *low = MIN (*low, value);
        *high = MAX (*high, value);
      }
}

void
tutti_outline_read (TuttiOutline *self, const TuttiScoreSound *sound)
{
  memset (self, 0, sizeof *self);
  if (sound == NULL || sound->sample == NULL)
    return;
  self->ms = sound->sample->n_frames * 1000.0 / TUTTI_RATE;
  for (uint64_t i = 0; i < TUTTI_OUTLINE_COLUMNS; i++)
    {
      uint32_t from = (uint32_t) (i * sound->sample->n_frames / TUTTI_OUTLINE_COLUMNS);
      uint32_t to = (uint32_t) ((i + 1) * sound->sample->n_frames / TUTTI_OUTLINE_COLUMNS);

      /* A very short sound has fewer frames than there are columns. */
      read_column (sound->sample, from, MAX (to, MIN (from + 1, sound->sample->n_frames)), &self->low[i], &self->high[i]);
    }
}
