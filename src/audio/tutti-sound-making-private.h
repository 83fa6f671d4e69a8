/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-sound-decode-private.h"
#include "tutti-sound-import.h"

G_BEGIN_DECLS

/* What every import does, whatever it is of: in a thread it makes sounds and keeps them as files in the library's folder; afterwards,
 * in the library's own thread, the library learns of them. */
typedef struct
{
  char               *folder;          /* owned */
  gpointer            what;            /* owned: of which something is made */
  TuttiSoundReporter *reporter;        /* owned */
  GPtrArray          *kept;            /* owned: what the library is to learn of */

  /* What came of it: (transfer full), NULL with the error. Thread: the worker's. */
  gpointer          (*make) (GTask *task, GCancellable *cancellable, GError **error);
  GDestroyNotify      free_what, free_made;
} TuttiSoundMaking;

/* @how: make, what (transfer full) and both destroyers; the rest is filled in. */
void              tutti_sound_making_async  (TuttiSoundLibrary *library, TuttiSoundMaking how, gpointer tag, TuttiSoundProgress progress,
                                             gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                                             gpointer user_data);
/* Returns: (transfer full) what make() returned. */
gpointer          tutti_sound_making_finish (TuttiSoundLibrary *library, GAsyncResult *result, GError **error);

/* Thread: the worker's. */
TuttiSoundMaking *tutti_sound_making_get    (GTask *task);

/* Keeps @sound under its hash, as everybody else will decode it; nothing when it is cancelled. Thread: the worker's.
 * Returns: (transfer full), still without a name. */
TuttiSoundInfo   *tutti_sound_making_keep   (TuttiSoundMaking *self, TuttiSound *sound, GCancellable *cancellable, GError **error);

G_END_DECLS
