/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sound-fixture.h"
#include "tutti-sound-decode-private.h"
#include "tutti-sound-shape-private.h"

#include <string.h>
#include <sys/stat.h>

/* --- what can be read --- */

typedef struct
{
  const char *name;
  int         format, rate, n_channels;
  double      error_max;                 /* against the tone itself; lossy and resampled ones are not exact */
} Readable;

static const Readable readable[] = {
  { "wav-16",        SF_FORMAT_WAV | SF_FORMAT_PCM_16,   48000, 2, 4e-5 },
  { "wav-24",        SF_FORMAT_WAV | SF_FORMAT_PCM_24,   48000, 1, 3e-7 },
  { "wav-float",     SF_FORMAT_WAV | SF_FORMAT_FLOAT,    48000, 2, 1e-7 },
  { "wav-8",         SF_FORMAT_WAV | SF_FORMAT_PCM_U8,   48000, 1, 1e-2 },
  { "wavex",         SF_FORMAT_WAVEX | SF_FORMAT_PCM_16, 48000, 2, 4e-5 },
  { "rf64",          SF_FORMAT_RF64 | SF_FORMAT_PCM_16,  48000, 2, 4e-5 },
  { "aiff-16",       SF_FORMAT_AIFF | SF_FORMAT_PCM_16,  48000, 2, 4e-5 },
  { "flac-16",       SF_FORMAT_FLAC | SF_FORMAT_PCM_16,  48000, 2, 4e-5 },
  { "flac-24",       SF_FORMAT_FLAC | SF_FORMAT_PCM_24,  48000, 1, 3e-7 },
  { "ogg-vorbis",    SF_FORMAT_OGG | SF_FORMAT_VORBIS,   48000, 2, 5e-2 },
  { "ogg-opus",      SF_FORMAT_OGG | SF_FORMAT_OPUS,     48000, 2, 5e-2 },
  { "wav-44100",     SF_FORMAT_WAV | SF_FORMAT_FLOAT,    44100, 2, 5e-7 },
  { "wav-8000",      SF_FORMAT_WAV | SF_FORMAT_FLOAT,     8000, 1, 5e-7 },
  { "wav-22050",     SF_FORMAT_WAV | SF_FORMAT_FLOAT,    22050, 2, 5e-7 },
  { "wav-96000",     SF_FORMAT_WAV | SF_FORMAT_FLOAT,    96000, 1, 5e-7 },
  { "wav-192000",    SF_FORMAT_WAV | SF_FORMAT_FLOAT,   192000, 2, 5e-7 },
  { "wav-47999",     SF_FORMAT_WAV | SF_FORMAT_FLOAT,    47999, 1, 5e-7 },
  { "flac-44100",    SF_FORMAT_FLAC | SF_FORMAT_PCM_24,  44100, 2, 5e-7 },
  { "mp3",           SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 48000, 2, 5e-2 },
  { "mp3-44100",     SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 44100, 1, 5e-2 },
};

/* In time as well as in tune: the decoded tone is the tone, sample by sample, away from the ends (a filter has
 * nothing to look at beyond them). */
static void
test_readable (gconstpointer data)
{
  const Readable *row = data;
  gsize n_in = (gsize) row->rate, n_edge = 4800;
  g_autofree float *tone = fixture_tone (row->rate, row->n_channels, n_in, 441.0);
  g_autofree float *want = fixture_tone (48000, row->n_channels, 48000, 441.0);
  g_autoptr(GBytes) bytes = fixture_file (row->format, row->rate, row->n_channels, tone, n_in);
  g_autoptr(TuttiSound) sound = fixture_decode (bytes);
  gsize n_channels = (gsize) row->n_channels;
  double worst = 0.0;

  fixture_check (sound);
  g_assert_cmpuint (tutti_sound_get_n_channels (sound), ==, n_channels);
  g_assert_cmpuint (tutti_sound_get_n_frames (sound), ==, 48000);
  g_assert_cmpint (tutti_sound_get_notes (sound), ==, TUTTI_SOUND_NOTE_NONE);
  for (gsize i = n_edge * n_channels; i < (48000 - n_edge) * n_channels; i++)
    worst = MAX (worst, fabs ((double) tutti_sound_get_frames (sound)[i] - (double) want[i]));
  g_test_message ("largest error %g", worst);
  g_assert_cmpfloat (worst, <=, row->error_max);
}

