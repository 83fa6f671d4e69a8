/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-sound.h"

G_BEGIN_DECLS

#define TUTTI_SOUND_RATE_MIN     2000
#define TUTTI_SOUND_RATE_MAX     384000
#define TUTTI_SOUND_CHANNELS_MAX 32            /* in a file; more is no sound for a groove-box */

/* Brings what a decoder yields, block by block, into the one shape that a sound has: finite numbers, one or two
 * channels, 48 kHz, at most 60 s. Memory is bounded by the result, whatever the file claims. */
typedef struct _TuttiSoundShape TuttiSoundShape;

/* @channel_map: (nullable): SF_CHANNEL_MAP_… of each channel; without one the usual order of so many is taken. */
TuttiSoundShape *tutti_sound_shape_new    (int rate, int n_channels, const int *channel_map, GError **error);
/* Blocks may have any size; the result does not depend on it. FALSE when the sound gets too long. */
gboolean         tutti_sound_shape_push   (TuttiSoundShape *self, const float *interleaved, gsize n_frames,
                                           GError **error);
gsize            tutti_sound_shape_get_n_frames (TuttiSoundShape *self);   /* pushed so far */
/* Returns: (transfer full): the sound, or NULL when nothing was pushed. */
TuttiSound      *tutti_sound_shape_finish (TuttiSoundShape *self, TuttiSoundNotes notes, GError **error);
void             tutti_sound_shape_free   (TuttiSoundShape *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiSoundShape, tutti_sound_shape_free)

/* Makes @n samples as soft as needed and no softer; what fits keeps its bits. Returns: what they were divided by, 1 when they fit. */
float            tutti_sound_lower (float *samples, gsize n);

G_END_DECLS
