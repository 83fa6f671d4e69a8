/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mix as a file: the bits that are heard, and nothing left behind of what did not come to its end. */
#include "sound-fixture.h"
#include "tutti-demo.h"
#include "tutti-export.h"
#include "tutti-mix.h"
#include "tutti-plan.h"

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <unistd.h>

#define KITS "/usr/share/hydrogen/data/drumkits"

typedef struct
{
  char           *folder;
  TuttiSoundBank *bank;
  TuttiJam       *jam;
  GMainLoop      *loop;
  GCancellable   *cancellable;
  double          cancel_at;       /* progress, > 1: never */
  double          done;            /* the newest told */
  gboolean        ok;
  GError         *error;
} Fixture;

static void
apply (TuttiJam *jam, TuttiOp *op, gint64 at)
{
  TuttiStamp stamp = { .at = at };
  g_autoptr(GError) error = NULL;

  tutti_jam_apply (jam, op, &stamp, NULL, &error);
  g_assert_no_error (error);
  tutti_op_free (op);
}

static TuttiJam *
demo_jam (void)
{
  guint32 counter = 0;
  g_autoptr(GPtrArray) ops = tutti_demo_ops (1, &counter);
  TuttiJam *jam = tutti_jam_new ();

  for (guint i = 0; i < ops->len; i++)
    apply (jam, tutti_op_copy (ops->pdata[i]), 0);
  return jam;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_folder ();
  f->bank = tutti_sound_bank_new (NULL);
  f->jam = demo_jam ();
  f->loop = g_main_loop_new (NULL, FALSE);
  f->cancellable = g_cancellable_new ();
  f->cancel_at = 2;
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_error (&f->error);
  g_object_unref (f->cancellable);
  g_main_loop_unref (f->loop);
  tutti_jam_free (f->jam);
  g_object_unref (f->bank);
  tutti_remove_tree (f->folder);
  g_free (f->folder);
}

static guint
count_files (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *f = data;

  f->ok = tutti_export_finish (result, &f->error);
  g_main_loop_quit (f->loop);
}

static void
on_progress (double done, gpointer data)
{
  Fixture *f = data;

  g_assert_cmpfloat (done, >=, f->done);
  g_assert_cmpfloat (done, <=, 1);
  f->done = done;
  if (done >= f->cancel_at)
    g_cancellable_cancel (f->cancellable);
}

/* (transfer full): the path. */
static char *
export_as (Fixture *f, const TuttiJam *jam, const char *name, const TuttiExportOptions *options)
{
  char *path = g_build_filename (f->folder, name, NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  g_clear_error (&f->error);
  f->done = 0;
  tutti_export_async (jam, f->bank, file, options, on_progress, f, f->cancellable, on_exported, f);
  g_main_loop_run (f->loop);
  return path;
}

/* (transfer full): the path. */
static char *
export (Fixture *f, const TuttiJam *jam, const char *name, double seconds)
{
  TuttiExportOptions options = { .format = g_str_has_suffix (name, ".flac") ? TUTTI_EXPORT_FLAC : TUTTI_EXPORT_WAV_24,
                                 .seconds = seconds };

  return export_as (f, jam, name, &options);
}

/* 24-bit samples in the upper bits. (transfer full) */
static int *
read_samples (const char *path, int format, gsize *n_frames)
{
  SF_INFO info = { 0 };
  SNDFILE *file = sf_open (path, SFM_READ, &info);
  int *samples;

  g_assert_nonnull (file);
  g_assert_cmpint (info.samplerate, ==, 48000);
  g_assert_cmpint (info.channels, ==, 2);
  g_assert_cmphex (info.format & SF_FORMAT_SUBMASK, ==, SF_FORMAT_PCM_24);
  /* An extensible WAV is a WAV. */
  g_assert_true ((info.format & SF_FORMAT_TYPEMASK) == format ||
                 (format == SF_FORMAT_WAV && (info.format & SF_FORMAT_TYPEMASK) == SF_FORMAT_WAVEX));
  *n_frames = (gsize) info.frames;
  samples = g_new (int, 2 * *n_frames);
  g_assert_cmpint (sf_readf_int (file, samples, info.frames), ==, info.frames);
  sf_close (file);
  return samples;
}

static void
assert_exported (Fixture *f)
{
  g_assert_no_error (f->error);
  g_assert_true (f->ok);
  g_assert_cmpfloat (f->done, ==, 1);
}

static void
test_same_twice (Fixture *f, gconstpointer data)
{
  const char *suffix = data;
  g_autofree char *name = g_strconcat ("one", suffix, NULL), *other = g_strconcat ("two", suffix, NULL);
  g_autofree char *one = export (f, f->jam, name, 0);
  g_autoptr(GBytes) first = fixture_bytes (one);
  gsize n_frames;

  assert_exported (f);
  g_free (read_samples (one, g_str_equal (suffix, ".wav") ? SF_FORMAT_WAV : SF_FORMAT_FLAC, &n_frames));
  gint64 music = tutti_anchor_frame_of (&f->jam->transport.anchor, 8 * tutti_ticks_per_bar (4, 4));

  g_assert_cmpint ((gint64) n_frames, ==, tutti_export_frames (f->jam, &(TuttiExportOptions) { 0 }));
  g_assert_cmpint ((gint64) n_frames, >=, music + TUTTI_EXPORT_TAIL_S * 48000);
  /* However the transport stands: the file is of the music, not of the moment. */
  apply (f->jam, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (960)), 123456);
  apply (f->jam, tutti_op_new (TUTTI_OP_LAUNCH, f->jam->tracks[0]->id, f->jam->tracks[0]->playing.clip,
                               TUTTI_N (TUTTI_QUANTUM_BAR)), 234567);
  g_autofree char *two = export (f, f->jam, other, 0);
  g_autoptr(GBytes) second = fixture_bytes (two);

  assert_exported (f);
  g_assert_true (g_bytes_equal (first, second));
  g_assert_cmpuint (count_files (f->folder), ==, 2);
}

