/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>

/* The control grid: everything that is decided once a block (ramps, sleeping, flushing) happens on session frames that
 * are multiples of this, whatever the host's buffer. */
#define TUTTI_BLOCK 64
#define TUTTI_RATE 48000

/* One grid block of stereo sound. Functions that take (from, to) work on frames from <= i < to <= TUTTI_BLOCK of it, i
 * counted from the block's start; calls for one block come in order and without holes, and any way of splitting them gives
 * the same bits. What a setter was told takes effect when frame 0 of a block is worked on. */
typedef struct
{
  alignas (64) float left[TUTTI_BLOCK];
  alignas (64) float right[TUTTI_BLOCK];
} TuttiBlock;
