/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-export-private.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdatomic.h>

#include <glib/gstdio.h>
#include <gst/gst.h>

#include "tutti-mix.h"
#include "tutti-op.h"
#include "tutti-plan.h"
#include "tutti-src.h"

#define LOOK_MS 20                     /* between looks at the sounds, and then at the progress */
#define BARS 8

/* One export under way: the data of its task. */
typedef struct
{
  TuttiJam           *jam;             /* owned: as it is to be heard, playing from frame 0 */
  TuttiSoundBank     *bank;            /* owned */
  TuttiMix           *mix;             /* owned: outlives the pipeline */
  char               *path, *part;     /* owned: the file, and what is written meanwhile (NULL when there is none) */
  const TuttiExportFormatInfo *format;
  TuttiExportSpan     span;
  GstElement         *pipeline;        /* owned */
  TuttiSrc           *source;          /* in it */
  GSource            *look, *bus, *cancel;  /* owned */
  gboolean            cancelled;       /* and waits for the end of the stream */
  _Atomic gint64      rendered;        /* frames, told by the streaming thread */
  TuttiExportProgress progress;
  gpointer            progress_data;
} Export;

G_DEFINE_QUARK (tutti-export-error-quark, tutti_export_error)

static void
drop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* After this nothing of the export moves any more, and what it had begun to write is gone. */
static void
export_stop (Export *self)
{
  drop_source (&self->look);
  drop_source (&self->bus);
  drop_source (&self->cancel);
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_object (&self->pipeline);
  if (self->part != NULL)
    g_unlink (self->part);
  g_clear_pointer (&self->part, g_free);
}

static void
export_free (gpointer data)
{
  Export *self = data;

  export_stop (self);
  if (self->mix != NULL)
    tutti_mix_free (self->mix);
  tutti_jam_free (self->jam);
  g_clear_object (&self->bank);
  g_free (self->path);
  g_free (self);
}

/* The task's last word; @task is gone after it. */
static void
fail (GTask *task, GError *error)
{
  export_stop (g_task_get_task_data (task));
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* ---- what is to be heard ---- */

static void
push (Export *self, TuttiPlan *plan, gint64 at)
{
  if (!tutti_mix_push_score (self->mix, tutti_plan_compile (plan, self->jam, at)))
    g_error ("a new mix has no room for two scores");
}

static void
make_mix (Export *self)
{
  const TuttiMixOptions options = { .offline = TRUE, .without_metronome = TRUE, .without_prints = TRUE };
  g_autoptr(TuttiPlan) plan = tutti_plan_new (tutti_sound_bank_resolve, self->bank);

  self->mix = tutti_mix_new (&options);
  if (self->mix == NULL)
    g_error ("out of memory for a mix");
  push (self, plan, 0);
  if (self->span.music_end == self->span.end)
    return;
  tutti_export_apply (self->jam, tutti_op_new (TUTTI_OP_PAUSE), self->span.music_end);
  push (self, plan, self->span.music_end);
}

/* ---- the streaming thread ---- */

static void
render (void *data, int64_t first_frame, unsigned n, float *stereo)
{
  Export *self = data;

  tutti_mix_render (self->mix, first_frame, n, stereo);
  atomic_store_explicit (&self->rendered, first_frame + n, memory_order_relaxed);
}

static void
restart (void *data, int64_t first_frame)
{
  tutti_mix_start (((Export *) data)->mix, first_frame);
}

/* ---- the file ---- */

/* Beside the file, so that it can take its place at once; made here and now, so that a place that cannot be written says so. */
static gboolean
make_part (Export *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path), *name = g_path_get_basename (self->path);
  g_autofree char *hidden = g_strdup_printf (".%.200s.%08x", name, g_random_int ());
  g_autofree char *part = g_build_filename (folder, hidden, NULL);
  int fd = g_file_test (self->path, G_FILE_TEST_IS_DIR) ? -1 : g_open (part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  int why = g_file_test (self->path, G_FILE_TEST_IS_DIR) ? EISDIR : errno;

  if (fd >= 0 && g_close (fd, NULL))
    {
      self->part = g_steal_pointer (&part);
      return TRUE;
    }
  g_set_error (error, TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_PLACE, "“%s” cannot be written: %s", self->path, g_strerror (why));
  return FALSE;
}

gboolean
tutti_export_has_room (const char *there, const char *path, gint64 bytes, GError **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (there);
  g_autoptr(GFileInfo) info = g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);

  if (info == NULL || !g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE) ||
      g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE) >= (guint64) bytes)
    return TRUE;
  g_set_error (error, TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_SPACE, "“%s” has no room on its disk", path);
  return FALSE;
}