static void
test_flac_keeps_every_bit (void)
{
  g_autofree float *noise = g_new (float, 2 * 30000);
  g_autoptr(GBytes) wav = NULL, flac = NULL, again = NULL;
  g_autoptr(TuttiSound) sound = NULL, kept = NULL, twice = NULL;
  g_autoptr(GError) error = NULL;

  for (int i = 0; i < 60000; i++)
    noise[i] = (float) g_test_rand_int_range (-8388608, 8388608) / 8388608.0f;
  noise[7] = -1.0f;
  wav = fixture_file (SF_FORMAT_WAV | SF_FORMAT_FLOAT, 48000, 2, noise, 30000);
  sound = fixture_decode (wav);
  flac = tutti_sound_flac_encode (sound, &error);
  g_assert_no_error (error);
  kept = tutti_sound_flac_decode (flac, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (tutti_sound_get_frames (kept), tutti_sound_get_n_bytes (kept), noise, 60000 * sizeof *noise);
  twice = fixture_decode (flac);
  again = tutti_sound_flac_encode (twice, NULL);
  g_assert_true (g_bytes_equal (flac, again));       /* importing what was shared changes nothing */
}

/* Decoders hand out blocks of different sizes; the converted sound must not tell. */
static void
test_resampled_block_by_block (void)
{
  const int rates[] = { 44100, 48000, 96000, 11025, 47999, 384000 };

  for (gsize r = 0; r < G_N_ELEMENTS (rates); r++)
    {
      gsize n = 30011;
      g_autofree float *tone = fixture_tone (rates[r], 3, n, 997.0);
      g_autoptr(TuttiSoundShape) whole = tutti_sound_shape_new (rates[r], 3, NULL, NULL);
      g_autoptr(TuttiSoundShape) pieces = tutti_sound_shape_new (rates[r], 3, NULL, NULL);
      g_autoptr(TuttiSound) one = NULL, two = NULL;

      g_assert_true (tutti_sound_shape_push (whole, tone, n, NULL));
      for (gsize done = 0, size; done < n; done += size)
        {
          size = (gsize) g_test_rand_int_range (1, 900);
          size = MIN (n - done, size);
          g_assert_true (tutti_sound_shape_push (pieces, tone + 3 * done, size, NULL));
        }
      one = tutti_sound_shape_finish (whole, TUTTI_SOUND_NOTE_NONE, NULL);
      two = tutti_sound_shape_finish (pieces, TUTTI_SOUND_NOTE_NONE, NULL);
      g_assert_cmpmem (tutti_sound_get_frames (one), tutti_sound_get_n_bytes (one), tutti_sound_get_frames (two),
                       tutti_sound_get_n_bytes (two));
    }
}

/* What the lower rate cannot hold does not come back as something else. */
static void
test_nothing_folds_back (void)
{
  const struct { int rate; double hz; } rows[] = { { 96000, 24500.0 }, { 96000, 40000.0 }, { 192000, 60000.0 },
                                                   { 50000, 24600.0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize n = (gsize) rows[i].rate;
      g_autofree float *tone = fixture_tone (rows[i].rate, 1, n, rows[i].hz);
      g_autoptr(GBytes) wav = fixture_file (SF_FORMAT_WAV | SF_FORMAT_FLOAT, rows[i].rate, 1, tone, n);
      g_autoptr(TuttiSound) sound = fixture_decode (wav);

      for (gsize f = 4800; f < 43200; f++)
        g_assert_cmpfloat (fabsf (tutti_sound_get_frames (sound)[f]), <, 2e-6f);
    }
}

/* Where a decoder starts and ends may differ by its own delay; what it plays may not. */
static void
test_second_way (gconstpointer data)
{
  const Readable *row = data;
  g_autofree float *tone = fixture_tone (row->rate, row->n_channels, (gsize) row->rate, 441.0);
  g_autoptr(GBytes) bytes = fixture_file (row->format, row->rate, row->n_channels, tone, (gsize) row->rate);
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiSound) sound = tutti_sound_decode_gst (bytes, NULL, &error);
  double power = 0.0;

  g_assert_no_error (error);
  fixture_check (sound);
  g_assert_cmpuint (tutti_sound_get_n_channels (sound), ==, (guint) row->n_channels);
  g_assert_cmpuint (tutti_sound_get_n_frames (sound), >=, 45000);
  g_assert_cmpuint (tutti_sound_get_n_frames (sound), <=, 52000);
  for (gsize i = 9600 * (gsize) row->n_channels; i < 38400 * (gsize) row->n_channels; i++)
    power += pow (tutti_sound_get_frames (sound)[i], 2.0);
  g_assert_cmpfloat (fabs (power / (28800 * row->n_channels) - 0.125), <, 0.01);
}

static void
test_channels_are_folded (void)
{
  for (int n_channels = 3; n_channels <= 8; n_channels++)
    {
      g_autofree float *loud = g_new (float, 1000 * (gsize) n_channels);
      g_autoptr(GBytes) wav = NULL;
      g_autoptr(TuttiSound) sound = NULL;
      const float *frames;

      for (int i = 0; i < 1000 * n_channels; i++)
        loud[i] = 0.9f;
      wav = fixture_file (SF_FORMAT_WAV | SF_FORMAT_FLOAT, 48000, n_channels, loud, 1000);
      sound = fixture_decode (wav);
      frames = tutti_sound_get_frames (sound);
      fixture_check (sound);
      g_assert_cmpuint (tutti_sound_get_n_channels (sound), ==, 2);
      g_assert_cmpint (tutti_sound_get_notes (sound), ==, TUTTI_SOUND_NOTE_FOLDED);
      g_assert_cmpfloat (fabs (frames[1000] - 0.9), <, 1e-5);     /* equal everywhere stays as loud, never louder */
      g_assert_cmpfloat (fabs (frames[1001] - 0.9), <, 1e-5);
    }
}

/* --- what is cleaned --- */

static void
test_no_numbers_become_silence (void)
{
  float bad[] = { 0.5f, NAN, INFINITY, -INFINITY, -0.5f, 0.25f };
  g_autoptr(GBytes) wav = fixture_file (SF_FORMAT_WAV | SF_FORMAT_FLOAT, 48000, 1, bad, 6);
  g_autoptr(TuttiSound) sound = fixture_decode (wav);
  const float want[] = { 0.5f, 0.0f, 0.0f, 0.0f, -0.5f, 0.25f };

  g_assert_cmpint (tutti_sound_get_notes (sound), ==, TUTTI_SOUND_NOTE_SILENCED);
  g_assert_cmpmem (tutti_sound_get_frames (sound), tutti_sound_get_n_bytes (sound), want, sizeof want);
}

static void
test_too_loud_is_lowered (void)
{
  float loud[] = { 4.0f, -2.0f, 1.0f };
  float absurd[] = { 3e38f, -3e38f, 1.0f };
  g_autoptr(GBytes) wav = fixture_file (SF_FORMAT_WAV | SF_FORMAT_FLOAT, 48000, 1, loud, 3);
  g_autoptr(GBytes) wild = fixture_file (SF_FORMAT_WAV | SF_FORMAT_FLOAT, 44100, 1, absurd, 3);
  g_autoptr(TuttiSound) sound = fixture_decode (wav);
  g_autoptr(TuttiSound) tamed = fixture_decode (wild);
  const float want[] = { 1.0f, -0.5f, 0.25f };

  g_assert_cmpint (tutti_sound_get_notes (sound), ==, TUTTI_SOUND_NOTE_LOWERED);
  g_assert_cmpmem (tutti_sound_get_frames (sound), tutti_sound_get_n_bytes (sound), want, sizeof want);
  fixture_check (tamed);
}

/* Cut anywhere: what was there and a note, or words; never a crash. */
static void
test_truncated (gconstpointer data)
{
  const Readable *row = data;
  g_autofree float *tone = fixture_tone (row->rate, row->n_channels, 20000, 441.0);
  g_autoptr(GBytes) bytes = fixture_file (row->format, row->rate, row->n_channels, tone, 20000);
  int n_kept = 0;

  for (int i = 0; i < 40; i++)
    {
      gsize length = (gsize) g_test_rand_int_range (0, (int) g_bytes_get_size (bytes));
      g_autoptr(GBytes) cut = g_bytes_new_from_bytes (bytes, 0, length);
      g_autoptr(GError) error = NULL;
      g_autoptr(TuttiSound) sound = tutti_sound_decode (cut, NULL, NULL, NULL, &error);

      if (sound != NULL)
        {
          n_kept++;
          fixture_check (sound);
        }
      else
        g_assert_true (error->domain == TUTTI_SOUND_ERROR && strlen (error->message) > 15);
    }
  g_test_message ("%d of 40 still gave sound", n_kept);
}

static void
test_cut_short_is_noted (void)
{
  g_autofree float *tone = fixture_tone (48000, 1, 48000, 441.0);
  g_autoptr(GBytes) flac = fixture_file (SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 48000, 1, tone, 48000);
  g_autoptr(GBytes) half = g_bytes_new_from_bytes (flac, 0, g_bytes_get_size (flac) / 2);
  g_autoptr(TuttiSound) sound = fixture_decode (half);

  fixture_check (sound);
  g_assert_cmpuint (tutti_sound_get_n_frames (sound), <, 48000);
  g_assert_cmpint (tutti_sound_get_notes (sound), ==, TUTTI_SOUND_NOTE_CUT_SHORT);
}

/* --- what is refused --- */

static void
assert_refused (GBytes *bytes, TuttiSoundError code)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (tutti_sound_decode (bytes, NULL, NULL, NULL, &error));
  g_assert_error (error, TUTTI_SOUND_ERROR, (int) code);
}

