/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-param.h"
#include "tutti-patch-param.h"
#include "tutti-soundfont-bake.h"

G_BEGIN_DECLS

/* The numbers of a track that plays a preset. Those of its patch that are as a sampler has them at the start are not set. */
typedef struct
{
  gint16   params[TUTTI_N_PARAMS];     /* attack, decay, sustain and release; the others as they begin */
  gint16   patch[TUTTI_N_PATCH];
  gboolean patch_set[TUTTI_N_PATCH];
} TuttiSoundFontPatch;

/* From the region that stands for its preset, whose sounds lie in @layout. @rough: as in TuttiSoundFontBaked, of any of them. */
void tutti_soundfont_make_patch (const TuttiSoundFontRegion *region, TuttiSoundFontLayout layout, gboolean rough,
                                 TuttiSoundFontPatch *out);

G_END_DECLS
