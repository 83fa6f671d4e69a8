/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"

#define TUTTI_SAMPLE_MAX_FRAMES (60 * TUTTI_RATE)
#define TUTTI_SAMPLE_LEVELS 9
/* Frames of silence around each level, so that the kernel reads 8 taps and a few lanes too far without a bounds check. */
#define TUTTI_SAMPLE_PAD 16

/* One band-limited copy of the sound: place p of the sound lies at place p * times >> shift of it. */
typedef struct
{
  const float *channel[2];      /* the same pointer twice for a mono sound */
  unsigned     times;
  unsigned     shift;
} TuttiSampleLevel;

/* An immutable sound at 48 kHz, shared by any number of voices and threads. Level 0 is the sound at twice its rate, every second
 * frame a frame of the sound as given; levels 1 to 8 are half-octave steps of band limit for playing it higher, at falling
 * rates. All are sampled twice as densely as their content asks for, so that the kernel may be short (6.7 times the memory of
 * the sound alone). */
typedef struct
{
  unsigned         n_channels;  /* 1 or 2 */
  uint32_t         n_frames;
  TuttiSampleLevel level[TUTTI_SAMPLE_LEVELS];
  void            *memory;      /* owned */
} TuttiSample;

/* Frame i of the sound as given. */
static inline float
tutti_sample_frame (const TuttiSample *sample, unsigned channel, uint32_t i)
{
  return sample->level[0].channel[channel][2 * (size_t) i];
}

/* Copies n_frames (1 … TUTTI_SAMPLE_MAX_FRAMES) interleaved frames of n_channels (1 or 2) and makes the levels. Frames that
 * are not finite become 0. Returns NULL when a bound is passed or memory is missing. Takes some 80 ns a frame and channel (AVX2): not
 * Realtime-safe. Thread: any. */
TuttiSample *tutti_sample_new  (const float *interleaved, unsigned n_channels, uint32_t n_frames);
/* Thread: any, once no voice uses it any more. NULL is allowed. */
void         tutti_sample_free (TuttiSample *sample);