static void
resolve_now (const char *name, TuttiPlanSound *out, gpointer bank)
{
  tutti_sound_bank_get_now (bank, name);
  tutti_sound_bank_resolve (name, out, bank);
}

static float *
render (Fixture *f, gsize n_frames)
{
  const TuttiMixOptions options = { .offline = TRUE, .without_metronome = TRUE };
  g_autoptr(TuttiPlan) plan = tutti_plan_new (resolve_now, f->bank);
  g_autoptr(TuttiJam) jam = tutti_jam_copy (f->jam);
  TuttiMix *mix = tutti_mix_new (&options);
  float *stereo = g_new (float, 2 * n_frames);

  apply (jam, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (0)), 0);
  g_assert_true (tutti_mix_push_score (mix, tutti_plan_compile (plan, jam, 0)));
  tutti_mix_start (mix, 0);
  tutti_mix_render (mix, 0, (guint32) n_frames, stereo);
  tutti_mix_free (mix);
  return stereo;
}

/* The nearest, by way of 32 bits: GStreamer cuts what is below them, so that a tie within 1/256 goes up. */
static long
round_to_24_bits (float sample)
{
  long fine = (long) CLAMP ((double) sample * 2147483648.0, -2147483648.0, 2147483647.0);

  return MIN ((fine + 128) >> 8, 8388607);
}

static void
test_bits_of_the_mix (Fixture *f, gconstpointer data)
{
  const char *suffix = data;
  int format = g_str_equal (suffix, ".wav") ? SF_FORMAT_WAV : SF_FORMAT_FLAC;
  g_autofree char *name = g_strconcat ("mix", suffix, NULL);
  g_autofree char *path = export (f, f->jam, name, 6.5);
  gsize n_frames, n_loud = 0;

  assert_exported (f);
  g_autofree int *samples = read_samples (path, format, &n_frames);
  g_autofree float *stereo = render (f, n_frames);

  g_assert_cmpuint (n_frames, ==, 6 * 48000 + 24000);
  for (gsize i = 0; i < 2 * n_frames; i++)
    {
      long expected = round_to_24_bits (stereo[i]);

      n_loud += labs (expected) > 8388608 / 10;
      if (samples[i] >> 8 != expected)
        g_error ("sample %" G_GSIZE_FORMAT " is %d, the mix has %ld (%.9g)", i, samples[i] >> 8, expected, stereo[i]);
    }
  g_assert_cmpuint (n_loud, >, 1000);
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  f->cancel_at = 0;
  /* Longer than anything renders between two looks. */
  g_free (export (f, f->jam, "long.flac", TUTTI_EXPORT_SECONDS_MAX));

  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (f->folder), ==, 0);
  /* Before it began. */
  g_free (export (f, f->jam, "never.wav", 1));
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (f->folder), ==, 0);
}

