/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What can be said of a stretch of stereo sound at 48 kHz. */
typedef struct
{
  double lufs;                 /* integrated loudness after ITU-R BS.1770-4, gated; −INFINITY when silent */
  double peak_db;              /* highest sample, dB below full scale */
  double dc;                   /* larger mean of the two sides */
  double longest_silence_s;    /* both sides below −80 dB */
} TuttiLoudness;

void tutti_loudness_measure (const float *stereo, gsize n_frames, TuttiLoudness *out);