static void
put_le (guint8 *at, guint32 value, int n)
{
  for (int i = 0; i < n; i++)
    at[i] = (guint8) (value >> (8 * i));
}

/* A WAV header by hand, so that it can lie; then @n_data bytes of sound. */
static GBytes *
lying_wav (guint32 rate, guint32 n_channels, guint32 claimed, gsize n_data)
{
  guint8 *bytes = g_malloc0 (44 + n_data);

  memcpy (bytes, "RIFF....WAVEfmt ", 16);
  put_le (bytes + 4, 36 + claimed, 4);
  put_le (bytes + 16, 16, 4);
  put_le (bytes + 20, 1, 2);
  put_le (bytes + 22, n_channels, 2);
  put_le (bytes + 24, rate, 4);
  put_le (bytes + 28, rate * n_channels * 2, 4);
  put_le (bytes + 32, n_channels * 2, 2);
  put_le (bytes + 34, 16, 2);
  memcpy (bytes + 36, "data", 4);
  put_le (bytes + 40, claimed, 4);
  memset (bytes + 44, 1, n_data);
  return g_bytes_new_take (bytes, 44 + n_data);
}

static void
test_lies (void)
{
  static const struct { const char *what; guint32 rate, n_channels, claimed; gsize n_data; int code; } lies[] = {
    { "no-rate",          0,      1, 200, 200, -1 },
    { "absurd-rate",      999999, 1, 200, 200, TUTTI_SOUND_ERROR_UNSUPPORTED },
    { "slow-rate",        100,    1, 200, 200, TUTTI_SOUND_ERROR_UNSUPPORTED },
    { "no-channels",      48000,  0, 200, 200, -1 },
    { "many-channels",    48000, 64, 12800, 12800, TUTTI_SOUND_ERROR_UNSUPPORTED },
    { "nothing-claimed",  48000,  1, 0, 0, -1 },
    { "all-claimed",      48000,  1, 0xffffffff, 2000, 0 },
    { "much-claimed",     48000,  2, 0x7ffffff0, 2000, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autoptr(GBytes) wav = lying_wav (lies[i].rate, lies[i].n_channels, lies[i].claimed, lies[i].n_data);
      g_autoptr(GError) error = NULL;
      g_autoptr(TuttiSound) sound = tutti_sound_decode (wav, NULL, NULL, NULL, &error);

      g_test_message ("%s: %s", lies[i].what, error != NULL ? error->message : "decoded");
      if (sound != NULL)
        {
          /* What is there, and not what is claimed. */
          fixture_check (sound);
          g_assert_cmpuint (tutti_sound_get_n_frames (sound), <=, 1000);
          g_assert_cmpint (lies[i].code, ==, 0);
        }
      else
        g_assert_true (lies[i].code != 0 && error->domain == TUTTI_SOUND_ERROR &&
                       (lies[i].code < 0 || error->code == lies[i].code));
    }
}

static void
test_refused (void)
{
  g_autofree char *text = g_strnfill (5000, 'x');
  g_autoptr(GBytes) words = g_bytes_new_static ("Dear Sir or Madam, this is a very sonorous text.", 48);
  g_autoptr(GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr(GBytes) pretends = NULL, large = NULL, empty = NULL;
  g_autofree guint8 *many = g_malloc0 (TUTTI_SOUND_BYTES_MAX + 1);
  const char *masks[] = { "RIFF\xff\xff\xff\x7fWAVEfmt ", ("FORM\x7f\xff\xff\xff" "AIFFCOMM"), "fLaC", "OggS", "ID3\x04",
                          "\xff\xfb\x90\x64" };

  assert_refused (words, TUTTI_SOUND_ERROR_NOT_AUDIO);
  assert_refused (nothing, TUTTI_SOUND_ERROR_NOT_AUDIO);
  for (gsize i = 0; i < G_N_ELEMENTS (masks); i++)
    {
      g_autoptr(GError) error = NULL;

      memcpy (text, masks[i], strlen (masks[i]));
      pretends = g_bytes_new (text, 5000);
      g_assert_null (tutti_sound_decode (pretends, NULL, NULL, NULL, &error));
      g_assert_true (error->domain == TUTTI_SOUND_ERROR);
      g_test_message ("text behind a mask: %s", error->message);
      g_clear_pointer (&pretends, g_bytes_unref);
    }
  memcpy (many, "RIFF....WAVE", 12);
  large = g_bytes_new (many, TUTTI_SOUND_BYTES_MAX + 1);
  assert_refused (large, TUTTI_SOUND_ERROR_TOO_LARGE);
  empty = fixture_file (SF_FORMAT_WAV | SF_FORMAT_PCM_16, 48000, 1, (float[1]) { 0 }, 0);
  assert_refused (empty, TUTTI_SOUND_ERROR_EMPTY);
}

/* A minute is a minute at any rate; silence packs so well that the size of the file says nothing. */
static void
test_length (void)
{
  const int rates[] = { 48000, 8000 };

  for (gsize i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      gsize minute = 60 * (gsize) rates[i];
      g_autofree float *silence = g_new0 (float, minute + 1);
      g_autoptr(GBytes) just = fixture_file (SF_FORMAT_FLAC | SF_FORMAT_PCM_16, rates[i], 1, silence, minute);
      g_autoptr(GBytes) above = fixture_file (SF_FORMAT_FLAC | SF_FORMAT_PCM_16, rates[i], 1, silence, minute + 1);
      g_autoptr(TuttiSound) sound = fixture_decode (just);

      g_assert_cmpuint (tutti_sound_get_n_frames (sound), ==, TUTTI_SOUND_FRAMES_MAX);
      assert_refused (above, TUTTI_SOUND_ERROR_TOO_LONG);
    }
}

static void
test_no_plain_file (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *pipe_path = g_build_filename (folder, "pipe.wav", NULL);
  const char *paths[] = { folder, pipe_path, "/dev/zero" };

  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr(GFile) file = g_file_new_for_path (paths[i]);
      g_autoptr(GError) error = NULL;

      g_assert_null (tutti_sound_read_file (file, TUTTI_SOUND_BYTES_MAX, NULL, &error));
      g_assert_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_NOT_AUDIO);
    }
  tutti_remove_tree (folder);
}

