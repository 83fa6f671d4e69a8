/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/* Who makes the music: what the output and the export ask for sound. All functions are called by one thread at a time. */
typedef struct
{
  void *self;                  /* borrowed; its keeper outlives whoever renders */

  /* Writes (not adds) `n` whole session frames of the mix from `first_frame` on, interleaved stereo. Calls follow each other without
   * gap or overlap, except after restart (). Realtime-safe: must be. */
  void (*render) (void *self, int64_t first_frame, unsigned n, float *stereo);

  /* (nullable) Adds what is heard on this machine only, live and unhashed, to `n` output samples at the card's rate, of which the first
   * lies at `frame`. Realtime-safe: must be. */
  void (*render_local) (void *self, int64_t frame, unsigned n, float *stereo);

  /* (nullable) The next render () starts at `first_frame`, whatever came before: the start, or more was missed than is worth making up
   * for. The renderer prepares its state as of there (pre-roll). Realtime-safe: must be. */
  void (*restart) (void *self, int64_t first_frame);
} TuttiRenderer;
