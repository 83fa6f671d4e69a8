/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-sample-routes.h"
#include "tutti-sound-library.h"

G_BEGIN_DECLS

/* Sounds for those who ask over HTTP: files of the library's folder, read in the listener's thread; uploads are handed to the
 * library in its own. */
typedef struct _TuttiHostingSounds TuttiHostingSounds;

/* @library: kept by reference, used in @home only. Thread: the library's, both; freed when the listener's thread is over. */
TuttiHostingSounds        *tutti_hosting_sounds_new      (TuttiSoundLibrary *library, GMainContext *home);
void                       tutti_hosting_sounds_free     (TuttiHostingSounds *self);

/* What is kept of sounds, in bytes (reads the disk). Thread: any. */
gint64                     tutti_hosting_sounds_count_bytes (gpointer sounds);

/* The functions that go with a TuttiHostingSounds as their data. */
const TuttiSampleProvider *tutti_hosting_sounds_provider (void);

G_END_DECLS
