/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-sound.h"

G_BEGIN_DECLS

/* The sounds of this machine by hash: on disk, decoded in memory while somebody uses them (and a bounded number
 * beyond that), and what is known about those still on their way.
 *
 * Signal "changed" (const char *hash, TuttiSoundState state, guint percent): a sound came, moves or is missing.
 *
 * Thread: the one it was made in, with its thread-default main context. Disk and decoding happen elsewhere. */
#define TUTTI_TYPE_SOUND_LIBRARY (tutti_sound_library_get_type ())
G_DECLARE_FINAL_TYPE (TuttiSoundLibrary, tutti_sound_library, TUTTI, SOUND_LIBRARY, GObject)

typedef enum
{
  TUTTI_SOUND_STATE_MISSING,
  TUTTI_SOUND_STATE_ON_ITS_WAY,
  TUTTI_SOUND_STATE_HERE,
} TuttiSoundState;

/* @folder: where the files live (made when the first one is kept). @memory_max: bytes of decoded sound that are
 * held although nobody else holds them. */
TuttiSoundLibrary *tutti_sound_library_new         (const char *folder, gsize memory_max);
const char        *tutti_sound_library_get_folder  (TuttiSoundLibrary *self);

/* @percent: (out) (optional): how much of it has arrived, 0 … 100. Anything that is no hash is MISSING. */
TuttiSoundState    tutti_sound_library_get_state   (TuttiSoundLibrary *self, const char *hash, guint *percent);

/* Returns: (transfer full) (nullable): the sound if it is in memory. */
TuttiSound        *tutti_sound_library_lookup      (TuttiSoundLibrary *self, const char *hash);

/* From memory or disk; several calls for one sound decode it once. A file that is not what its hash says is
 * TUTTI_SOUND_ERROR_DAMAGED and counts as missing from then on, so that it can be fetched again. */
void               tutti_sound_library_load_async  (TuttiSoundLibrary *self, const char *hash,
                                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                                    gpointer user_data);
/* Returns: (transfer full). */
TuttiSound        *tutti_sound_library_load_finish (TuttiSoundLibrary *self, GAsyncResult *result, GError **error);

/* What the network says: @received of @total bytes (0: not known yet) are here; or nobody has it any more. Both
 * change nothing for a sound that is here. */
void               tutti_sound_library_set_received (TuttiSoundLibrary *self, const char *hash, guint64 received,
                                                     guint64 total);
void               tutti_sound_library_give_up      (TuttiSoundLibrary *self, const char *hash);

/* Takes a file from a peer: its hash is verified, it is decoded strictly (tutti_sound_flac_decode()), and only then
 * kept. End with tutti_sound_library_load_finish(). A refusal leaves the sound missing. */
void               tutti_sound_library_receive_async (TuttiSoundLibrary *self, const char *hash, GBytes *bytes,
                                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                                      gpointer user_data);

/* Tells the library of a sound whose file was just kept in its folder (the importer does). */
void               tutti_sound_library_add          (TuttiSoundLibrary *self, const char *hash, TuttiSound *sound);

/* Bytes of decoded sound held for nobody in particular: never above memory_max. */
gsize              tutti_sound_library_get_memory   (TuttiSoundLibrary *self);

G_END_DECLS