/* An older file stays as it was until the new one is whole. */
static void
test_replaces (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "take.wav", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (path, "older", -1, NULL));
  f->cancel_at = 0;
  g_free (export (f, f->jam, "take.wav", TUTTI_EXPORT_SECONDS_MAX));
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "older");
  f->cancel_at = 2;
  g_cancellable_reset (f->cancellable);
  g_free (export (f, f->jam, "take.wav", 1));
  assert_exported (f);
  g_assert_cmpuint (count_files (f->folder), ==, 1);
}

static void
assert_refused (Fixture *f, const char *name, double seconds, TuttiExportError code)
{
  g_free (export (f, f->jam, name, seconds));
  g_assert_error (f->error, TUTTI_EXPORT_ERROR, (int) code);
  g_test_message ("%s", f->error->message);
  g_assert_cmpfloat (f->done, <, 1);
}

static void
test_refusals (Fixture *f, gconstpointer data)
{
  g_autofree char *plain = g_build_filename (f->folder, "plain", NULL), *folder = g_build_filename (f->folder, "dir.wav", NULL);

  g_assert_true (g_file_set_contents (plain, "x", -1, NULL));
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  assert_refused (f, "mix.mp3", 1, TUTTI_EXPORT_ERROR_FORMAT);
  assert_refused (f, "mix", 1, TUTTI_EXPORT_ERROR_FORMAT);
  assert_refused (f, "no-such-folder/mix.wav", 1, TUTTI_EXPORT_ERROR_PLACE);
  assert_refused (f, "plain/mix.flac", 1, TUTTI_EXPORT_ERROR_PLACE);
  assert_refused (f, "dir.wav", 1, TUTTI_EXPORT_ERROR_PLACE);
  assert_refused (f, "mix.wav", -1, TUTTI_EXPORT_ERROR_LENGTH);
  assert_refused (f, "mix.wav", NAN, TUTTI_EXPORT_ERROR_LENGTH);
  assert_refused (f, "mix.wav", 1e300, TUTTI_EXPORT_ERROR_LENGTH);
  assert_refused (f, "mix.wav", 1e-9, TUTTI_EXPORT_ERROR_LENGTH);
  /* Not even root writes here. */
  assert_refused (f, "../../../../proc/mix.wav", 1, TUTTI_EXPORT_ERROR_PLACE);
  g_assert_cmpuint (count_files (f->folder), ==, 2);
}

static void
test_full_disk (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (f->folder, "small", NULL);
  g_autofree char *mount = g_strdup_printf ("mount -t tmpfs -o size=100k tmpfs '%s'", folder);
  g_autofree char *unmount = g_strdup_printf ("umount '%s'", folder);
  int status = -1;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  if (geteuid () != 0 || !g_spawn_command_line_sync (mount, NULL, NULL, &status, NULL) || status != 0)
    {
      g_test_skip ("a small disk cannot be mounted here");
      return;
    }
  /* Known before anything is written, and found out while writing. */
  g_free (export (f, f->jam, "small/mix.wav", 10));
  g_assert_error (f->error, TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_SPACE);
  g_clear_error (&f->error);
  g_free (export (f, f->jam, "small/mix.flac", 60));
  guint n = count_files (folder);

  g_assert_true (g_spawn_command_line_sync (unmount, NULL, NULL, &status, NULL) && status == 0);
  g_assert_error (f->error, TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_SPACE);
  g_test_message ("%s", f->error->message);
  g_assert_cmpuint (n, ==, 0);
}

/* ---- of other kinds and lengths ---- */

/* (transfer full), @n_frames: (out). */
static float *
read_floats (const char *path, int format, gsize *n_frames)
{
  SF_INFO info = { 0 };
  SNDFILE *file = sf_open (path, SFM_READ, &info);
  float *samples;

  g_assert_nonnull (file);
  g_assert_cmpint (info.samplerate, ==, 48000);
  g_assert_cmphex (info.format & SF_FORMAT_SUBMASK, ==, format);
  *n_frames = (gsize) info.frames;
  samples = g_new (float, 2 * *n_frames);
  g_assert_cmpint (sf_readf_float (file, samples, info.frames), ==, info.frames);
  sf_close (file);
  return samples;
}

