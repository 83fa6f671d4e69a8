/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-realtime.h"
#include <stdbool.h>

/* 64-bit hash over the bits of a stretch of stereo sound, fed in any pieces. -0 counts as 0; a frame that is not finite
 * makes it a failure, which no hash can hide. FNV-1a in four lanes (frame mod 4) over both sides' bits at once. */
typedef struct
{
  uint64_t lane[4];
  uint64_t n_frames;
  bool     failed;
} TuttiFingerprint;

TUTTI_REALTIME void tutti_fingerprint_reset (TuttiFingerprint *print);
TUTTI_REALTIME void tutti_fingerprint_feed (TuttiFingerprint *print, const float *left, const float *right, size_t n_frames);
/* The hash so far; 0 only when failed. */
TUTTI_REALTIME uint64_t tutti_fingerprint_value (const TuttiFingerprint *print);
