/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SoundFonts that the test writes: what is read, what becomes of it on a track, how that sounds, and that damage is answered. */
#include "soundfont-fixture.h"
#include "soundfont-heard.h"
#include "tutti-jam-json.h"

#include <gst/gst.h>

#define RATE 44100
#define PERIOD 100                     /* frames of the tone: 441 Hz, 4 cents above its root */
#define TONE { RATE, 69, -4, 2 * PERIOD, 3 * PERIOD }

typedef struct
{
  char              *folder;
  TuttiSoundLibrary *library;
  SoundFontFile      file;
  TuttiSoundFont    *font;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_folder ();
  f->library = tutti_sound_library_new (f->folder, 64 << 20);
  sf_begin (&f->file);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_pointer (&f->font, tutti_soundfont_unref);
  g_object_unref (f->library);
  tutti_remove_tree (f->folder);
  g_free (f->folder);
}

static guint
add_tone (Fixture *f, guint n, SoundFontTone tone)
{
  g_autofree gint16 *frames = g_new (gint16, n);

  for (guint i = 0; i < n; i++)
    frames[i] = (gint16) lround (16000.0 * sin (2.0 * G_PI * i / PERIOD));
  return sf_add_sample (&f->file, frames, n, tone);
}

static void
read_file (Fixture *f)
{
  g_autoptr(GBytes) bytes = sf_end (&f->file);
  g_autoptr(GError) error = NULL;

  f->font = tutti_soundfont_new (bytes, &error);
  g_assert_no_error (error);
}

static TuttiSoundFontInstrument *
import (Fixture *f, guint preset)
{
  g_autoptr(GError) error = NULL;
  TuttiSoundFontInstrument *instrument = heard_import (f->library, f->font, preset, &error);

  g_assert_no_error (error);
  return instrument;
}

/* A preset of one looped tone on all keys. */
static void
write_looped (Fixture *f)
{
  guint sample = add_tone (f, 5 * PERIOD, (SoundFontTone) TONE), instrument = sf_add_instrument (&f->file);

  SF_ZONE (&f->file, FALSE, TUTTI_SF_LOOPS, 1, TUTTI_SF_RELEASE, -1200, TUTTI_SF_SAMPLE, (int) sample);
  sf_add_preset (&f->file, "Tone", 0, 3);
  SF_ZONE (&f->file, TRUE, TUTTI_SF_INSTRUMENT, (int) instrument);
}

/* ---- reading ---- */

static void
test_presets (Fixture *f, gconstpointer data)
{
  guint sample = add_tone (f, 3 * PERIOD, (SoundFontTone) TONE), instrument = sf_add_instrument (&f->file);
  const TuttiSoundFontPreset *preset;

  SF_ZONE (&f->file, FALSE, TUTTI_SF_SAMPLE, (int) sample);
  sf_add_preset (&f->file, "Drums", 128, 0);
  SF_ZONE (&f->file, TRUE, TUTTI_SF_INSTRUMENT, (int) instrument);
  sf_add_preset (&f->file, "Nothing", 0, 1);
  sf_add_preset (&f->file, "  Pad\x01 \xe4\xf6_x", 8, 2);
  SF_ZONE (&f->file, TRUE, TUTTI_SF_INSTRUMENT, (int) instrument);
  SF_ZONE (&f->file, TRUE, TUTTI_SF_INSTRUMENT, (int) instrument);
  sf_add_preset (&f->file, "", 8, 1);
  SF_ZONE (&f->file, TRUE, TUTTI_SF_INSTRUMENT, (int) instrument);
  read_file (f);
  g_assert_cmpuint (tutti_soundfont_get_n_presets (f->font), ==, 3);
  preset = tutti_soundfont_get_preset (f->font, 0);
  g_assert_cmpuint (preset->bank, ==, 8);
  g_assert_cmpuint (preset->program, ==, 1);
  g_assert_cmpstr (preset->name, ==, "Sound");
  preset = tutti_soundfont_get_preset (f->font, 1);
  g_assert_true (g_utf8_validate (preset->name, -1, NULL));
  g_assert_true (g_str_has_prefix (preset->name, "Pad "));
  g_assert_cmpuint (preset->n_regions, ==, 2);
  g_assert_cmpint (tutti_soundfont_find_preset (f->font, 128, 0), ==, 2);
  g_assert_cmpint (tutti_soundfont_find_preset (f->font, 0, 1), ==, -1);
}

