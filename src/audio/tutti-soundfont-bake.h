/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-soundfont-cells.h"

G_BEGIN_DECLS

/* All sounds of one instrument have their loop at the same share of their length, since a track's patch has one place for it. A
 * loop is written out as often as it takes, and the pitch bent so that its length, 4800 frames or more, becomes a multiple of 1 … 18:
 * by up to 6.5 cents, which are told back for the zone's tuning to take away, in whole cents. Sounds that do not loop go on in
 * silence. */
typedef struct
{
  gboolean loops;
  guint    start;              /* the loop's, in twentieths of the sound; it ends at 19 */
  gboolean filters;            /* the sounds are filtered already, since their cut-offs differ */
  gboolean fades;              /* drums: the sounds have their loudness in them, and end */
} TuttiSoundFontLayout;

#define TUTTI_SOUNDFONT_TWENTIETHS 20
#define TUTTI_SOUNDFONT_LOOP_END 19

/* What became of a cell. */
typedef struct
{
  TuttiSound *sound;           /* owned */
  double      cents;           /* how much higher than written it is to be played */
  double      gain_db;         /* what it lost so that it fits, and what its regions say */
  int         pan;             /* 1/1000, -1000 … 1000 */
  gboolean    rough;           /* at the seam of its loop two rounds are not alike */
} TuttiSoundFontBaked;

/* The layout in which the sounds of @cells are shortest. @kit: they are drums. */
TuttiSoundFontLayout tutti_soundfont_lay_out   (const GArray *regions, const GArray *cells, gboolean kit);

/* Frames at 48 kHz that @cell will have in @layout, and those that are read for it. */
guint64              tutti_soundfont_measure   (const GArray *regions, const TuttiSoundFontCell *cell, TuttiSoundFontLayout layout);

/* How many cents from the sound itself the first layer sounds at @key. */
double               tutti_soundfont_cents_at  (const TuttiSoundFontRegion *region, guint key);

/* Mixes the layers of @cell into one sound. Thread: any; some 100 ms a minute of sound and layer. FALSE with the error. */
gboolean             tutti_soundfont_bake      (TuttiSoundFont *font, const GArray *regions, const TuttiSoundFontCell *cell,
                                                TuttiSoundFontLayout layout, TuttiSoundFontBaked *out, GCancellable *cancellable,
                                                GError **error);

G_END_DECLS
