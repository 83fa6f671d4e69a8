/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-sound.h"

G_BEGIN_DECLS

/* From any rate to 48 kHz, once, at import: a Kaiser-windowed sinc of 256 taps (more when going down), 130 dB
 * against aliases, flat to 93 % of the lower Nyquist frequency, and exactly in time: output frame n is the input at
 * n · rate / 48000. (GStreamer's resampler was tried: late by 1/32 sample at every quality.)
 * J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window function", 1974. */
typedef struct _TuttiSoundResample TuttiSoundResample;

TuttiSoundResample *tutti_sound_resample_new    (int rate, int n_channels);
/* So that @n_in frames become @n_out, exactly; both below 2^32. Lines between 512 phases instead of 2048: 105 dB, and made four times
 * as fast, which is most of the time where each of many short sounds has its own ratio. */
TuttiSoundResample *tutti_sound_resample_new_ratio (guint64 n_out, guint64 n_in, int n_channels);
/* Appends to @out what can be said already. The sum of all calls does not depend on how the input is cut. */
void                tutti_sound_resample_push   (TuttiSoundResample *self, const float *interleaved, gsize n_frames,
                                                 GArray *out);
/* The rest, as if silence followed: in all ceil (n · 48000 / rate) frames. */
void                tutti_sound_resample_finish (TuttiSoundResample *self, GArray *out);
void                tutti_sound_resample_free   (TuttiSoundResample *self);

G_END_DECLS
