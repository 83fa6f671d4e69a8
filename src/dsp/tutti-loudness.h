/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-realtime.h"
#include "tutti-true-peak.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How loud a stereo sound is to people, after ITU-R BS.1770-4 and EBU R 128: weighted by "K" (a shelf for the head, a high pass for
 * what hardly counts), as power over 400 ms (momentary), 3 s (short-term) or all that counts (integrated: windows of 400 ms every
 * 100 ms, without those below −70 LUFS and then those 10 LU below the mean of the others); and the largest value, between the samples
 * too. Sums of doubles, the same for any splitting of the frames. Plain memory of bounded size, however long the sound: windows are
 * counted by loudness in tenths of an LU, so the second gate stands within a tenth of where it should, and the mean is exact. */

#define TUTTI_LOUDNESS_SILENT (-200.0) /* what nothing, or nothing that counts, is told as */
#define TUTTI_LOUDNESS_PARTS 30        /* tenths of a second in the short term */
#define TUTTI_LOUDNESS_BINS 800        /* −70 … +10 LUFS */

typedef struct
{
  double b0, b1, b2, a1, a2;
} TuttiLoudnessStage;

typedef struct
{
  double   power;              /* summed, of the windows in it */
  uint64_t n;
} TuttiLoudnessBin;

typedef struct
{
  TuttiLoudnessStage stage[2]; /* the shelf, the high pass */
  double   state[2][2][2];     /* of a stage, a side: as transposed direct form II has them */
  uint32_t part_frames;        /* of a tenth of a second */
  uint32_t at;                 /* frames of the part that runs */
  double   power;              /* summed, of the part that runs */
  float    peak;               /* of the part that runs */
  uint64_t n_parts;            /* that were ended */
  double   powers[TUTTI_LOUDNESS_PARTS];        /* means of the last, in a ring */
  float    peaks[TUTTI_LOUDNESS_PARTS];
  float    largest;            /* of all */
  float    past[2][TUTTI_TRUE_PEAK_TAPS - 1];   /* what came last */
  TuttiLoudnessBin bins[TUTTI_LOUDNESS_BINS];
} TuttiLoudness;

/* Nothing was heard yet; @rate 8000 … 192000 frames a second. */
TUTTI_REALTIME void tutti_loudness_init (TuttiLoudness *loudness, uint32_t rate);

/* Hears @n frames more. What is no number counts as silence, what is beyond ±256 as that. */
TUTTI_REALTIME void tutti_loudness_run (TuttiLoudness *loudness, const float *left, const float *right, size_t n);

/* In LUFS; the first two look back from the last tenth of a second that was ended, with silence before the beginning. */
TUTTI_REALTIME double tutti_loudness_momentary (const TuttiLoudness *loudness);
TUTTI_REALTIME double tutti_loudness_short_term (const TuttiLoudness *loudness);
TUTTI_REALTIME double tutti_loudness_integrated (const TuttiLoudness *loudness);

/* The largest true peak in dB of full scale: of all, and of the last three seconds. The last half dozen frames are not heard yet. */
TUTTI_REALTIME double tutti_loudness_true_peak (const TuttiLoudness *loudness);
TUTTI_REALTIME double tutti_loudness_recent_peak (const TuttiLoudness *loudness);