static const struct { TuttiExportFormat format; const char *name; int kind; float most; } kinds[] = {
  { TUTTI_EXPORT_WAV_16, "mix.wav", SF_FORMAT_PCM_16, 0.5f / 32768 },
  { TUTTI_EXPORT_WAV_FLOAT, "mix.wav", SF_FORMAT_FLOAT, 0 },
  { TUTTI_EXPORT_OGG, "mix.OGG", SF_FORMAT_VORBIS, 0.2f },
};

static void
test_kind (Fixture *f, gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  TuttiExportOptions options = { .format = kinds[row].format, .seconds = 2 };
  g_autofree char *path = export_as (f, f->jam, kinds[row].name, &options);
  float most = 0;
  gsize n_frames;

  assert_exported (f);
  g_autofree float *samples = read_floats (path, kinds[row].kind, &n_frames), *stereo = render (f, n_frames);

  g_assert_cmpuint (n_frames, ==, 2 * 48000);
  for (gsize i = 0; i < 2 * n_frames; i++)
    most = MAX (most, fabsf (samples[i] - CLAMP (stereo[i], -1.0f, 1.0f)));
  g_assert_cmpfloat (most, <=, kinds[row].most * 1.01f);
}

/* A room of ten seconds rings for ten, where two cut it off; what is left by then is hardly heard. */
static void
test_tail (Fixture *f, gconstpointer data)
{
  TuttiExportOptions options = { .ticks = tutti_ticks_per_bar (4, 4) };
  gint64 music = tutti_anchor_frame_of (&f->jam->transport.anchor, options.ticks);
  TuttiId room = tutti_id (77, 1);
  gsize n_frames;
  int loudest = 0;

  apply (f->jam, tutti_op_new (TUTTI_OP_EFFECT_ADD, room, f->jam->tracks[1]->id, TUTTI_N (TUTTI_EFFECT_REVERB), TUTTI_N (0)), 0);
  apply (f->jam, tutti_op_new (TUTTI_OP_EFFECT_VALUE, room, TUTTI_N (0), TUTTI_N (10000)), 0);
  apply (f->jam, tutti_op_new (TUTTI_OP_EFFECT_VALUE, room, TUTTI_N (5), TUTTI_N (500)), 0);
  g_autofree char *path = export_as (f, f->jam, "tail.wav", &options);

  assert_exported (f);
  g_autofree int *samples = read_samples (path, SF_FORMAT_WAV, &n_frames);

  g_assert_cmpint ((gint64) n_frames, >=, music + 10 * 48000);
  g_assert_cmpint ((gint64) n_frames, <=, music + TUTTI_EXPORT_TAIL_MAX_S * 48000);
  for (gsize i = 2 * (n_frames - 4800); i < 2 * n_frames; i++)
    loudest = MAX (loudest, ABS (samples[i]));
  g_assert_cmpfloat (loudest / 2147483648.0, <, 0.002);
}

static void
test_tail_of_release (Fixture *f, gconstpointer data)
{
  TuttiExportOptions options = { .ticks = tutti_ticks_per_bar (4, 4) };
  TuttiId track = f->jam->tracks[0]->id;
  gint64 music = tutti_anchor_frame_of (&f->jam->transport.anchor, options.ticks), before;

  apply (f->jam, tutti_op_new (TUTTI_OP_TRACK_SOUND, track, "synth:wide-pad"), 0);
  apply (f->jam, tutti_op_new (TUTTI_OP_PATCH, track, TUTTI_N (TUTTI_PATCH_PARAM_RELEASE), TUTTI_N (100)), 0);
  before = tutti_export_frames (f->jam, &options);
  apply (f->jam, tutti_op_new (TUTTI_OP_PATCH, track, TUTTI_N (TUTTI_PATCH_PARAM_RELEASE), TUTTI_N (10000)), 0);
  g_assert_cmpint (tutti_export_frames (f->jam, &options), >=, before + 2 * 48000);
  g_assert_cmpint (tutti_export_frames (f->jam, &options), >=, music + 10 * 48000);
}

