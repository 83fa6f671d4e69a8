/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"

#define TUTTI_SAMPLE_MAX_FRAMES (60 * TUTTI_RATE)
#define TUTTI_SAMPLE_LEVELS 9
/* Frames of silence around each level, so that the kernel reads 16 taps and a few lanes too far without a bounds check. */
#define TUTTI_SAMPLE_PAD 32

/* One band-limited copy of the sound: frame i of it lies at frame i << shift of the original. */
typedef struct
{
  const float *channel[2];      /* the same pointer twice for a mono sound */
  unsigned     shift;
} TuttiSampleLevel;

/* An immutable sound at 48 kHz, shared by any number of voices and threads. Level 0 is the sound as given; levels 1 to 8
 * are half-octave steps of band limit for playing it higher, at falling rates (4.75 times the memory of the sound alone). */
typedef struct
{
  unsigned         n_channels;  /* 1 or 2 */
  uint32_t         n_frames;
  TuttiSampleLevel level[TUTTI_SAMPLE_LEVELS];
  void            *memory;      /* owned */
} TuttiSample;

/* Copies n_frames (1 … TUTTI_SAMPLE_MAX_FRAMES) interleaved frames of n_channels (1 or 2) and makes the levels. Frames that
 * are not finite become 0. Returns NULL when a bound is passed or memory is missing. Takes some 150 ns a frame and channel: not
 * Realtime-safe. Thread: any. */
TuttiSample *tutti_sample_new  (const float *interleaved, unsigned n_channels, uint32_t n_frames);
/* Thread: any, once no voice uses it any more. NULL is allowed. */
void         tutti_sample_free (TuttiSample *sample);
