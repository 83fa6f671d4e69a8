/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SoundFonts from anywhere: each is refused, or read as presets whose regions lie in the file; the sounds of the first are made where
 * that is little work. The first byte chooses the file that is damaged ('r': the rest *is* the file). */
#include "fuzz-damage.h"
#include "soundfont-fixture.h"
#include "tutti-fuzz.h"
#include "tutti-soundfont-bake.h"
#include "tutti-soundfont-patch.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>

const char *const fuzz_corpus[] = { "0e\x10\x20\x30", "1\xe5\xf0\x01\x02", "2x\xff", "0\xe5\xe0\x10\xff\xf8\xf0\x02\x01", "1c\x40",
                                    "2\xed\xd0\x20\x30\xe5\xf8\x40", "0\xe5\xd8\x80\xff", "rRIFF\x08\x01\x01\x01sfbkLIST", NULL };

#define FRAMES_MAX 20000               /* of a sound that is made here: more only takes longer */

static GBytes *files[3];

static void
add_split (SoundFontFile *file, guint sample)
{
  sf_add_instrument (file);
  SF_ZONE (file, FALSE, TUTTI_SF_ATTENUATION, 100, TUTTI_SF_RELEASE, 1200);
  SF_ZONE (file, FALSE, TUTTI_SF_KEYS, SF_RANGE (0, 60), TUTTI_SF_LOOPS, 1, TUTTI_SF_PAN, -500, TUTTI_SF_SAMPLE, (int) sample);
  SF_ZONE (file, FALSE, TUTTI_SF_KEYS, SF_RANGE (40, 127), TUTTI_SF_VELOCITIES, SF_RANGE (0, 64), TUTTI_SF_CUTOFF, 7000,
           TUTTI_SF_SAMPLE, (int) sample);
  SF_ZONE (file, FALSE, TUTTI_SF_LOOP_START, 10, TUTTI_SF_LOOPS, 3, TUTTI_SF_SCALE, 50, TUTTI_SF_SAMPLE, (int) sample);
}

/* The first page of a stream that goes no further. */
static guint
add_ogg (SoundFontFile *file, SoundFontTone tone)
{
  static const char page[] = "OggS\0\2\0\1\0\0\0\0\0\0\1\1\1\1\0\0\0\0\0\0\0\0\1\x1e\1vorbis";
  g_autoptr(GBytes) stream = g_bytes_new_static (page, sizeof page);

  return sf_add_vorbis (file, stream, tone);
}

static GBytes *
make_file (guint kind)
{
  SoundFontTone tone = { 44100, 69, -4, 100, 300 };
  gint16 frames[400];
  SoundFontFile file;

  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    frames[i] = (gint16) (10000.0 * sin (i * 0.0628));
  sf_begin (&file);
  guint sample = kind == 2 ? add_ogg (&file, tone) : sf_add_sample (&file, frames, G_N_ELEMENTS (frames), tone);

  add_split (&file, sample);
  sf_add_preset (&file, "One", kind == 1 ? TUTTI_SOUNDFONT_KITS : 0, 0);
  SF_ZONE (&file, TRUE, TUTTI_SF_COARSE_TUNE, 12, TUTTI_SF_INSTRUMENT, 0);
  SF_ZONE (&file, TRUE, TUTTI_SF_KEYS, SF_RANGE (20, 90), TUTTI_SF_INSTRUMENT, 0);
  return sf_end (&file);
}

/* No frame that is no number, none beyond full scale. */
static void
check_sound (TuttiSoundFont *font, GArray *regions, const TuttiSoundFontCell *cell, TuttiSoundFontLayout layout)
{
  TuttiSoundFontBaked baked;
  gsize n;

  if (tutti_soundfont_measure (regions, cell, layout) * cell->n_layers > FRAMES_MAX ||
      !tutti_soundfont_bake (font, regions, cell, layout, &baked, NULL, NULL))
    return;
  n = tutti_sound_get_n_frames (baked.sound) * tutti_sound_get_n_channels (baked.sound);
  if (!isfinite (baked.cents) || !isfinite (baked.gain_db))
    abort ();
  for (gsize i = 0; i < n; i++)
    if (!(fabsf (tutti_sound_get_frames (baked.sound)[i]) <= 1.0f))
      abort ();
  g_object_unref (baked.sound);
}

static void
check_preset (TuttiSoundFont *font, guint preset, gboolean make)
{
  g_autoptr(GArray) regions = tutti_soundfont_get_regions (font, preset);
  gboolean kit = tutti_soundfont_get_preset (font, preset)->bank == TUTTI_SOUNDFONT_KITS;
  guint n_left_out;
  gsize n_bytes;

  tutti_soundfont_get_data (font, &n_bytes);
  for (guint i = 0; i < regions->len; i++)
    {
      const TuttiSoundFontRegion *region = &g_array_index (regions, TuttiSoundFontRegion, i);

      if (region->start >= region->end || region->end > n_bytes / (region->is_vorbis ? 1 : 2) || region->key_low > region->key_high ||
          region->key_high > 127 || region->velocity_low < 1 || region->velocity_low > region->velocity_high ||
          region->velocity_high > 127 || (region->loops && (region->loop_start >= region->loop_end || region->loop_end > region->n_frames)))
        abort ();
    }
  tutti_soundfont_join_alike (regions);
  g_autoptr(GArray) cells = tutti_soundfont_cut_cells (regions, kit, 32, &n_left_out, NULL);

  if (cells == NULL || !make)
    return;
  TuttiSoundFontLayout layout = tutti_soundfont_lay_out (regions, cells, kit);
  TuttiSoundFontPatch patch;

  tutti_soundfont_make_patch (&g_array_index (regions, TuttiSoundFontRegion, 0), layout, FALSE, &patch);
  check_sound (font, regions, &g_array_index (cells, TuttiSoundFontCell, 0), layout);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GByteArray) file = g_byte_array_new ();
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(TuttiSoundFont) font = NULL;

  if (size == 0)
    return 0;
  guint kind = data[0] % G_N_ELEMENTS (files);

  if (files[kind] == NULL)
    files[kind] = make_file (kind);
  if (data[0] == 'r')
    g_byte_array_append (file, data + 1, (guint) size - 1);
  else
    {
      g_byte_array_append (file, g_bytes_get_data (files[kind], NULL), (guint) g_bytes_get_size (files[kind]));
      fuzz_damage (file, data + 1, size - 1);
    }
  /* An exact allocation, so that a look past the end meets the address sanitizer. */
  bytes = g_bytes_new (file->data, file->len);
  font = tutti_soundfont_new (bytes, NULL);
  for (guint i = 0; font != NULL && i < MIN (tutti_soundfont_get_n_presets (font), 8); i++)
    check_preset (font, i, i == 0 && size > 16 && size % 64 == 21);
  return 0;
}