/* How small FLAC gets shows only while it is written. */
static gboolean
has_room (Export *self, GError **error)
{
  return self->format->frame_bytes == 0 ||
         tutti_export_has_room (self->part, self->path, tutti_export_span_bytes (&self->span, self->format), error);
}

static GstElement *
add (GstElement *pipeline, const char *factory, GError **error)
{
  GstElement *element = gst_element_factory_make (factory, NULL);

  if (element != NULL)
    gst_bin_add (GST_BIN (pipeline), element);
  else
    g_set_error (error, TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_FAILED, "GStreamer's “%s” is not installed", factory);
  return element;
}

/* What makes a file of samples, linked; the last is (out) @end. FALSE: one is missing. */
static gboolean
add_encoder (GstElement *pipeline, const TuttiExportFormatInfo *format, GstElement *filter, GstElement **end, GError **error)
{
  GstElement *encoder = add (pipeline, format->encoder, error);
  GstElement *muxer = encoder != NULL && format->muxer != NULL ? add (pipeline, format->muxer, error) : NULL;

  *end = muxer != NULL ? muxer : encoder;
  if (encoder == NULL || (format->muxer != NULL && muxer == NULL))
    return FALSE;
  /* What an ear takes for the same. */
  if (g_str_equal (format->encoder, "vorbisenc"))
    g_object_set (encoder, "quality", 0.7, NULL);
  return gst_element_link (filter, encoder) && (muxer == NULL || gst_element_link (encoder, muxer));
}

/* tuttisrc ! audioconvert ! samples as the file has them ! encoder ! filesink */
static gboolean
make_pipeline (Export *self, GError **error)
{
  const TuttiRenderer renderer = { .self = self, .render = render, .restart = restart };
  g_autoptr(GstCaps) deep = gst_caps_new_simple ("audio/x-raw", "format", G_TYPE_STRING, self->format->samples, NULL);
  GstElement *pipeline = self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  GstElement *source = tutti_src_new (&renderer), *convert, *filter, *encoder = NULL, *sink;

  gst_bin_add (GST_BIN (pipeline), source);
  self->source = TUTTI_SRC (source);
  tutti_src_set_export (self->source, 0, self->span.end);
  if ((convert = add (pipeline, "audioconvert", error)) == NULL || (filter = add (pipeline, "capsfilter", error)) == NULL ||
      (sink = add (pipeline, "filesink", error)) == NULL)
    return FALSE;
  /* The same bits each time. */
  gst_util_set_object_arg (G_OBJECT (convert), "dithering", "none");
  gst_util_set_object_arg (G_OBJECT (convert), "noise-shaping", "none");
  g_object_set (filter, "caps", deep, NULL);
  g_object_set (sink, "location", self->part, "sync", FALSE, NULL);
  if (add_encoder (pipeline, self->format, filter, &encoder, error) && gst_element_link_many (source, convert, filter, NULL) &&
      gst_element_link (encoder, sink))
    return TRUE;
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_FAILED, "GStreamer's parts do not fit together");
  return FALSE;
}

/* ---- under way ---- */

static void
tell_progress (Export *self, double done)
{
  if (self->progress != NULL)
    self->progress (CLAMP (done, 0, 1), self->progress_data);
}

static void
finish (GTask *task)
{
  Export *self = g_task_get_task_data (task);

  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  if (g_rename (self->part, self->path) != 0)
    {
      fail (task, g_error_new (TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_PLACE, "“%s” cannot be written: %s", self->path,
                               g_strerror (errno)));
      return;
    }
  g_clear_pointer (&self->part, g_free);
  export_stop (self);
  tell_progress (self, 1);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
fail_cancelled (GTask *task)
{
  fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "The export was stopped"));
}

static void
fail_written (GTask *task, GstMessage *message)
{
  const Export *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  gst_message_parse_error (message, &error, NULL);
  gboolean full = g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NO_SPACE_LEFT);

  fail (task, g_error_new (TUTTI_EXPORT_ERROR, full ? TUTTI_EXPORT_ERROR_SPACE : TUTTI_EXPORT_ERROR_FAILED,
                           "“%s” could not be written: %s", self->path, error->message));
}

static gboolean
on_message (GstBus *bus, GstMessage *message, gpointer data)
{
  GTask *task = data;
  const Export *self = g_task_get_task_data (task);
  gboolean end = GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS;

  if (!end && GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR)
    return G_SOURCE_CONTINUE;
  if (self->cancelled)
    fail_cancelled (task);
  else if (end)
    finish (task);
  else
    fail_written (task, message);
  return G_SOURCE_REMOVE;
}

