/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"
#include "tutti-sound-import.h"
#include "tutti-sound-library.h"
#include "tutti-soundfont.h"
#include "tutti-soundfont-patch.h"

G_BEGIN_DECLS

/* A preset as a track of the sampler plays it. It sounds from what every machine has: sounds under their hashes, zones and numbers;
 * nothing of the SoundFont itself is in the jam. */
struct _TuttiSoundFontInstrument
{
  char               *name;
  GPtrArray          *sounds;          /* of TuttiSoundInfo, each once */
  guint               n_zones;         /* 1 … TUTTI_ZONES_MAX */
  TuttiZone           zones[TUTTI_ZONES_MAX];  /* without ids */
  TuttiSoundFontPatch patch;
  TuttiPlayMode       play_mode;
  guint               n_left_out;      /* zones that the preset has and a track has no room for: too many, too quiet, too long */
};

void            tutti_soundfont_instrument_free (TuttiSoundFontInstrument *self);
/* With the same list of sounds, which nobody changes any more. (transfer full) */
TuttiSoundFontInstrument *tutti_soundfont_instrument_copy (const TuttiSoundFontInstrument *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiSoundFontInstrument, tutti_soundfont_instrument_free)

/* Makes the sounds of a preset and keeps them in the library's folder, as tutti_sound_import_async() does: its limits are those of
 * any sound, and all sounds together last no more than TUTTI_SOUNDFONT_SECONDS_MAX; for that a preset gives up zones first.
 *
 * Thread: the library's; works in another. */
void            tutti_soundfont_import_async (TuttiSoundLibrary *library, TuttiSoundFont *font, guint preset,
                                              TuttiSoundFontProgress progress, gpointer progress_data, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer user_data);
/* Returns: (transfer full). */
TuttiSoundFontInstrument *tutti_soundfont_import_finish (TuttiSoundLibrary *library, GAsyncResult *result, GError **error);

G_END_DECLS