static void
test_bars (Fixture *f, gconstpointer data)
{
  TuttiExportOptions options = { .ticks = 3 * tutti_ticks_per_bar (4, 4) };
  gint64 music = tutti_anchor_frame_of (&f->jam->transport.anchor, options.ticks);
  g_autofree char *path = export_as (f, f->jam, "bars.wav", &options);
  gsize n_frames;

  assert_exported (f);
  g_free (read_samples (path, SF_FORMAT_WAV, &n_frames));
  g_assert_cmpint ((gint64) n_frames, >=, music + TUTTI_EXPORT_TAIL_S * 48000);
  g_assert_cmpint (tutti_export_frames (f->jam, &options), ==, (gint64) n_frames);
  options.ticks = -1;
  g_assert_cmpint (tutti_export_frames (f->jam, &options), ==, 0);
  options.ticks = G_MAXINT64;
  g_assert_cmpint (tutti_export_frames (f->jam, &options), ==, 0);
}

static void
test_round (Fixture *f, gconstpointer data)
{
  const TuttiTrack *track = f->jam->tracks[0], *other = f->jam->tracks[1];

  apply (f->jam, tutti_op_new (TUTTI_OP_CLIP_RESOLUTION, track->playing.clip, TUTTI_N (240)), 0);
  apply (f->jam, tutti_op_new (TUTTI_OP_CLIP_RESOLUTION, other->playing.clip, TUTTI_N (240)), 0);
  for (guint i = 2; i < f->jam->n_tracks; i++)
    apply (f->jam, tutti_op_new (TUTTI_OP_TRACK_MUTE, f->jam->tracks[i]->id, TUTTI_N (1)), 0);
  apply (f->jam, tutti_op_new (TUTTI_OP_CLIP_LENGTH, track->playing.clip, TUTTI_N (32)), 0);
  apply (f->jam, tutti_op_new (TUTTI_OP_CLIP_LENGTH, other->playing.clip, TUTTI_N (12)), 0);
  g_assert_cmpuint (tutti_export_round_bars (f->jam, 64), ==, 6);
  /* Too long to wait for: the longest alone. */
  g_assert_cmpuint (tutti_export_round_bars (f->jam, 4), ==, 2);
}

/* ---- each track ---- */

static gsize
compare_sum (const char *folder, const float *stereo, guint n_files)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree float *sum = NULL;
  gsize n_frames = 0;
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree float *samples = read_floats (path, SF_FORMAT_FLOAT, &n_frames);
      gboolean first = sum == NULL;

      g_test_message ("%s", name);
      n_files--;
      sum = first ? g_new0 (float, 2 * n_frames) : sum;
      for (gsize i = 0; i < 2 * n_frames; i++)
        sum[i] += samples[i];
    }
  g_assert_cmpuint (n_files, ==, 0);
  for (gsize i = 0; i < 2 * n_frames; i++)
    if (fabsf (sum[i] - stereo[i]) > 1e-4f)
      g_error ("together they differ at %" G_GSIZE_FORMAT ": %g, the mix has %g", i, sum[i], stereo[i]);
  return n_frames;
}

