/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sounds.h"

#include <glib/gi18n.h>

#define SOUND(id, name, glyph, group) { "kit:" id, name, glyph, TUTTI_SOUNDS_##group, 60, FALSE }
#define NOTES(id, name, glyph, group, root) { "kit:" id, name, glyph, TUTTI_SOUNDS_##group, root, TRUE }

const TuttiSoundInfo tutti_sound_infos[] = {
  SOUND ("tight-kick", N_("Tight Kick"), "kick", DRUMS),
  SOUND ("dusty-snare", N_("Dusty Snare"), "snare", DRUMS),
  SOUND ("paper-hats", N_("Paper Hats"), "hats", DRUMS),
  SOUND ("room-clap", N_("Room Clap"), "clap", DRUMS),
  SOUND ("wood-rim", N_("Wood Rim"), "rim", DRUMS),
  NOTES ("rubber-bass", N_("Rubber Bass"), "bass", BASS, 36),
  NOTES ("felt-keys", N_("Felt Keys"), "keys", KEYS, 60),
  NOTES ("glass-bells", N_("Glass Bells"), "bell", KEYS, 72),
  SOUND ("deep-kick", N_("Deep Kick"), "kick", DRUMS),
  SOUND ("tape-kick", N_("Tape Kick"), "kick", DRUMS),
  SOUND ("crisp-snare", N_("Crisp Snare"), "snare", DRUMS),
  SOUND ("brush-snare", N_("Brush Snare"), "snare", DRUMS),
  SOUND ("open-hats", N_("Open Hats"), "hats", DRUMS),
  SOUND ("low-tom", N_("Low Tom"), "tom", DRUMS),
  SOUND ("mid-tom", N_("Mid Tom"), "tom", DRUMS),
  SOUND ("high-tom", N_("High Tom"), "tom", DRUMS),
  SOUND ("wide-crash", N_("Wide Crash"), "cymbal", DRUMS),
  SOUND ("dark-ride", N_("Dark Ride"), "cymbal", DRUMS),
  SOUND ("hand-conga", N_("Hand Conga"), "perc", PERCUSSION),
  SOUND ("iron-cowbell", N_("Iron Cowbell"), "perc", PERCUSSION),
  SOUND ("seed-shaker", N_("Seed Shaker"), "perc", PERCUSSION),
  SOUND ("dry-clave", N_("Dry Clave"), "rim", PERCUSSION),
  SOUND ("tin-tambourine", N_("Tin Tambourine"), "perc", PERCUSSION),
  SOUND ("low-block", N_("Low Block"), "rim", PERCUSSION),
  NOTES ("deep-sub", N_("Deep Sub"), "bass", BASS, 36),
  NOTES ("grit-bass", N_("Grit Bass"), "bass", BASS, 36),
  NOTES ("nylon-pluck", N_("Nylon Pluck"), "pluck", SYNTH, 60),
  NOTES ("neon-lead", N_("Neon Lead"), "lead", SYNTH, 60),
  NOTES ("warm-pad", N_("Warm Pad"), "pad", SYNTH, 60),
  NOTES ("haze-strings", N_("Haze Strings"), "pad", SYNTH, 60),
  NOTES ("tine-keys", N_("Tine Keys"), "keys", KEYS, 60),
  NOTES ("pipe-organ", N_("Pipe Organ"), "keys", KEYS, 60),
  NOTES ("soft-mallet", N_("Soft Mallet"), "bell", KEYS, 60),
  { NULL }
};

/* How a track is called after what it plays. */
static const struct { const char *glyph, *name, *icon; } glyphs[] = {
  { "kick", N_("Kick"), "tutti-kick-symbolic" },      { "snare", N_("Snare"), "tutti-snare-symbolic" },
  { "hats", N_("Hats"), "tutti-hats-symbolic" },      { "clap", N_("Clap"), "tutti-clap-symbolic" },
  { "rim", N_("Rim"), "tutti-rim-symbolic" },         { "tom", N_("Tom"), "tutti-tom-symbolic" },
  { "cymbal", N_("Cymbal"), "tutti-cymbal-symbolic" }, { "perc", N_("Percussion"), "tutti-perc-symbolic" },
  { "bass", N_("Bass"), "tutti-bass-symbolic" },      { "keys", N_("Keys"), "tutti-keys-symbolic" },
  { "bell", N_("Bells"), "tutti-bell-symbolic" },     { "pad", N_("Pad"), "tutti-pad-symbolic" },
  { "lead", N_("Lead"), "tutti-lead-symbolic" },      { "pluck", N_("Pluck"), "tutti-pluck-symbolic" },
};

const TuttiSoundInfo *
tutti_sound_info (const char *sound)
{
  for (const TuttiSoundInfo *info = tutti_sound_infos; info->sound != NULL; info++)
    if (g_str_equal (info->sound, sound))
      return info;
  for (const TuttiSoundInfo *info = tutti_preset_infos; info->sound != NULL; info++)
    if (g_str_equal (info->sound, sound))
      return info;
  return NULL;
}

const char *
tutti_sound_group_name (TuttiSoundGroup group)
{
  static const char * const names[TUTTI_N_SOUND_GROUPS] = {
    N_("Drums"), N_("Percussion"), N_("Round Drum Synthesiser"), N_("Hard Drum Synthesiser"), N_("Tin Drum Synthesiser"),
    N_("Bass"), N_("Acid"), N_("Synthesisers"), N_("Leads"), N_("Keys"), N_("Pads"), N_("Plucks"), N_("Bells"), N_("Brass"),
    N_("Strings"), N_("Organs"), N_("Effects"),
  };

  return _(names[group]);
}

const char *
tutti_sound_name (const TuttiJam *jam, const char *sound)
{
  const TuttiSoundInfo *info = tutti_sound_info (sound);
  const TuttiSoundEntry *added;

  if (info != NULL)
    return _(info->name);
  added = jam != NULL && g_str_has_prefix (sound, "sha:") ? tutti_jam_sound (jam, sound + strlen ("sha:")) : NULL;
  return added != NULL ? added->name : _("Unknown sound");
}

const char *
tutti_sound_icon (const char *sound)
{
  const TuttiSoundInfo *info = tutti_sound_info (sound);

  for (guint i = 0; info != NULL && i < G_N_ELEMENTS (glyphs); i++)
    if (g_str_equal (glyphs[i].glyph, info->glyph))
      return glyphs[i].icon;
  return "tutti-sample-symbolic";
}

int
tutti_sound_root (const char *sound)
{
  const TuttiSoundInfo *info = tutti_sound_info (sound);

  return info != NULL ? info->root : 60;
}

gboolean
tutti_sound_is_melodic (const char *sound, const TuttiClip *clip)
{
  const TuttiSoundInfo *info = tutti_sound_info (sound);

  if (g_str_has_prefix (sound, "drum:"))
    return FALSE;
  if (g_str_has_prefix (sound, "synth:") || (info != NULL && info->pitched))
    return TRUE;
  for (int i = 0; clip != NULL && i < clip->length; i++)
    if (clip->steps[i].velocity > 0 && clip->steps[i].pitch != 0)
      return TRUE;
  return FALSE;
}

const char *
tutti_sound_track_name (const TuttiJam *jam, const char *sound)
{
  const TuttiSoundInfo *info = tutti_sound_info (sound);

  for (guint i = 0; info != NULL && i < G_N_ELEMENTS (glyphs); i++)
    if (g_str_equal (glyphs[i].glyph, info->glyph))
      return _(glyphs[i].name);
  return tutti_sound_name (jam, sound);
}