/* --- FLAC from peers --- */

static void
test_peers_flac_is_strict (void)
{
  static const struct { const char *what; int format, rate, n_channels; gboolean good; } rows[] = {
    { "as-shared", SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 48000, 2, TRUE },
    { "16-bit",    SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 48000, 2, FALSE },
    { "44100",     SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 44100, 2, FALSE },
    { "3-channel", SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 48000, 3, FALSE },
    { "wav",       SF_FORMAT_WAV | SF_FORMAT_PCM_24,  48000, 2, FALSE },
    { "ogg-flac",  SF_FORMAT_OGG | SF_FORMAT_VORBIS,  48000, 2, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree float *tone = fixture_tone (rows[i].rate, rows[i].n_channels, 9000, 300.0);
      g_autoptr(GBytes) file = fixture_file (rows[i].format, rows[i].rate, rows[i].n_channels, tone, 9000);
      g_autoptr(GError) error = NULL;
      g_autoptr(TuttiSound) sound = tutti_sound_flac_decode (file, &error);

      g_test_message ("%s", rows[i].what);
      g_assert_true ((sound != NULL) == rows[i].good);
      g_assert_true (sound != NULL || g_error_matches (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_DAMAGED));
    }
}

/* A picture, or anything else, does not travel inside a sound. */
static void
test_peers_flac_hides_nothing (void)
{
  g_autofree float *tone = fixture_tone (48000, 1, 9000, 300.0);
  g_autoptr(GBytes) file = fixture_file (SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 48000, 1, tone, 9000);
  gsize n;
  const guint8 *bytes = g_bytes_get_data (file, &n);
  const guint8 types[] = { 0, 2, 5, 6, 100, 127 };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr(GByteArray) stuffed = g_byte_array_new ();
      g_autoptr(GBytes) whole = NULL;
      const guint8 block[] = { types[i], 0, 0, 6, 's', 'e', 'c', 'r', 'e', 't' };

      g_byte_array_append (stuffed, bytes, 42);           /* mark and STREAMINFO */
      g_byte_array_append (stuffed, block, sizeof block);
      g_byte_array_append (stuffed, bytes + 42, (guint) n - 42);
      whole = g_byte_array_free_to_bytes (g_steal_pointer (&stuffed));
      g_assert_null (tutti_sound_flac_decode (whole, NULL));
    }
  for (int i = 0; i < 200; i++)
    {
      g_autoptr(GBytes) cut = g_bytes_new_from_bytes (file, 0, (gsize) g_test_rand_int_range (0, (int) n));

      g_assert_null (tutti_sound_flac_decode (cut, NULL));
    }
}