/* Ranges meet, numbers are added up, and the zone that names nothing holds for all. */
static void
test_zones (Fixture *f, gconstpointer data)
{
  guint sample = add_tone (f, 3 * PERIOD, (SoundFontTone) TONE), instrument = sf_add_instrument (&f->file);
  g_autoptr(TuttiSoundFontInstrument) made = NULL;
  const TuttiZone *zone;

  SF_ZONE (&f->file, FALSE, TUTTI_SF_ATTENUATION, 100);
  SF_ZONE (&f->file, FALSE, TUTTI_SF_KEYS, SF_RANGE (0, 60), TUTTI_SF_VELOCITIES, SF_RANGE (0, 63), TUTTI_SF_ROOT, 60,
           TUTTI_SF_SAMPLE, (int) sample);
  SF_ZONE (&f->file, FALSE, TUTTI_SF_KEYS, SF_RANGE (0, 60), TUTTI_SF_VELOCITIES, SF_RANGE (64, 127), TUTTI_SF_ATTENUATION, 0,
           TUTTI_SF_SAMPLE, (int) sample);
  SF_ZONE (&f->file, FALSE, TUTTI_SF_KEYS, SF_RANGE (61, 127), TUTTI_SF_FINE_TUNE, 20, TUTTI_SF_PAN, -250, TUTTI_SF_SAMPLE, (int) sample);
  sf_add_preset (&f->file, "Split", 0, 0);
  SF_ZONE (&f->file, TRUE, TUTTI_SF_KEYS, SF_RANGE (24, 96), TUTTI_SF_ATTENUATION, 50, TUTTI_SF_COARSE_TUNE, 12,
           TUTTI_SF_INSTRUMENT, (int) instrument);
  read_file (f);
  made = import (f, 0);
  g_assert_cmpuint (made->n_zones, ==, 3);
  g_assert_cmpuint (made->sounds->len, ==, 1);
  g_assert_cmpuint (made->n_left_out, ==, 0);
  zone = &made->zones[0];
  g_assert_cmpuint (zone->key_low, ==, 24);
  g_assert_cmpuint (zone->key_high, ==, 60);
  g_assert_cmpuint (zone->velocity_low, ==, 1);
  g_assert_cmpuint (zone->velocity_high, ==, 63);
  /* Sounds as itself an octave lower, but for 4 cents. */
  g_assert_cmpint (100 * (60 - zone->root) + zone->tune, ==, 1200 - 4);
  g_assert_cmpint (zone->gain, ==, -600);
  g_assert_cmpint (made->zones[1].gain, ==, -200);
  g_assert_cmpint (100 * (69 - made->zones[1].root) + made->zones[1].tune, ==, 1200 - 4);
  zone = &made->zones[2];
  g_assert_cmpuint (zone->key_high, ==, 96);
  g_assert_cmpint (zone->pan, ==, -500);
  g_assert_cmpint (100 * (69 - zone->root) + zone->tune, ==, 1200 - 4 + 20);
}

/* ---- sounding ---- */

static void
check_tone (Fixture *f, const TuttiSoundFontInstrument *made)
{
  static const guint keys[] = { 45, 57, 69, 76, 88 };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      HeardNote note = { keys[i], 100, 5.0, 3.0 };
      gsize n;
      g_autofree float *stereo = heard_render (f->library, made, note, &n);
      double early = heard_level (stereo, 0.1, 0.6), late = heard_level (stereo, 2.4, 2.9);

      g_test_message ("key %u: %.2f cents, %.2f dB, later %.2f dB", keys[i], heard_cents (stereo, 1.0, heard_hertz (keys[i])), early, late);
      g_assert_cmpfloat (fabs (heard_cents (stereo, 1.0, heard_hertz (keys[i]))), <, 1.5);
      g_assert_cmpfloat (fabs (early - late), <, 0.1);
      g_assert_cmpfloat (early, >, -45.0);
      g_assert_cmpfloat (heard_level (stereo, 4.5, 5.0), <, -120.0);
    }
}

