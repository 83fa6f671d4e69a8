/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-wire.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MS INT64_C (1000000)

void
tutti_dice_init (TuttiDice *dice, uint64_t seed)
{
  dice->state = seed * UINT64_C (0x9e3779b97f4a7c15) + 1;
  if (dice->state == 0)
    dice->state = 1;
  for (int i = 0; i < 8; i++)
    tutti_dice_below (dice, 2);
}

/* Returns: evenly one of 0 … limit − 1. */
uint32_t
tutti_dice_below (TuttiDice *dice, uint32_t limit)
{
  uint64_t x = dice->state;

  x ^= x >> 12;
  x ^= x << 25;
  x ^= x >> 27;
  dice->state = x;
  return (uint32_t) (((x * UINT64_C (2685821657736338717)) >> 32) * limit >> 32);
}

static int64_t
draw_delay (const TuttiWireWay *way, TuttiDice *dice)
{
  /* Steps of 1/2^24 of the span are finer than any clock that watches. */
  int64_t steps = (int64_t) tutti_dice_below (dice, 1u << 24);
  int64_t delay = way->delay_ns - way->jitter_ns + (int64_t) (2.0 * (double) way->jitter_ns * (double) steps / (1 << 24));

  return delay > 0 ? delay : 0;
}

static bool
draw_loss (const TuttiWireWay *way, TuttiDice *dice)
{
  return way->loss_ppm > 0 && tutti_dice_below (dice, 1000000) < way->loss_ppm;
}

/* Moves a time that falls into a stall to its end. Stalls stand on the clock's own grid, so that both ways of
 * one cable stand still together. */
static int64_t
after_stall (const TuttiWire *wire, int64_t at_ns)
{
  if (wire->stall_every_ns <= 0)
    return at_ns;

  int64_t into = at_ns % wire->stall_every_ns;

  return into < wire->stall_for_ns ? at_ns - into + wire->stall_for_ns : at_ns;
}

/* When a frame that enters @from's cable now leaves @to's. @last_due_ns belongs to the pair and keeps order
 * where order is kept. Returns false when the frame is lost. */
bool
tutti_wire_decide (const TuttiWire *from, const TuttiWire *to, TuttiDice *dice, int64_t now_ns,
                   int64_t *last_due_ns, int64_t *due_ns)
{
  int64_t due = now_ns;

  if (from->silent || to->silent || from->segment != to->segment ||
      draw_loss (&from->up, dice) || draw_loss (&to->down, dice))
    return false;
  due = after_stall (from, due) + draw_delay (&from->up, dice);
  due = after_stall (to, due) + draw_delay (&to->down, dice);
  if (!from->reorder && !to->reorder && due < *last_due_ns)
    due = *last_due_ns;
  if (due > *last_due_ns)
    *last_due_ns = due;
  *due_ns = due;
  return true;
}

static bool
read_value (const char *text, double max, double *out)
{
  char *end;
  double value = strtod (text, &end);

  if (end == text || *end != '\0' || !isfinite (value) || value < 0 || value > max)
    return false;
  *out = value;
  return true;
}

/* Takes one "key=value": delay, jitter (ms, both ways), up, down, jitter-up, jitter-down (ms), loss, loss-up,
 * loss-down (percent), reorder (0, 1), stall-every, stall-for (ms), silent (0, 1), segment (number).
 * A cable counts alone: with delay=10 a frame takes 10 ms into the machine and 10 ms out of it, so 20 ms
 * between two such machines.
 * Returns false, with @why and nothing changed, for anything else. */
bool
tutti_wire_parse (TuttiWire *wire, const char *setting, const char **why)
{
  static const char *const keys[] = { "delay", "up", "down", "jitter", "jitter-up", "jitter-down", "loss",
                                      "loss-up", "loss-down", "reorder", "stall-every", "stall-for", "silent",
                                      "segment" };
  static const double limits[] = { 60000, 60000, 60000, 60000, 60000, 60000, 100, 100, 100, 1, 60000, 60000, 1, 99 };
  const char *equals = strchr (setting, '=');
  size_t length = equals != NULL ? (size_t) (equals - setting) : 0, key = 0, n = sizeof keys / sizeof keys[0];
  double value;

  while (key < n && (strlen (keys[key]) != length || strncmp (keys[key], setting, length) != 0))
    key++;
  if (key == n || !read_value (equals + 1, limits[key], &value))
    {
      *why = key == n ? "no such setting" : "the value is not a number in range";
      return false;
    }

  int64_t ns = (int64_t) (value * (double) MS);

  switch (key)
    {
    case 0: wire->up.delay_ns = wire->down.delay_ns = ns; break;
    case 1: wire->up.delay_ns = ns; break;
    case 2: wire->down.delay_ns = ns; break;
    case 3: wire->up.jitter_ns = wire->down.jitter_ns = ns; break;
    case 4: wire->up.jitter_ns = ns; break;
    case 5: wire->down.jitter_ns = ns; break;
    case 6: wire->up.loss_ppm = wire->down.loss_ppm = (uint32_t) (value * 10000); break;
    case 7: wire->up.loss_ppm = (uint32_t) (value * 10000); break;
    case 8: wire->down.loss_ppm = (uint32_t) (value * 10000); break;
    case 9: wire->reorder = value != 0; break;
    case 10: wire->stall_every_ns = ns; break;
    case 11: wire->stall_for_ns = ns; break;
    case 12: wire->silent = value != 0; break;
    default: wire->segment = (unsigned) value; break;
    }
  return true;
}
