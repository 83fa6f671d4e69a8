/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the fake would sound like, and how sounds come to it. */
#include "tutti-session-fake-private.h"

#include "tutti-soundfont-import.h"

#define FALL_FRAMES (TUTTI_FRAMES_PER_SECOND / 4)

void
tutti_session_import_async (TuttiSession *self, GFile *file, TuttiId track, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, tutti_session_import_async, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           "no sounds are kept here");
}

gboolean
tutti_session_import_finish (TuttiSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;
  TuttiSoundFontInstrument *made = tutti_soundfont_import_finish (TUTTI_SOUND_LIBRARY (source), result, &error);

  if (made != NULL)
    g_task_return_pointer (task, made, (GDestroyNotify) tutti_soundfont_instrument_free);
  else
    g_task_return_error (task, error);
}

void
tutti_session_make_soundfont_async (TuttiSession *self, TuttiSoundFont *font, guint preset, TuttiSoundFontProgress progress,
                                    gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  tutti_soundfont_import_async (self->library, font, preset, progress, progress_data, cancellable, on_made, task);
}

TuttiSoundFontInstrument *
tutti_session_make_soundfont_finish (TuttiSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
tutti_session_bring_soundfont_async (TuttiSession *self, const TuttiSoundFontInstrument *instrument, TuttiId track, TuttiId fresh,
                                     TuttiColour colour, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_task_report_new_error (self, callback, user_data, tutti_session_bring_soundfont_async, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           "nobody gets sounds from here");
}

gboolean
tutti_session_bring_soundfont_finish (TuttiSession *self, GAsyncResult *result, guint *n_left_out, GError **error)
{
  *n_left_out = 0;
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;

  g_task_set_check_cancellable (task, FALSE);
  if (tutti_export_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
tutti_session_export_async (TuttiSession *self, GFile *file, const TuttiExportOptions *options, TuttiExportProgress progress,
                            gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  tutti_export_async (self->jam, self->bank, file, options, progress, progress_data, cancellable, on_exported,
                      g_task_new (self, cancellable, callback, user_data));
}

gboolean
tutti_session_export_finish (TuttiSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gint64
tutti_session_get_export_bytes (TuttiSession *self, const TuttiExportOptions *options)
{
  return tutti_export_bytes (self->jam, options);
}

TuttiOutput *
tutti_session_get_output (TuttiSession *self)
{
  return self->output;
}

static void
render_nothing (void *data, int64_t first_frame, unsigned n, float *stereo)
{
}

void
tutti_session_fake_make_output (TuttiSession *self)
{
  TuttiRenderer renderer = { NULL, render_nothing, NULL, NULL };
  TuttiSharedClock *clock;

  gst_init (NULL, NULL);
  clock = tutti_shared_clock_new (NULL);
  self->output = tutti_output_new (&renderer, clock, 0, NULL, NULL);
  gst_object_unref (clock);
}

/* Levels, one pair a track: still, so that pictures repeat; while the session runs they fall a few times a second. */
void
tutti_session_get_loudness (TuttiSession *self, double *short_term, double *peak)
{
  *short_term = self->jam->transport.playing ? -14.2 : -200;
  *peak = self->jam->transport.playing ? -1.3 : -200;
}

void
tutti_session_set_monitor_gain (TuttiSession *self, TuttiId track, int gain)
{
  self->monitor_gain = gain;
}

void
tutti_session_set_mono (TuttiSession *self, gboolean mono)
{
  self->mono = mono;
}

gboolean
tutti_session_get_mono (TuttiSession *self)
{
  return self->mono;
}

/* As if each of them worked a little otherwise. */
double
tutti_session_get_reduction (TuttiSession *self, TuttiId track, TuttiId effect)
{
  return self->jam->transport.playing ? 2.4 + effect.counter % 5 * 1.3 : 0;
}

int
tutti_session_fake_get_monitor_gain (TuttiSession *self)
{
  return self->monitor_gain;
}

void
tutti_session_get_peaks (TuttiSession *self, TuttiId track, float peaks[2])
{
  static const float levels[][2] = { { 0.62f, 0.42f }, { 0.24f, 0.19f }, { 0.15f, 0.12f }, { 0.004f, 0.004f },
                                     { 0.1f, 0.085f }, { 0.38f, 0.3f }, { 0.16f, 0.14f }, { 0.08f, 0.07f } };
  guint index = 0;

  if (tutti_jam_track (self->jam, track, &index) != NULL)
    memcpy (peaks, levels[index % G_N_ELEMENTS (levels)], 2 * sizeof *peaks);
  else
    peaks[0] = 0.55f, peaks[1] = 0.44f;
  if (!self->jam->transport.playing)
    peaks[0] = peaks[1] = 0;
  else if (self->began != 0)
    for (guint i = 0; i < 2; i++)
      peaks[i] *= 1.0f - (float) ((self->frame + index * FALL_FRAMES / 5) % FALL_FRAMES) / FALL_FRAMES;
}

/* Everyone is alike but the second person, whose first track is not. */
gboolean
tutti_session_compare (TuttiSession *self, GError **error)
{
  g_autoptr(GArray) comparison = tutti_comparison_new ();

  for (guint number = 1; number <= 4; number++)
    {
      TuttiRenderedTrack track = { self->jam->n_tracks > 0 ? self->jam->tracks[0]->id : tutti_id (0, 0), number == 2 };
      g_auto(TuttiRendered) rendered = { .second = 7, .hash = number == 2, .tracks = g_array_new (FALSE, FALSE, sizeof track) };

      g_array_append_val (rendered.tracks, track);
      tutti_comparison_add (comparison, number, &rendered);
    }
  tutti_comparison_judge (comparison);
  g_signal_emit (self, fake_signals[COMPARED], 0, (gint64) 7, comparison);
  return TRUE;
}

void
tutti_session_audition (TuttiSession *self, const char *sound, int pitch, int velocity)
{
}

void
tutti_session_audition_track (TuttiSession *self, TuttiId track, int pitch, int velocity)
{
}

gboolean
tutti_session_try (TuttiSession *self, const TuttiOp *op)
{
  tutti_session_stop_trying (self);
  self->tried = tutti_op_to_text (op);
  return TRUE;
}

gboolean
tutti_session_try_jam (TuttiSession *self, const TuttiJam *jam)
{
  tutti_session_stop_trying (self);
  self->tried = g_strdup (jam->tracks[0]->sound);
  return TRUE;
}

void
tutti_session_stop_trying (TuttiSession *self)
{
  g_clear_pointer (&self->tried, g_free);
}

void
tutti_session_fake_keep_sounds (TuttiSession *self, const char *folder)
{
  g_clear_object (&self->library);
  self->library = tutti_sound_library_new (folder, 16 * 1024 * 1024);
}

const char *
tutti_session_fake_get_tried (TuttiSession *self)
{
  return self->tried;
}

TuttiScoreSound *
tutti_session_look_up_sound (TuttiSession *self, const char *sound)
{
  return tutti_sound_bank_get_now (self->bank, sound);
}

void
tutti_session_panic (TuttiSession *self)
{
}