static void
begin (GTask *task)
{
  Export *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GstBus) bus = NULL;

  make_mix (self);
  if (!make_part (self, &error) || !has_room (self, &error) || !make_pipeline (self, &error))
    {
      fail (task, g_steal_pointer (&error));
      return;
    }
  bus = gst_element_get_bus (self->pipeline);
  self->bus = gst_bus_create_watch (bus);
  g_source_set_callback (self->bus, G_SOURCE_FUNC (on_message), task, NULL);
  g_source_attach (self->bus, g_task_get_context (task));
  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
}

/* First until the sounds are there: the bank's signal does not come for one that fails, so it is asked. Then how far it is. */
static gboolean
on_look (gpointer data)
{
  GTask *task = data;
  Export *self = g_task_get_task_data (task);

  if (self->pipeline != NULL)
    tell_progress (self, (double) atomic_load (&self->rendered) / (double) self->span.end);
  else if (!tutti_sound_bank_is_busy (self->bank))
    begin (task);
  return G_SOURCE_CONTINUE;
}

/* A stream is let run out, which takes a few blocks: GStreamer's encoders forget the first buffer of one that is torn down just then. */
static gboolean
on_cancel (GCancellable *cancellable, gpointer data)
{
  GTask *task = data;
  Export *self = g_task_get_task_data (task);

  self->cancelled = TRUE;
  drop_source (&self->look);
  if (self->source == NULL)
    fail_cancelled (task);
  else
    tutti_src_cut_export (self->source);
  return G_SOURCE_REMOVE;
}

static void
ask_for_sound (const char *name, gpointer bank)
{
  TuttiPlanSound sound;

  tutti_sound_bank_resolve (name, &sound, bank);
}

/* Sends for the sounds. */
static void
ask_for_sounds (Export *self)
{
  for (guint i = 0; i < self->jam->n_tracks; i++)
    tutti_track_visit_sounds (self->jam->tracks[i], ask_for_sound, self->bank);
}

static void
watch (GTask *task, GCancellable *cancellable)
{
  Export *self = g_task_get_task_data (task);

  self->look = g_timeout_source_new (LOOK_MS);
  g_source_set_callback (self->look, on_look, task, NULL);
  g_source_attach (self->look, g_task_get_context (task));
  if (cancellable == NULL)
    return;
  self->cancel = g_cancellable_source_new (cancellable);
  g_source_set_callback (self->cancel, G_SOURCE_FUNC (on_cancel), task, NULL);
  g_source_attach (self->cancel, g_task_get_context (task));
}

/* What can be said before anything is tried. */
static gboolean
check (Export *self, const TuttiExportOptions *options, GError **error)
{
  if (self->path == NULL)
    g_set_error_literal (error, TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_PLACE, "An export goes to a folder of this machine");
  else if (!tutti_export_format_fits (self->format, self->path))
    g_set_error (error, TUTTI_EXPORT_ERROR, TUTTI_EXPORT_ERROR_FORMAT, "“%s” does not end in %s", self->path, self->format->ending);
  else
    return tutti_export_span (self->jam, options, &self->span, error);
  return FALSE;
}

void
tutti_export_file_async (const TuttiJam *jam, TuttiSoundBank *bank, GFile *file, const TuttiExportOptions *options,
                         TuttiExportProgress progress, gpointer progress_data, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Export *self = g_new0 (Export, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, tutti_export_async);
  g_task_set_task_data (task, self, export_free);
  /* What is finished is finished, whenever somebody cancels. */
  g_task_set_check_cancellable (task, FALSE);
  self->jam = tutti_export_play_from_start (jam);
  self->bank = g_object_ref (bank);
  self->path = g_file_get_path (file);
  self->progress = progress;
  self->progress_data = progress_data;
  self->format = tutti_export_format_info (options->format);
  if (!check (self, options, &error))
    {
      fail (task, error);
      return;
    }
  ask_for_sounds (self);
  watch (task, cancellable);
}

void
tutti_export_async (const TuttiJam *jam, TuttiSoundBank *bank, GFile *file, const TuttiExportOptions *options,
                    TuttiExportProgress progress, gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer user_data)
{
  if (options->each_track)
    tutti_export_tracks_async (jam, bank, file, options, progress, progress_data, cancellable, callback, user_data);
  else
    tutti_export_file_async (jam, bank, file, options, progress, progress_data, cancellable, callback, user_data);
}

gboolean
tutti_export_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tutti_export_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