/* Softly, so that the limiter at the end of everything has nothing to do. */
static void
test_tracks (Fixture *f, gconstpointer data)
{
  TuttiExportOptions options = { .format = TUTTI_EXPORT_WAV_FLOAT, .seconds = 3, .each_track = TRUE };
  guint n = f->jam->n_tracks;

  apply (f->jam, tutti_op_new (TUTTI_OP_MIX, TUTTI_N (TUTTI_MIX_GAIN), TUTTI_N (-2400)), 0);
  apply (f->jam, tutti_op_new (TUTTI_OP_TRACK_NAME, f->jam->tracks[0]->id, "Kick/Low"), 0);
  apply (f->jam, tutti_op_new (TUTTI_OP_TRACK_MUTE, f->jam->tracks[1]->id, TUTTI_N (1)), 0);
  g_assert_cmpuint (tutti_export_count_tracks (f->jam), ==, n - 1);
  g_autofree char *folder = export_as (f, f->jam, "parts", &options), *kick = g_build_filename (folder, "01 Kick-Low.wav", NULL);

  assert_exported (f);
  g_autofree float *stereo = render (f, 3 * 48000);

  g_assert_true (g_file_test (kick, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (compare_sum (folder, stereo, n - 1), ==, 3 * 48000);
  g_assert_cmpuint (count_files (f->folder), ==, 1);
  g_assert_cmpint (tutti_export_bytes (f->jam, &options), ==, (n - 1) * (3 * 48000 * 8 + 1024));
}

static void
test_tracks_refused (Fixture *f, gconstpointer data)
{
  TuttiExportOptions options = { .seconds = TUTTI_EXPORT_SECONDS_MAX, .format = TUTTI_EXPORT_FLAC, .each_track = TRUE };

  f->cancel_at = 0;
  g_free (export_as (f, f->jam, "parts", &options));
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (f->folder), ==, 0);
  f->cancel_at = 2;
  g_cancellable_reset (f->cancellable);
  g_free (export_as (f, f->jam, "no-such-folder/parts", &options));
  g_assert_error (f->error, TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_PLACE);
  g_free (export_as (f, f->jam, ".", &options));
  g_assert_error (f->error, TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_TAKEN);
  options.seconds = -1;
  g_free (export_as (f, f->jam, "parts", &options));
  g_assert_error (f->error, TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_LENGTH);
  options.seconds = 1;
  for (guint i = 0; i < f->jam->n_tracks; i++)
    apply (f->jam, tutti_op_new (TUTTI_OP_TRACK_MUTE, f->jam->tracks[i]->id, TUTTI_N (1)), 0);
  g_free (export_as (f, f->jam, "parts", &options));
  g_assert_error (f->error, TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_SILENT);
  g_assert_cmpuint (count_files (f->folder), ==, 0);
}

/* ---- real kits, through the import that people use ---- */

typedef struct
{
  TuttiSoundInfo *info;
  GMainLoop      *loop;
} Import;

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  Import *import = data;
  g_autoptr(GError) error = NULL;

  import->info = tutti_sound_import_finish (TUTTI_SOUND_LIBRARY (source), result, &error);
  g_assert_no_error (error);
  g_main_loop_quit (import->loop);
}

/* A track that plays the sound at @path every @every-th sixteenth from @first on, at the level of the kit. */
static void
add_track (Fixture *f, TuttiSoundLibrary *library, TuttiJam *jam, const char *path, guint first, guint every)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  Import import = { .loop = f->loop };
  TuttiId track = tutti_id (1, 100 + jam->n_tracks), clip = tutti_id (1, 200 + jam->n_tracks);

  tutti_sound_import_async (library, file, NULL, NULL, NULL, on_imported, &import);
  g_main_loop_run (f->loop);
  g_autofree char *sound = g_strconcat ("sha:", import.info->hash, NULL);

  if (tutti_jam_sound (jam, import.info->hash) == NULL)
    apply (jam, tutti_op_new (TUTTI_OP_SOUND_ADD, import.info->hash, import.info->name, TUTTI_N (import.info->n_frames),
                              TUTTI_N (import.info->n_channels)), 0);
  apply (jam, tutti_op_new (TUTTI_OP_TRACK_ADD, track, import.info->name, sound, TUTTI_N (jam->n_tracks % TUTTI_N_COLOURS)), 0);
  apply (jam, tutti_op_new (TUTTI_OP_CLIP_ADD, clip, track, jam->scenes[0].id, ""), 0);
  for (guint i = first; i < 16; i += every)
    apply (jam, tutti_op_new (TUTTI_OP_STEP, clip, TUTTI_N (i), TUTTI_N (100)), 0);
  apply (jam, tutti_op_new (TUTTI_OP_LAUNCH, track, clip, TUTTI_N (TUTTI_QUANTUM_NOW)), 0);
  tutti_sound_info_free (import.info);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static guint
add_kit (Fixture *f, TuttiSoundLibrary *library, TuttiJam *jam, const char *kit, guint n_max)
{
  g_autofree char *folder = g_build_filename (KITS, kit, NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".flac") || g_str_has_suffix (name, ".wav"))
      g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < MIN (n_max, names->len); i++)
    add_track (f, library, jam, names->pdata[i * names->len / MIN (n_max, names->len)], i % 4, 4 + i % 3 * 4);
  return names->len;
}

