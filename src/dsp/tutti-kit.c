/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-kit.h"

#include "tutti-tone.h"
#include <stdlib.h>
#include <string.h>

typedef struct
{
  TuttiKitSound sound;
  unsigned      n_channels;
  double        longest_s;      /* before the silent end is cut */
  ToneMake      make;
} Entry;

#define DRUM(id, name, choke, level, channels, seconds, make) \
  { { id, name, TUTTI_KIT_DRUM, 60, false, false, choke, level, 30 }, channels, seconds, make }
#define PERCUSSION(id, name, level, seconds, make) \
  { { id, name, TUTTI_KIT_PERCUSSION, 60, false, false, 0, level, 30 }, 1, seconds, make }
#define PITCHED(id, name, category, root, gate, level, release, channels, seconds, make) \
  { { id, name, category, root, true, gate, 0, level, release }, channels, seconds, make }

/* The first eight are what an empty jam begins with. Levels make the sounds about equally loud to the ear. */
static const Entry entries[] = {
  DRUM ("tight-kick", "Tight Kick", 0, -100, 1, 0.6, tone_tight_kick),
  DRUM ("dusty-snare", "Dusty Snare", 0, -250, 1, 0.5, tone_dusty_snare),
  DRUM ("paper-hats", "Paper Hats", 1, -400, 1, 0.25, tone_paper_hats),
  DRUM ("room-clap", "Room Clap", 0, -200, 1, 0.6, tone_room_clap),
  DRUM ("wood-rim", "Wood Rim", 0, -300, 1, 0.25, tone_wood_rim),
  PITCHED ("rubber-bass", "Rubber Bass", TUTTI_KIT_BASS, 36, true, -250, 60, 1, 3.0, tone_rubber_bass),
  PITCHED ("felt-keys", "Felt Keys", TUTTI_KIT_KEYS, 60, true, -450, 180, 1, 3.0, tone_felt_keys),
  PITCHED ("glass-bells", "Glass Bells", TUTTI_KIT_KEYS, 72, false, -700, 400, 2, 3.0, tone_glass_bells),
  DRUM ("deep-kick", "Deep Kick", 0, -150, 1, 1.8, tone_deep_kick),
  DRUM ("tape-kick", "Tape Kick", 0, -200, 1, 0.8, tone_tape_kick),
  DRUM ("crisp-snare", "Crisp Snare", 0, -300, 1, 0.4, tone_crisp_snare),
  DRUM ("brush-snare", "Brush Snare", 0, -300, 1, 0.7, tone_brush_snare),
  DRUM ("open-hats", "Open Hats", 1, -600, 1, 1.1, tone_open_hats),
  DRUM ("low-tom", "Low Tom", 0, -450, 1, 1.2, tone_low_tom),
  DRUM ("mid-tom", "Mid Tom", 0, -500, 1, 1.0, tone_mid_tom),
  DRUM ("high-tom", "High Tom", 0, -500, 1, 0.8, tone_high_tom),
  DRUM ("wide-crash", "Wide Crash", 0, -700, 2, 3.0, tone_wide_crash),
  DRUM ("dark-ride", "Dark Ride", 0, -700, 1, 2.6, tone_dark_ride),
  PERCUSSION ("hand-conga", "Hand Conga", -400, 0.7, tone_hand_conga),
  PERCUSSION ("iron-cowbell", "Iron Cowbell", -800, 0.9, tone_iron_cowbell),
  PERCUSSION ("seed-shaker", "Seed Shaker", -300, 0.3, tone_seed_shaker),
  PERCUSSION ("dry-clave", "Dry Clave", -500, 0.2, tone_dry_clave),
  PERCUSSION ("tin-tambourine", "Tin Tambourine", -600, 0.5, tone_tin_tambourine),
  PERCUSSION ("low-block", "Low Block", -600, 0.2, tone_low_block),
  PITCHED ("deep-sub", "Deep Sub", TUTTI_KIT_BASS, 36, true, -450, 60, 1, 3.0, tone_deep_sub),
  PITCHED ("grit-bass", "Grit Bass", TUTTI_KIT_BASS, 36, true, -700, 60, 1, 3.0, tone_grit_bass),
  PITCHED ("nylon-pluck", "Nylon Pluck", TUTTI_KIT_SYNTH, 60, false, -300, 200, 1, 2.2, tone_nylon_pluck),
  PITCHED ("neon-lead", "Neon Lead", TUTTI_KIT_SYNTH, 60, true, -1150, 80, 1, 3.0, tone_neon_lead),
  PITCHED ("warm-pad", "Warm Pad", TUTTI_KIT_SYNTH, 60, true, -1300, 500, 2, 5.0, tone_warm_pad),
  PITCHED ("haze-strings", "Haze Strings", TUTTI_KIT_SYNTH, 60, true, -700, 400, 2, 5.0, tone_haze_strings),
  PITCHED ("tine-keys", "Tine Keys", TUTTI_KIT_KEYS, 60, true, -1000, 150, 1, 3.0, tone_tine_keys),
  PITCHED ("pipe-organ", "Pipe Organ", TUTTI_KIT_KEYS, 60, true, -1100, 60, 1, 4.0, tone_pipe_organ),
  PITCHED ("soft-mallet", "Soft Mallet", TUTTI_KIT_KEYS, 60, false, -600, 200, 1, 1.5, tone_soft_mallet),
};

#define N_ENTRIES (sizeof entries / sizeof *entries)

unsigned
tutti_kit_count (void)
{
  return N_ENTRIES;
}

const TuttiKitSound *
tutti_kit_get (unsigned i)
{
  return i < N_ENTRIES ? &entries[i].sound : NULL;
}

int
tutti_kit_find (const char *id)
{
  for (unsigned i = 0; i < N_ENTRIES; i++)
    if (strcmp (entries[i].sound.id, id) == 0)
      return (int) i;
  return -1;
}

static TuttiSample *
sample_of (const TuttiTone *tone)
{
  float *interleaved = malloc ((size_t) tone->n_frames * tone->n_channels * sizeof *interleaved);
  TuttiSample *sample;

  if (interleaved == NULL)
    return NULL;
  for (unsigned c = 0; c < tone->n_channels; c++)
    for (uint32_t i = 0; i < tone->n_frames; i++)
      interleaved[(size_t) i * tone->n_channels + c] = (float) tone->side[c][i];
  sample = tutti_sample_new (interleaved, tone->n_channels, tone->n_frames);
  free (interleaved);
  return sample;
}

TuttiSample *
tutti_kit_make (unsigned i)
{
  if (i >= N_ENTRIES)
    return NULL;

  const Entry *entry = &entries[i];
  uint32_t n_frames = tone_frames (entry->longest_s);
  double *memory = calloc ((size_t) n_frames * entry->n_channels, sizeof *memory);
  TuttiTone tone = { { memory, NULL }, entry->n_channels, n_frames };
  TuttiSample *sample;

  if (memory == NULL)
    return NULL;
  tone.side[1] = entry->n_channels == 2 ? memory + n_frames : memory;
  entry->make (&tone);
  tone_finish (&tone);
  sample = sample_of (&tone);
  free (memory);
  return sample;
}
