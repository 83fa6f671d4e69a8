/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-sound.h"

G_BEGIN_DECLS

/* A SoundFont 2 file (.sf2, and .sf3 with its sounds as Ogg Vorbis), read by bounds: nothing in it is believed before it was held
 * against the file's size. It is our own reader because libinstpatch 1.1.6 crashes or hangs on one damaged file in nine (135 of 1200
 * seeded mutations of a real one) and reads no .sf3, and FluidSynth tells nobody which sounds and loops a preset is made of.
 *
 * Immutable. Thread: any. */
typedef struct _TuttiSoundFont TuttiSoundFont;

/* What a preset becomes: tutti-soundfont-import.h. */
typedef struct _TuttiSoundFontInstrument TuttiSoundFontInstrument;

#define TUTTI_SOUNDFONT_BYTES_MAX (256 * 1024 * 1024)
#define TUTTI_SOUNDFONT_PRESETS_MAX 4096
#define TUTTI_SOUNDFONT_REGIONS_MAX 4096       /* of one preset */

/* What becomes of a preset on a track. */
#define TUTTI_SOUNDFONT_LAYERS_MAX 8           /* sounds at a time: the loudest */
#define TUTTI_SOUNDFONT_SECONDS_MAX 240        /* of all its sounds together */

/* The bank of drum kits. */
#define TUTTI_SOUNDFONT_KITS 128

typedef struct
{
  char *name;          /* for people: valid UTF-8 without control characters, never empty */
  guint bank;          /* 0 … 128 in an honest file */
  guint program;       /* 0 … 127 in an honest file */
  guint n_regions;     /* sounds on ranges of keys and velocities, 1 or more */
} TuttiSoundFontPreset;

/* Keeps @bytes. Presets without a sound are left out; those that remain are in order of bank and program. TUTTI_SOUND_ERROR when
 * it is none, is damaged or holds more than is read. */
TuttiSoundFont             *tutti_soundfont_new           (GBytes *bytes, GError **error);
TuttiSoundFont             *tutti_soundfont_ref           (TuttiSoundFont *self);
void                        tutti_soundfont_unref         (TuttiSoundFont *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiSoundFont, tutti_soundfont_unref)

guint                       tutti_soundfont_get_n_presets (TuttiSoundFont *self);    /* 1 or more */
const TuttiSoundFontPreset *tutti_soundfont_get_preset    (TuttiSoundFont *self, guint index);

/* The index of a preset, or -1. */
int                         tutti_soundfont_find_preset   (TuttiSoundFont *self, guint bank, guint program);

/* From 0 to 1, in the caller's main context, never after its callback. */
typedef void (*TuttiSoundFontProgress) (double fraction, gpointer user_data);

/* Reads the file of at most TUTTI_SOUNDFONT_BYTES_MAX. Thread: any with a main context; reads in another. */
void            tutti_soundfont_load_async  (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                                             gpointer user_data);
/* Returns: (transfer full). */
TuttiSoundFont *tutti_soundfont_load_finish (GAsyncResult *result, GError **error);

/* Whether a file with this name or these first bytes is meant to be one. */
gboolean                    tutti_soundfont_is_name       (const char *basename);
gboolean                    tutti_soundfont_sniff         (const guint8 *bytes, gsize n_bytes);

G_END_DECLS
