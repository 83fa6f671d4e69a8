/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-sound.h"

G_BEGIN_DECLS

/* Sounds on disk, each under the SHA-256 of its file: FOLDER/ab/abcd….flac. The same sound twice is one file, a
 * file is whole or not there, and what does not match its name is never handed out.
 *
 * Thread: any (all calls go to the disk). */

char    *tutti_sound_files_hash  (GBytes *bytes);                       /* (transfer full) */
char    *tutti_sound_files_path  (const char *folder, const char *hash);  /* (transfer full) */
gboolean tutti_sound_files_has   (const char *folder, const char *hash);

/* The file, if there is one, is as new: somebody uses it, or is about to. */
void     tutti_sound_files_touch (const char *folder, const char *hash);

/* Returns: (transfer full): the bytes, verified; TUTTI_SOUND_ERROR_MISSING or _DAMAGED else. */
GBytes  *tutti_sound_files_read  (const char *folder, const char *hash, GError **error);

/* Writes under @hash, which must be that of @bytes: to a temporary file, synced, renamed. A good file of that name
 * stays, a damaged one is replaced. */
gboolean tutti_sound_files_write (const char *folder, const char *hash, GBytes *bytes, GError **error);

G_END_DECLS
