/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The laws of a bad network, without a network: when a frame that comes now arrives, if it does.
 * Pure: time and seed come in as arguments, so that they are tested by counting. */

/* One direction of one machine's cable. */
typedef struct
{
  int64_t  delay_ns;
  int64_t  jitter_ns;           /* uniform, from −jitter to +jitter around the delay, never below 0 */
  uint32_t loss_ppm;            /* of a million frames */
} TuttiWireWay;

typedef struct
{
  TuttiWireWay up;              /* from the machine to the switch */
  TuttiWireWay down;
  bool         reorder;         /* frames may overtake each other */
  int64_t      stall_every_ns;  /* 0: never */
  int64_t      stall_for_ns;    /* everything is held for this long, then comes at once */
  bool         silent;          /* frames vanish both ways, the link stays up */
  unsigned     segment;         /* machines of one segment hear each other */
} TuttiWire;

/* Where the draws come from (xorshift64*, Vigna 2016); never 0. */
typedef struct { uint64_t state; } TuttiDice;

void     tutti_dice_init   (TuttiDice *dice, uint64_t seed);
uint32_t tutti_dice_below  (TuttiDice *dice, uint32_t limit);

bool     tutti_wire_parse  (TuttiWire *wire, const char *setting, const char **why);
bool     tutti_wire_decide (const TuttiWire *from, const TuttiWire *to, TuttiDice *dice, int64_t now_ns,
                            int64_t *last_due_ns, int64_t *due_ns);
