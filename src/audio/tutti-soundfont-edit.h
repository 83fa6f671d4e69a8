/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"
#include "tutti-soundfont-import.h"

G_BEGIN_DECLS

typedef TuttiId (*TuttiSoundFontNewId) (gpointer user_data);

/* Appends to @ops what makes @track (nullable: a new one, @fresh, of @colour) play @instrument, whose sounds are in the jam. What the
 * track was goes: its zones and what was changed of its sound. @new_id: ids for the zones. */
void tutti_soundfont_edit (const TuttiSoundFontInstrument *instrument, const TuttiTrack *track, TuttiId fresh, TuttiColour colour,
                           TuttiSoundFontNewId new_id, gpointer user_data, GPtrArray *ops);

G_END_DECLS