static void
test_loop (Fixture *f, gconstpointer data)
{
  g_autoptr(TuttiSoundFontInstrument) made = NULL;

  write_looped (f);
  read_file (f);
  made = import (f, 0);
  g_assert_cmpint (made->play_mode, ==, TUTTI_PLAY_GATE);
  g_assert_cmpint (made->patch.patch[TUTTI_PATCH_PARAM_LOOP], ==, 1);
  g_assert_cmpint (made->patch.params[TUTTI_PARAM_RELEASE], ==, 150);
  check_tone (f, made);
}

/* What Ogg makes of a tone is the tone. */
static void
test_vorbis (Fixture *f, gconstpointer data)
{
  g_autofree float *tone = fixture_tone (RATE, 1, 441 * PERIOD, 441.0);
  g_autoptr(GBytes) stream = fixture_file (SF_FORMAT_OGG | SF_FORMAT_VORBIS, RATE, 1, tone, 441 * PERIOD);
  SoundFontTone where = { RATE, 69, -4, 100 * PERIOD, 400 * PERIOD };
  guint sample = sf_add_vorbis (&f->file, stream, where), instrument = sf_add_instrument (&f->file);
  g_autoptr(TuttiSoundFontInstrument) made = NULL;

  SF_ZONE (&f->file, FALSE, TUTTI_SF_LOOPS, 1, TUTTI_SF_SAMPLE, (int) sample);
  sf_add_preset (&f->file, "Packed", 0, 0);
  SF_ZONE (&f->file, TRUE, TUTTI_SF_INSTRUMENT, (int) instrument);
  read_file (f);
  made = import (f, 0);
  check_tone (f, made);
}

/* Two sounds on the same keys, left and right, are one in stereo. */
static void
test_stereo (Fixture *f, gconstpointer data)
{
  guint sample = add_tone (f, 5 * PERIOD, (SoundFontTone) TONE), instrument = sf_add_instrument (&f->file);
  HeardNote note = { 69, 127, 1.0, 1.0 };
  g_autoptr(TuttiSoundFontInstrument) made = NULL;
  double left = 0.0, right = 0.0;
  gsize n;

  SF_ZONE (&f->file, FALSE, TUTTI_SF_LOOPS, 1, TUTTI_SF_PAN, -500, TUTTI_SF_SAMPLE, (int) sample);
  SF_ZONE (&f->file, FALSE, TUTTI_SF_LOOPS, 1, TUTTI_SF_PAN, 500, TUTTI_SF_ATTENUATION, 250, TUTTI_SF_SAMPLE, (int) sample);
  sf_add_preset (&f->file, "Wide", 0, 0);
  SF_ZONE (&f->file, TRUE, TUTTI_SF_INSTRUMENT, (int) instrument);
  read_file (f);
  made = import (f, 0);
  g_assert_cmpuint (made->n_zones, ==, 1);
  g_assert_cmpuint (((TuttiSoundInfo *) made->sounds->pdata[0])->n_channels, ==, 2);
  g_autofree float *stereo = heard_render (f->library, made, note, &n);

  for (gsize i = n / 4; i < n / 2; i++)
    {
      left += (double) stereo[2 * i] * (double) stereo[2 * i];
      right += (double) stereo[2 * i + 1] * (double) stereo[2 * i + 1];
    }
  g_assert_cmpfloat (fabs (10.0 * log10 (left / right) - 10.0), <, 0.2);
}

