/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-cells.h"

#include <string.h>

static void
reset (TuttiCell *cell)
{
  switch (cell->kind)
    {
    case TUTTI_SCORE_EFFECT_LIMITER: tutti_peak_limiter_reset (&cell->limiter); break;
    case TUTTI_SCORE_EFFECT_CHORUS: tutti_chorus_reset (&cell->chorus, 2); break;
    case TUTTI_SCORE_EFFECT_FLANGER: tutti_chorus_reset (&cell->chorus, 1); break;
    case TUTTI_SCORE_EFFECT_DELAY: tutti_delay_reset (&cell->delay); break;
    case TUTTI_SCORE_EFFECT_REVERB: tutti_reverb_reset (&cell->reverb); break;
    default: break;
    }
}

uint8_t
tutti_cells_lend (TuttiCells *cells, unsigned kind, uint8_t owner)
{
  unsigned index;

  if (cells->used == UINT32_MAX)
    return TUTTI_CELL_NONE;
  index = (unsigned) __builtin_ctz (~cells->used);
  cells->used |= 1u << index;
  cells->cell[index].kind = (uint8_t) kind;
  cells->cell[index].owner = owner;
  reset (&cells->cell[index]);
  return (uint8_t) index;
}

void
tutti_cells_return (TuttiCells *cells, uint8_t index)
{
  cells->used &= ~(1u << index);
}

void
tutti_cells_drop (TuttiCells *cells, uint8_t owner)
{
  for (uint32_t used = cells->used; used != 0; used &= used - 1)
    if (cells->cell[__builtin_ctz (used)].owner == owner)
      tutti_cells_return (cells, (uint8_t) __builtin_ctz (used));
}

bool
tutti_cell_silent (const TuttiCell *cell)
{
  switch (cell->kind)
    {
    case TUTTI_SCORE_EFFECT_LIMITER: return tutti_peak_limiter_silent (&cell->limiter);
    case TUTTI_SCORE_EFFECT_CHORUS:
    case TUTTI_SCORE_EFFECT_FLANGER: return tutti_chorus_silent (&cell->chorus);
    case TUTTI_SCORE_EFFECT_DELAY: return tutti_delay_silent (&cell->delay);
    case TUTTI_SCORE_EFFECT_REVERB: return tutti_reverb_silent (&cell->reverb);
    default: return true;
    }
}

static void
copy_cell (TuttiCell *to, const TuttiCell *from)
{
  to->kind = from->kind;
  to->owner = from->owner;
  switch (from->kind)
    {
    case TUTTI_SCORE_EFFECT_LIMITER: to->limiter = from->limiter; break;
    case TUTTI_SCORE_EFFECT_CHORUS:
    case TUTTI_SCORE_EFFECT_FLANGER: memcpy (&to->chorus, &from->chorus, sizeof to->chorus); break;
    case TUTTI_SCORE_EFFECT_DELAY: tutti_delay_copy (&to->delay, &from->delay); break;
    case TUTTI_SCORE_EFFECT_REVERB: memcpy (&to->reverb, &from->reverb, sizeof to->reverb); break;
    default: break;
    }
}

void
tutti_cells_copy (TuttiCells *to, const TuttiCells *from)
{
  to->used = from->used;
  for (uint32_t used = from->used; used != 0; used &= used - 1)
    copy_cell (&to->cell[__builtin_ctz (used)], &from->cell[__builtin_ctz (used)]);
}
