/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-sound.h"

G_BEGIN_DECLS

/* The one form in which sounds are kept and travel: FLAC, 24 bit, 48 kHz, one or two channels, and nothing in
 * the file but sound. Everybody decodes it to the same floats (multiples of 2^-23).
 *
 * Thread: any. */

/* Returns: (transfer full): @sound as such a file. */
GBytes     *tutti_sound_flac_encode (TuttiSound *sound, GError **error);

/* Decodes a file that claims to be one, strictly: another rate or depth, pictures or other blocks that are not
 * sound, a length that is not the stated one are TUTTI_SOUND_ERROR_DAMAGED. Returns: (transfer full). */
TuttiSound *tutti_sound_flac_decode (GBytes *bytes, GError **error);

G_END_DECLS