static void
test_drum_kits (Fixture *f, gconstpointer data)
{
  g_autofree char *samples_folder = g_build_filename (f->folder, "samples", NULL);
  g_autoptr(TuttiSoundLibrary) library = tutti_sound_library_new (samples_folder, 64 << 20);
  g_autoptr(TuttiJam) jam = tutti_jam_new ();
  double peak = 0, power = 0;
  gsize n_frames, n_full = 0;

  if (!g_file_test (KITS, G_FILE_TEST_IS_DIR))
    {
      if (geteuid () == 0)
        g_error ("the drum kits of hydrogen-data are not installed");
      g_test_skip ("the drum kits of hydrogen-data are not installed");
      return;
    }
  g_object_unref (f->bank);
  f->bank = tutti_sound_bank_new (library);
  apply (jam, tutti_op_new (TUTTI_OP_SCENE_ADD, tutti_id (1, 1), "Kits", TUTTI_N (0)), 0);
  g_assert_cmpuint (add_kit (f, library, jam, "GMRockKit", 8), >, 0);
  g_assert_cmpuint (add_kit (f, library, jam, "TR808EmulationKit", 8), >, 0);
  g_assert_cmpuint (jam->n_tracks, ==, 16);
  g_autofree char *path = export (f, jam, "kits.wav", 0);

  assert_exported (f);
  g_autofree int *samples = read_samples (path, SF_FORMAT_WAV, &n_frames);

  /* Eight bars of four beats, and what rings on. */
  g_assert_cmpuint (n_frames, >=, (32 * 6000 / jam->transport.anchor.tempo_cbpm + TUTTI_EXPORT_TAIL_S) * 48000);
  for (gsize i = 0; i < 2 * n_frames; i++)
    {
      double sample = samples[i] / 2147483648.0;

      peak = MAX (peak, fabs (sample));
      power += sample * sample;
      n_full += samples[i] >> 8 == 8388607 || samples[i] >> 8 == -8388608;
    }
  power = 10 * log10 (power / (2.0 * (double) n_frames));
  g_test_message ("16 sounds of two kits: %.1f s, peak %.2f dB, power %.1f dB", (double) n_frames / 48000, 20 * log10 (peak), power);
  g_assert_cmpfloat (power, >, -40);
  g_assert_cmpuint (n_full, ==, 0);
  g_assert_cmpfloat (peak, <, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add ("/export/same-twice/wav", Fixture, ".wav", set_up, test_same_twice, tear_down);
  g_test_add ("/export/same-twice/flac", Fixture, ".flac", set_up, test_same_twice, tear_down);
  g_test_add ("/export/bits-of-the-mix/wav", Fixture, ".wav", set_up, test_bits_of_the_mix, tear_down);
  g_test_add ("/export/bits-of-the-mix/flac", Fixture, ".flac", set_up, test_bits_of_the_mix, tear_down);
  g_test_add ("/export/kind/wav-16", Fixture, GSIZE_TO_POINTER (0), set_up, test_kind, tear_down);
  g_test_add ("/export/kind/wav-float", Fixture, GSIZE_TO_POINTER (1), set_up, test_kind, tear_down);
  g_test_add ("/export/kind/ogg", Fixture, GSIZE_TO_POINTER (2), set_up, test_kind, tear_down);
  g_test_add ("/export/tail", Fixture, NULL, set_up, test_tail, tear_down);
  g_test_add ("/export/tail-of-release", Fixture, NULL, set_up, test_tail_of_release, tear_down);
  g_test_add ("/export/bars", Fixture, NULL, set_up, test_bars, tear_down);
  g_test_add ("/export/round", Fixture, NULL, set_up, test_round, tear_down);
  g_test_add ("/export/tracks", Fixture, NULL, set_up, test_tracks, tear_down);
  g_test_add ("/export/tracks-refused", Fixture, NULL, set_up, test_tracks_refused, tear_down);
  g_test_add ("/export/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
  g_test_add ("/export/replaces", Fixture, NULL, set_up, test_replaces, tear_down);
  g_test_add ("/export/refusals", Fixture, NULL, set_up, test_refusals, tear_down);
  g_test_add ("/export/full-disk", Fixture, NULL, set_up, test_full_disk, tear_down);
  g_test_add ("/export/drum-kits", Fixture, NULL, set_up, test_drum_kits, tear_down);
  return g_test_run ();
}
