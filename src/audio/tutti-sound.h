/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tutti-limits.h"

G_BEGIN_DECLS

/* What a sound may be, whoever brings it. */
#define TUTTI_SOUND_RATE        48000
#define TUTTI_SOUND_SECONDS_MAX TUTTI_SAMPLE_SECONDS_MAX
#define TUTTI_SOUND_FRAMES_MAX  (TUTTI_SOUND_SECONDS_MAX * TUTTI_SOUND_RATE)
#define TUTTI_SOUND_BYTES_MAX   TUTTI_SAMPLE_BYTES_MAX     /* of a file, before and after conversion */
#define TUTTI_SOUND_NAME_MAX    TUTTI_NAME_BYTES_MAX       /* of UTF-8 */
#define TUTTI_SOUND_HASH_LENGTH TUTTI_HASH_HEX             /* SHA-256 in lower-case hexadecimal digits */

#define TUTTI_SOUND_ERROR (tutti_sound_error_quark ())

/* @NOT_AUDIO: none of the formats that are read.
 * @TOO_LARGE: more than TUTTI_SOUND_BYTES_MAX bytes.
 * @TOO_LONG: more than TUTTI_SOUND_SECONDS_MAX seconds.
 * @EMPTY: no sound in it.
 * @DAMAGED: it begins like audio and cannot be decoded, or is not what its hash says.
 * @UNSUPPORTED: rate or channels outside what is read.
 * @MISSING: no such sound here.
 * @FAILED: the disk or the encoder said no. */
typedef enum
{
  TUTTI_SOUND_ERROR_NOT_AUDIO,
  TUTTI_SOUND_ERROR_TOO_LARGE,
  TUTTI_SOUND_ERROR_TOO_LONG,
  TUTTI_SOUND_ERROR_EMPTY,
  TUTTI_SOUND_ERROR_DAMAGED,
  TUTTI_SOUND_ERROR_UNSUPPORTED,
  TUTTI_SOUND_ERROR_MISSING,
  TUTTI_SOUND_ERROR_FAILED,
} TuttiSoundError;

GQuark tutti_sound_error_quark (void);

/* Decoded sound at 48 kHz, immutable, shared by reference (GWeakRef works on it).
 * Thread: any. */
#define TUTTI_TYPE_SOUND (tutti_sound_get_type ())
G_DECLARE_FINAL_TYPE (TuttiSound, tutti_sound, TUTTI, SOUND, GObject)

/* What was done to a file so that it could be used. */
typedef enum
{
  TUTTI_SOUND_NOTE_NONE = 0,
  TUTTI_SOUND_NOTE_CUT_SHORT = 1 << 0,   /* the file ends before its header says; what was there is kept */
  TUTTI_SOUND_NOTE_SILENCED = 1 << 1,    /* samples that were no numbers became silence */
  TUTTI_SOUND_NOTE_LOWERED = 1 << 2,     /* too loud for the format: made softer as a whole */
  TUTTI_SOUND_NOTE_FOLDED = 1 << 3,      /* more than two channels were mixed to two */
} TuttiSoundNotes;

/* @frames: (transfer full): n_frames · n_channels interleaved floats from g_malloc (). */
TuttiSound     *tutti_sound_new            (float *frames, guint n_channels, gsize n_frames, TuttiSoundNotes notes);

const float    *tutti_sound_get_frames     (TuttiSound *self);
guint           tutti_sound_get_n_channels (TuttiSound *self);     /* 1 or 2 */
gsize           tutti_sound_get_n_frames   (TuttiSound *self);     /* 1 … TUTTI_SOUND_FRAMES_MAX */
gsize           tutti_sound_get_n_bytes    (TuttiSound *self);     /* of memory */
TuttiSoundNotes tutti_sound_get_notes      (TuttiSound *self);

/* Whether @hash has the form of one: nothing else is ever made into a path. */
gboolean        tutti_sound_is_hash        (const char *hash);

G_END_DECLS