/* The pitch of each layer is its own, beside the first's. */
static void
test_layers (Fixture *f, gconstpointer data)
{
  SoundFontTone slow = { RATE / 2, 57, 4, 0, 10 * PERIOD };
  guint sample = add_tone (f, 5 * PERIOD, (SoundFontTone) TONE), other = add_tone (f, 10 * PERIOD, slow);
  guint instrument = sf_add_instrument (&f->file);
  HeardNote note = { 64, 127, 1.0, 1.0 };
  g_autoptr(TuttiSoundFontInstrument) made = NULL;
  gsize n;

  SF_ZONE (&f->file, FALSE, TUTTI_SF_LOOPS, 1, TUTTI_SF_ATTENUATION, 1000, TUTTI_SF_SAMPLE, (int) sample);
  SF_ZONE (&f->file, FALSE, TUTTI_SF_LOOPS, 1, TUTTI_SF_ATTENUATION, 990, TUTTI_SF_COARSE_TUNE, 7, TUTTI_SF_PAN, 500,
           TUTTI_SF_SAMPLE, (int) other);
  sf_add_preset (&f->file, "Fifth", 0, 0);
  SF_ZONE (&f->file, TRUE, TUTTI_SF_INSTRUMENT, (int) instrument);
  read_file (f);
  made = import (f, 0);
  g_assert_cmpuint (made->n_zones, ==, 1);
  g_autofree float *stereo = heard_render (f->library, made, note, &n);
  g_autofree float *left = g_new0 (float, 2 * n), *apart = g_new0 (float, 2 * n);

  for (gsize i = 0; i < n; i++)
    {
      left[2 * i] = stereo[2 * i];
      apart[2 * i] = stereo[2 * i + 1] - stereo[2 * i];
    }
  /* Half the rate is an octave below, the root too; 4 cents off either. */
  g_assert_cmpfloat (fabs (heard_cents (left, 0.3, heard_hertz (64))), <, 1.5);
  g_assert_cmpfloat (fabs (heard_cents (apart, 0.3, heard_hertz (71)) - 8.0), <, 1.5);
}

/* ---- too many ---- */

static void
test_thinned (Fixture *f, gconstpointer data)
{
  guint sample = add_tone (f, 3 * PERIOD, (SoundFontTone) TONE), instrument = sf_add_instrument (&f->file);
  g_autoptr(TuttiSoundFontInstrument) made = NULL;
  guint n_holding[128] = { 0 };

  for (int key = 0; key < 120; key += 3)
    for (int layer = 0; layer < 4; layer++)
      SF_ZONE (&f->file, FALSE, TUTTI_SF_KEYS, SF_RANGE (key, key + 2), TUTTI_SF_VELOCITIES, SF_RANGE (32 * layer, 32 * layer + 31),
               TUTTI_SF_ROOT, key + 1, TUTTI_SF_ATTENUATION, 10 * layer, TUTTI_SF_SAMPLE, (int) sample);
  sf_add_preset (&f->file, "Grand", 0, 0);
  SF_ZONE (&f->file, TRUE, TUTTI_SF_INSTRUMENT, (int) instrument);
  read_file (f);
  made = import (f, 0);
  g_assert_cmpuint (made->n_zones, ==, TUTTI_ZONES_MAX);
  g_assert_cmpuint (made->n_left_out, ==, 160 - TUTTI_ZONES_MAX);
  for (guint i = 0; i < made->n_zones; i++)
    for (guint key = made->zones[i].key_low; key <= made->zones[i].key_high; key++)
      {
        n_holding[key]++;
        g_assert_cmpuint (made->zones[i].velocity_low, ==, 1);
        g_assert_cmpuint (made->zones[i].velocity_high, ==, 127);
      }
  for (guint key = 0; key < 120; key++)
    g_assert_cmpuint (n_holding[key], ==, 1);
}

