/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

/* What the window knows of sounds by their name in the document ("kit:tight-kick", "synth:warm-bass", "sha:…"): words, glyph, pitch. */

typedef enum
{
  TUTTI_SOUNDS_DRUMS, TUTTI_SOUNDS_PERCUSSION, TUTTI_SOUNDS_ROUND_KIT, TUTTI_SOUNDS_HARD_KIT, TUTTI_SOUNDS_TIN_KIT,
  TUTTI_SOUNDS_BASS, TUTTI_SOUNDS_ACID, TUTTI_SOUNDS_SYNTH, TUTTI_SOUNDS_LEAD, TUTTI_SOUNDS_KEYS, TUTTI_SOUNDS_PAD,
  TUTTI_SOUNDS_PLUCK, TUTTI_SOUNDS_BELL, TUTTI_SOUNDS_BRASS, TUTTI_SOUNDS_STRINGS, TUTTI_SOUNDS_ORGAN, TUTTI_SOUNDS_EFFECT,
  TUTTI_N_SOUND_GROUPS
} TuttiSoundGroup;

typedef struct
{
  const char     *sound;       /* as in TuttiTrack.sound */
  const char     *name;        /* to be translated with _() */
  const char     *glyph;       /* "kick": icon tutti-kick-symbolic */
  TuttiSoundGroup group;
  int             root;        /* MIDI note at pitch 0 */
  gboolean        pitched;
} TuttiSoundInfo;

/* The built-in sounds, in the order of the kit; ended by one without a name. */
extern const TuttiSoundInfo tutti_sound_infos[];

/* The presets of the synthesisers, ended in the same way. */
extern const TuttiSoundInfo tutti_preset_infos[];

/* The built-in sound or preset @sound, or NULL. */
const TuttiSoundInfo *tutti_sound_info (const char *sound);

const char *tutti_sound_group_name (TuttiSoundGroup group);

/* Its name for people: translated, or as whoever added it called it. (transfer none) while @jam stays as it is. */
const char *tutti_sound_name (const TuttiJam *jam, const char *sound);

/* The icon of its instrument; lives for ever. */
const char *tutti_sound_icon (const char *sound);

int         tutti_sound_root (const char *sound);

/* Whether cells of @clip (nullable) should tell their notes: those of synthesisers always, of drum synthesisers never. */
gboolean    tutti_sound_is_melodic (const char *sound, const TuttiClip *clip);

/* A name for a new track with @sound: "Kick", "Bass". (transfer none) */
const char *tutti_sound_track_name (const TuttiJam *jam, const char *sound);
