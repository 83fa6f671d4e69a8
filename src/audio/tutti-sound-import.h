/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-sound-decode.h"
#include "tutti-sound-library.h"

G_BEGIN_DECLS

/* What an import yields: enough for the operation that names the sound and for the store's index. */
typedef struct
{
  char           *hash;
  char           *name;        /* plain text from the file's name, at most TUTTI_SOUND_NAME_MAX bytes */
  gsize           n_bytes;     /* of the FLAC file */
  gsize           n_frames;
  guint           n_channels;
  TuttiSoundNotes notes;
} TuttiSoundInfo;

void tutti_sound_info_free (TuttiSoundInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiSoundInfo, tutti_sound_info_free)

/* Decodes a file, keeps it as FLAC under its hash in the library's folder and gives the sound (decoded again from
 * that FLAC, as everybody else will) to the library. The same sound twice is one file. Nothing is kept of what is
 * refused or cancelled.
 *
 * Thread: the library's. */
void            tutti_sound_import_async  (TuttiSoundLibrary *library, GFile *file, TuttiSoundProgress progress,
                                           gpointer progress_data, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
/* Returns: (transfer full). */
TuttiSoundInfo *tutti_sound_import_finish (TuttiSoundLibrary *library, GAsyncResult *result, GError **error);

/* A name for people from a file's name: no extension, no control or formatting characters, never empty, at most
 * TUTTI_SOUND_NAME_MAX bytes of valid UTF-8. Returns: (transfer full). */
char           *tutti_sound_name_from_file (const char *basename);

G_END_DECLS