/* Of twelve sounds on the same keys the loudest eight are heard, wherever in the file they are. */
static void
test_loudest (Fixture *f, gconstpointer data)
{
  guint sample = add_tone (f, 3 * PERIOD, (SoundFontTone) TONE), instrument = sf_add_instrument (&f->file), n_left_out;
  g_autoptr(GArray) regions = NULL, cells = NULL;
  const TuttiSoundFontCell *cell;

  for (int i = 0; i < 12; i++)
    SF_ZONE (&f->file, FALSE, TUTTI_SF_ATTENUATION, 10 * (i < 4 ? 20 - i : i), TUTTI_SF_SAMPLE, (int) sample);
  sf_add_preset (&f->file, "Stack", 0, 0);
  SF_ZONE (&f->file, TRUE, TUTTI_SF_INSTRUMENT, (int) instrument);
  read_file (f);
  regions = tutti_soundfont_get_regions (f->font, 0);
  cells = tutti_soundfont_cut_cells (regions, FALSE, TUTTI_ZONES_MAX, &n_left_out, NULL);
  g_assert_cmpuint (cells->len, ==, 1);
  g_assert_cmpuint (n_left_out, ==, 4);
  cell = &g_array_index (cells, TuttiSoundFontCell, 0);
  g_assert_cmpuint (cell->n_layers, ==, TUTTI_SOUNDFONT_LAYERS_MAX);
  for (guint i = 0; i < cell->n_layers; i++)
    g_assert_cmpuint (cell->layers[i], ==, 4 + i);
}

/* As many cells as are read at all, so that most have no neighbour and the widest are given up one by one. */
static void
test_scattered (Fixture *f, gconstpointer data)
{
  guint sample = add_tone (f, 3 * PERIOD, (SoundFontTone) TONE), instrument = sf_add_instrument (&f->file), n_left_out;
  g_autoptr(GArray) regions = NULL, cells = NULL;
  guint n = 0;

  for (int key = 0; key < 128; key += key < 40 ? 2 : 1)
    for (int velocity = 1; velocity < 128 && n < 1536; velocity += key < 40 ? 2 : 4, n++)
      SF_ZONE (&f->file, FALSE, TUTTI_SF_KEYS, SF_RANGE (key, key), TUTTI_SF_VELOCITIES,
               key < 40 ? SF_RANGE (velocity, velocity) : SF_RANGE (velocity, velocity + 1), TUTTI_SF_SAMPLE, (int) sample);
  sf_add_preset (&f->file, "Dust", 0, 0);
  SF_ZONE (&f->file, TRUE, TUTTI_SF_INSTRUMENT, (int) instrument);
  read_file (f);
  regions = tutti_soundfont_get_regions (f->font, 0);
  cells = tutti_soundfont_cut_cells (regions, FALSE, TUTTI_ZONES_MAX, &n_left_out, NULL);
  g_assert_cmpuint (cells->len, ==, TUTTI_ZONES_MAX);
  g_assert_cmpuint (n_left_out, >, 1000);
}

/* Of a kit, keys are not left to neighbours; and a drum ends although its sound would go round for ever. */
static void
test_kit (Fixture *f, gconstpointer data)
{
  guint sample = add_tone (f, 5 * PERIOD, (SoundFontTone) TONE), instrument = sf_add_instrument (&f->file);
  HeardNote note = { 36, 127, 4.0, 0.1 };
  g_autoptr(TuttiSoundFontInstrument) made = NULL;
  gsize n;

  for (int key = 27; key < 88; key++)
    SF_ZONE (&f->file, FALSE, TUTTI_SF_KEYS, SF_RANGE (key, key), TUTTI_SF_ROOT, key, TUTTI_SF_LOOPS, 1, TUTTI_SF_DECAY, 0,
             TUTTI_SF_SUSTAIN, 1000, TUTTI_SF_SAMPLE, (int) sample);
  sf_add_preset (&f->file, "Kit", 128, 0);
  SF_ZONE (&f->file, TRUE, TUTTI_SF_INSTRUMENT, (int) instrument);
  read_file (f);
  made = import (f, 0);
  g_assert_cmpuint (made->n_zones, ==, 32);
  g_assert_cmpuint (made->n_left_out, ==, 61 - 32);
  g_assert_cmpuint (made->zones[0].key_low, ==, 35);
  g_assert_cmpuint (made->zones[31].key_high, ==, 66);
  g_assert_cmpint (made->play_mode, ==, TUTTI_PLAY_ONE_SHOT);
  g_autofree float *stereo = heard_render (f->library, made, note, &n);

  /* 100 dB a second. */
  g_assert_cmpfloat (fabs (heard_level (stereo, 0.20, 0.22) - heard_level (stereo, 0.30, 0.32) - 10.0), <, 0.5);
  g_assert_cmpfloat (heard_level (stereo, 2.0, 4.0), <, -120.0);
}