/* --- asynchronously --- */

typedef struct
{
  GMainLoop  *loop;
  TuttiSound *sound;
  GError     *error;
  double      progress;
  int         n_reports;
} Answer;

static void
on_progress (double fraction, gpointer data)
{
  Answer *answer = data;

  g_assert_cmpfloat (fraction, >=, answer->progress);
  g_assert_null (answer->sound);
  answer->progress = fraction;
  answer->n_reports++;
}

static void
on_decoded (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->sound = tutti_sound_decode_file_finish (result, &answer->error);
  g_main_loop_quit (answer->loop);
}

static void
test_async (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree float *tone = fixture_tone (44100, 2, 441000, 300.0);
  g_autofree char *path = fixture_write (folder, "tone.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 44100, 2, tone, 441000);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Answer answer = { .loop = loop }, cancelled = { .loop = loop };

  tutti_sound_decode_file_async (file, on_progress, &answer, NULL, on_decoded, &answer);
  g_main_loop_run (loop);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (tutti_sound_get_n_frames (answer.sound), ==, 480000);
  g_assert_cmpint (answer.n_reports, >=, 10);
  g_assert_cmpfloat (answer.progress, ==, 1.0);

  g_cancellable_cancel (cancellable);
  tutti_sound_decode_file_async (file, on_progress, &cancelled, cancellable, on_decoded, &cancelled);
  g_main_loop_run (loop);
  g_assert_error (cancelled.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&cancelled.error);
  g_clear_object (&answer.sound);
  tutti_remove_tree (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (readable); i++)
    {
      g_autofree char *path = g_strconcat ("/sound/decode/", readable[i].name, NULL);
      g_autofree char *cut = g_strconcat ("/sound/truncated/", readable[i].name, NULL);

      g_test_add_data_func (path, &readable[i], test_readable);
      g_test_add_data_func (cut, &readable[i], test_truncated);
    }
  g_test_add_data_func ("/sound/second-way/mp3", &readable[18], test_second_way);
  g_test_add_data_func ("/sound/second-way/mp3-44100", &readable[19], test_second_way);
  g_test_add_data_func ("/sound/second-way/ogg", &readable[9], test_second_way);
  g_test_add_func ("/sound/flac-keeps-every-bit", test_flac_keeps_every_bit);
  g_test_add_func ("/sound/resampled-block-by-block", test_resampled_block_by_block);
  g_test_add_func ("/sound/nothing-folds-back", test_nothing_folds_back);
  g_test_add_func ("/sound/channels-are-folded", test_channels_are_folded);
  g_test_add_func ("/sound/no-numbers-become-silence", test_no_numbers_become_silence);
  g_test_add_func ("/sound/too-loud-is-lowered", test_too_loud_is_lowered);
  g_test_add_func ("/sound/cut-short-is-noted", test_cut_short_is_noted);
  g_test_add_func ("/sound/lies", test_lies);
  g_test_add_func ("/sound/refused", test_refused);
  g_test_add_func ("/sound/length", test_length);
  g_test_add_func ("/sound/no-plain-file", test_no_plain_file);
  g_test_add_func ("/sound/peers-flac-is-strict", test_peers_flac_is_strict);
  g_test_add_func ("/sound/peers-flac-hides-nothing", test_peers_flac_hides_nothing);
  g_test_add_func ("/sound/async", test_async);
  return g_test_run ();
}
