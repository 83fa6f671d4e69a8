/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-soundfont-private.h"

G_BEGIN_DECLS

/* A rectangle of keys and velocities on which the same regions sound together: of them a sampler's zone is made. */
typedef struct
{
  guint8 key_low, key_high, velocity_low, velocity_high;       /* all within */
  guint  n_layers;                     /* 1 … TUTTI_SOUNDFONT_LAYERS_MAX: the loudest */
  guint  layers[TUTTI_SOUNDFONT_LAYERS_MAX];   /* indices of regions, the first the loudest */
} TuttiSoundFontCell;

/* Makes one of neighbours on the keyboard that differ only in what a track has once for all zones, such as its envelope: the numbers
 * of the one nearer the middle remain. */
void    tutti_soundfont_join_alike (GArray *regions);

/* Cuts the regions of a preset where they lie over each other into cells that do not. When there are more than @max, velocity
 * layers go first, the narrowest before wider ones, each left to its neighbour; then keys are left to their neighbours; of a kit of
 * drums, where each key is a thing of its own, those far from the usual ones are left out. @n_left_out: (out) cells that went, and
 * regions that are too quiet to be a layer of any. NULL with the error: damage makes more of them than anybody means. (transfer full)
 * (element-type TuttiSoundFontCell) */
GArray *tutti_soundfont_cut_cells (const GArray *regions, gboolean kit, guint max, guint *n_left_out, GError **error);

G_END_DECLS