/* A drum without a loop sounds to its own end, however long that is, and a looped one is taken away without a click. */
static void
test_crash (Fixture *f, gconstpointer data)
{
  guint seconds = 5, sample = add_tone (f, seconds * RATE, (SoundFontTone) { RATE, 69, 0, 2 * PERIOD, 3 * PERIOD });
  guint instrument = sf_add_instrument (&f->file);
  HeardNote crash = { 49, 127, 6.0, 0.1 }, looped = { 57, 127, 6.0, 0.1 };
  g_autoptr(TuttiSoundFontInstrument) made = NULL;
  gsize n;

  SF_ZONE (&f->file, FALSE, TUTTI_SF_KEYS, SF_RANGE (49, 49), TUTTI_SF_ROOT, 49, TUTTI_SF_SAMPLE, (int) sample);
  SF_ZONE (&f->file, FALSE, TUTTI_SF_KEYS, SF_RANGE (57, 57), TUTTI_SF_ROOT, 57, TUTTI_SF_LOOPS, 1, TUTTI_SF_SAMPLE, (int) sample);
  sf_add_preset (&f->file, "Kit", 128, 0);
  SF_ZONE (&f->file, TRUE, TUTTI_SF_INSTRUMENT, (int) instrument);
  read_file (f);
  made = import (f, 0);
  g_autofree float *long_one = heard_render (f->library, made, crash, &n), *round_one = heard_render (f->library, made, looped, &n);

  g_assert_cmpfloat (fabs (heard_level (long_one, 4.8, 4.98) - heard_level (long_one, 1.0, 1.2)), <, 0.1);
  g_assert_cmpfloat (heard_level (long_one, 5.1, 6.0), <, -120.0);
  g_assert_cmpfloat (fabs (heard_level (round_one, 2.8, 2.98) - heard_level (round_one, 1.0, 1.2)), <, 0.1);
  /* Five milliseconds from all to nothing. */
  g_assert_cmpfloat (heard_level (round_one, 2.999, 3.0), <, heard_level (round_one, 2.8, 2.98) - 12.0);
  g_assert_cmpfloat (heard_level (round_one, 3.1, 6.0), <, -120.0);
}

/* ---- as an edit ---- */

