/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/* The output stage: a stereo signal read at fractional positions, to −111 dB up to 10 kHz. 32 taps of a Kaiser-windowed sinc (β = 10) in
 * 256 phases, interpolated linearly between them. (Smith and Gossett 1984: phases between tabulated ones; Kaiser 1974: the window.) */
#define TUTTI_OUTPUT_KERNEL_TAPS   32
#define TUTTI_OUTPUT_KERNEL_BEFORE 15  /* frames needed before the one a position falls into */
#define TUTTI_OUTPUT_KERNEL_AFTER  16  /* … and after it */
#define TUTTI_OUTPUT_KERNEL_PHASES 256

typedef struct
{
  float taps[TUTTI_OUTPUT_KERNEL_PHASES + 1][TUTTI_OUTPUT_KERNEL_TAPS];
} TuttiOutputKernel;

/* Fills the table: the same on every machine, without libm. About a millisecond, not for the audio thread. */
void tutti_output_kernel_init (TuttiOutputKernel *kernel);

/* Writes `n` output frames. Frame 0 of position 0 is `in` frame TUTTI_OUTPUT_KERNEL_BEFORE, so that all taps lie inside: `in` holds at
 * least ((part + step·(n − 1)) >> 32) + TUTTI_OUTPUT_KERNEL_TAPS interleaved stereo frames. `part` and `step` are in 1/2³² frames.
 * Realtime-safe: yes. */
void tutti_output_kernel_run (const TuttiOutputKernel *kernel, const float *in, uint32_t part, uint64_t step, unsigned n, float *out);