/* On a track that was something else, with zones and numbers of its own: one edit, which takes back one edit. */
static void
test_undone (Fixture *f, gconstpointer data)
{
  TuttiZone zone = { .key_high = 127, .velocity_low = 1, .velocity_high = 127, .root = 60, .sound = "kit:felt-keys" };
  g_autoptr(TuttiJam) jam = tutti_jam_new ();
  g_autoptr(GPtrArray) ops = g_ptr_array_new ();
  g_autoptr(TuttiSoundFontInstrument) made = NULL;
  g_autoptr(TuttiOp) group = tutti_op_group_new (), inverse = NULL;
  g_autoptr(GError) error = NULL;
  guint32 counter = 0;
  TuttiStamp stamp = { 0 };
  guint64 before;

  write_looped (f);
  read_file (f);
  made = import (f, 0);
  heard_apply (jam, tutti_op_new (TUTTI_OP_TRACK_ADD, HEARD_TRACK, "Keys", "kit:felt-keys", TUTTI_N (TUTTI_COLOUR_SKY)));
  for (guint i = 0; i < TUTTI_ZONES_MAX; i++)
    heard_apply (jam, tutti_op_new (TUTTI_OP_ZONE, HEARD_TRACK, tutti_id (3, i + 1), tutti_zone_edit_new (&zone, TUTTI_ZONE_WHOLE)));
  heard_apply (jam, tutti_op_new (TUTTI_OP_PATCH, HEARD_TRACK, TUTTI_N (TUTTI_PATCH_PARAM_CUTOFF), TUTTI_N (300)));
  heard_apply (jam, tutti_op_new (TUTTI_OP_PARAM, HEARD_TRACK, TUTTI_N (TUTTI_PARAM_RELEASE), TUTTI_N (777)));
  before = tutti_jam_hash (jam);
  tutti_soundfont_edit (made, jam->tracks[0], tutti_id (0, 0), TUTTI_COLOUR_SKY, heard_new_id, &counter, ops);
  for (guint i = 0; i < ops->len; i++)
    tutti_op_group_add (group, ops->pdata[i]);
  g_assert_true (tutti_jam_apply (jam, group, &stamp, &inverse, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (jam->tracks[0]->n_zones, ==, made->n_zones);
  g_assert_cmpstr (jam->tracks[0]->sound, ==, made->zones[0].sound);
  g_assert_false (tutti_track_has_patch (jam->tracks[0], TUTTI_PATCH_PARAM_CUTOFF));
  g_assert_true (tutti_jam_apply (jam, inverse, &stamp, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmphex (tutti_jam_hash (jam), ==, before);
}

/* ---- what is refused ---- */

static void
test_refused (Fixture *f, gconstpointer data)
{
  static const struct { const char *bytes; gsize n; int code; } wrong[] = {
    { "", 0, TUTTI_SOUND_ERROR_NOT_AUDIO },
    { "RIFF\x04\0\0\0WAVE", 12, TUTTI_SOUND_ERROR_NOT_AUDIO },
    { "RIFF\x04\0\0\0sfbk", 12, TUTTI_SOUND_ERROR_DAMAGED },
    { "RIFF\xff\xff\xff\xffsfbkLIST\xff\xff\xff\xffpdtaphdr\xff\xff\xff\xff", 32, TUTTI_SOUND_ERROR_DAMAGED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new_static (wrong[i].bytes, wrong[i].n);
      g_autoptr(GError) error = NULL;

      g_assert_null (tutti_soundfont_new (bytes, &error));
      g_assert_error (error, TUTTI_SOUND_ERROR, wrong[i].code);
    }
  for (guint i = 0; i < SF_N_TABLES; i++)
    g_byte_array_unref (f->file.table[i]);
}

/* A minute is the longest that a sound may last; nothing of what came before is in the library then. */
static void
test_too_long (Fixture *f, gconstpointer data)
{
  SoundFontTone slow = { 2000, 69, 0, 0, 0 };
  guint fine = add_tone (f, 5 * PERIOD, (SoundFontTone) TONE), sample = add_tone (f, 2000 * 61, slow);
  guint instrument = sf_add_instrument (&f->file);
  g_autoptr(GError) error = NULL;

  SF_ZONE (&f->file, FALSE, TUTTI_SF_KEYS, SF_RANGE (0, 20), TUTTI_SF_SAMPLE, (int) fine);
  SF_ZONE (&f->file, FALSE, TUTTI_SF_KEYS, SF_RANGE (21, 40), TUTTI_SF_SAMPLE, (int) sample);
  sf_add_preset (&f->file, "Endless", 0, 0);
  SF_ZONE (&f->file, TRUE, TUTTI_SF_INSTRUMENT, (int) instrument);
  read_file (f);
  g_assert_null (heard_import (f->library, f->font, 0, &error));
  g_assert_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_TOO_LONG);
}

/* A few kilobytes that ask for 100 million zones: each preset has each instrument's zones a thousand times. */
static void
test_endless (Fixture *f, gconstpointer data)
{
  guint instrument = sf_add_instrument (&f->file);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  add_tone (f, 3 * PERIOD, (SoundFontTone) TONE);
  for (guint i = 0; i < 10000; i++)
    SF_ZONE (&f->file, FALSE, TUTTI_SF_SAMPLE, 1000);
  for (guint preset = 0; preset < 10; preset++)
    {
      sf_add_preset (&f->file, "More", 0, preset);
      for (guint i = 0; i < 1000; i++)
        SF_ZONE (&f->file, TRUE, TUTTI_SF_INSTRUMENT, (int) instrument);
    }
  bytes = sf_end (&f->file);
  g_assert_null (tutti_soundfont_new (bytes, &error));
  g_assert_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_TOO_LARGE);
}

/* ---- damage ---- */

static void
damage (GByteArray *file, guint tables, GRand *rand)
{
  for (int n = g_rand_int_range (rand, 1, 6); n > 0; n--)
    {
      guint at = (guint) g_rand_int_range (rand, g_rand_boolean (rand) ? (gint32) tables : 0, (gint32) file->len);

      file->data[at] = (guint8) (g_rand_boolean (rand) ? g_rand_int (rand) : (guint) g_rand_int_range (rand, -1, 2));
    }
  if (g_rand_int_range (rand, 0, 6) == 0)
    g_byte_array_set_size (file, (guint) g_rand_int_range (rand, 0, (gint32) file->len));
}

/* Whatever the file says now: words, or zones that a track may have. */
static void
check_damaged (Fixture *f, GBytes *bytes, gboolean whole, guint *n_read)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiSoundFont) font = tutti_soundfont_new (bytes, &error);
  g_autoptr(TuttiSoundFontInstrument) made = NULL;

  g_assert_true ((font != NULL) == (error == NULL));
  for (guint i = 0; font != NULL && i < tutti_soundfont_get_n_presets (font); i++)
    {
      g_autoptr(GArray) regions = tutti_soundfont_get_regions (font, i);
      guint n_left_out;
      g_autoptr(GArray) cells = tutti_soundfont_cut_cells (regions, FALSE, TUTTI_ZONES_MAX, &n_left_out, NULL);

      g_assert_cmpuint (regions->len, ==, tutti_soundfont_get_preset (font, i)->n_regions);
      g_assert_true (cells == NULL || (cells->len >= 1 && cells->len <= TUTTI_ZONES_MAX));
      ++*n_read;
    }
  if (font == NULL || !whole)
    return;
  made = heard_import (f->library, font, 0, &error);
  g_assert_true ((made != NULL) == (error == NULL));
  if (made != NULL)
    tutti_jam_free (heard_jam (made, (HeardNote) { 60, 100, 1.0, 0.5 }));
}

static void
test_damaged (Fixture *f, gconstpointer data)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (4711);
  g_autoptr(GBytes) sound = NULL;
  guint tables, n_read = 0;

  write_looped (f);
  tables = 8 + f->file.table[SF_SMPL]->len;
  sound = sf_end (&f->file);
  for (guint i = 0; i < 4000; i++)
    {
      gsize n;
      const guint8 *bytes = g_bytes_get_data (sound, &n);
      GByteArray *file = g_byte_array_sized_new ((guint) n);
      g_autoptr(GBytes) damaged = NULL;

      g_byte_array_append (file, bytes, (guint) n);
      damage (file, tables, rand);
      damaged = g_byte_array_free_to_bytes (file);
      check_damaged (f, damaged, i % 40 == 0, &n_read);
    }
  /* Most of it is read all the same. */
  g_assert_cmpuint (n_read, >, 1000);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  ADD ("/soundfont/presets", test_presets);
  ADD ("/soundfont/zones", test_zones);
  ADD ("/soundfont/loop", test_loop);
  ADD ("/soundfont/vorbis", test_vorbis);
  ADD ("/soundfont/stereo", test_stereo);
  ADD ("/soundfont/layers", test_layers);
  ADD ("/soundfont/thinned", test_thinned);
  ADD ("/soundfont/loudest", test_loudest);
  ADD ("/soundfont/scattered", test_scattered);
  ADD ("/soundfont/kit", test_kit);
  ADD ("/soundfont/crash", test_crash);
  ADD ("/soundfont/undone", test_undone);
  ADD ("/soundfont/refused", test_refused);
  ADD ("/soundfont/too-long", test_too_long);
  ADD ("/soundfont/endless", test_endless);
  ADD ("/soundfont/damaged", test_damaged);
  return g_test_run ();
}
