/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sound-decode-private.h"
#include "tutti-sound-shape-private.h"

#include <sndfile.h>
#include <string.h>

enum { BLOCK_SAMPLES = 32768 };

/* --- what is it --- */

/* A frame header of MPEG-1, 2 or 2.5, layer III (ISO 11172-3, 13818-3): sync and no reserved value. */
static gboolean
is_mpeg_header (const guint8 *b)
{
  return b[0] == 0xff && (b[1] & 0xe0) == 0xe0 && (b[1] & 0x18) != 0x08 && (b[1] & 0x06) == 0x02 &&
         (b[2] & 0xf0) != 0xf0 && (b[2] & 0xf0) != 0x00 && (b[2] & 0x0c) != 0x0c;
}

TuttiSoundFormat
tutti_sound_sniff (const guint8 *bytes, gsize n_bytes)
{
  if (n_bytes < 12)
    return TUTTI_SOUND_FORMAT_NONE;
  if ((memcmp (bytes, "RIFF", 4) == 0 || memcmp (bytes, "RIFX", 4) == 0 || memcmp (bytes, "RF64", 4) == 0) &&
      memcmp (bytes + 8, "WAVE", 4) == 0)
    return TUTTI_SOUND_FORMAT_WAV;
  if (memcmp (bytes, "FORM", 4) == 0 && (memcmp (bytes + 8, "AIFF", 4) == 0 || memcmp (bytes + 8, "AIFC", 4) == 0))
    return TUTTI_SOUND_FORMAT_AIFF;
  if (memcmp (bytes, "fLaC", 4) == 0)
    return TUTTI_SOUND_FORMAT_FLAC;
  if (memcmp (bytes, "OggS", 4) == 0)
    return TUTTI_SOUND_FORMAT_OGG;
  if (memcmp (bytes, "ID3", 3) == 0 || is_mpeg_header (bytes))
    return TUTTI_SOUND_FORMAT_MP3;
  return TUTTI_SOUND_FORMAT_NONE;
}

/* --- bytes as a file for libsndfile --- */

typedef struct
{
  const guint8 *bytes;
  sf_count_t    n_bytes;
  sf_count_t    position;
} Memory;

static sf_count_t
memory_length (void *data)
{
  return ((Memory *) data)->n_bytes;
}

static sf_count_t
memory_seek (sf_count_t offset, int whence, void *data)
{
  Memory *memory = data;
  sf_count_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? memory->position : memory->n_bytes;

  /* The offset may come from the file: anything outside stays where it is allowed to be. */
  if (offset < -from)
    memory->position = 0;
  else
    memory->position = offset > memory->n_bytes - from ? memory->n_bytes : from + offset;
  return memory->position;
}

static sf_count_t
memory_read (void *to, sf_count_t n, void *data)
{
  Memory *memory = data;

  n = CLAMP (n, 0, memory->n_bytes - memory->position);
  memcpy (to, memory->bytes + memory->position, (gsize) n);
  memory->position += n;
  return n;
}

static sf_count_t
memory_tell (void *data)
{
  return ((Memory *) data)->position;
}

static SF_VIRTUAL_IO memory_io = { memory_length, memory_seek, memory_read, NULL, memory_tell };

/* --- decoding --- */

/* The channel map when the file has one and it fits. */
static gboolean
get_channel_map (SNDFILE *file, const SF_INFO *info, int *map)
{
  return info->channels > 2 && info->channels <= TUTTI_SOUND_CHANNELS_MAX &&
         sf_command (file, SFC_GET_CHANNEL_MAP_INFO, map, info->channels * (int) sizeof *map) == SF_TRUE;
}

static TuttiSound *
read_all (SNDFILE *file, const SF_INFO *info, TuttiSoundShape *shape, TuttiSoundProgress progress,
          gpointer progress_data, GCancellable *cancellable, GError **error)
{
  sf_count_t block = BLOCK_SAMPLES / info->channels;
  g_autofree float *samples = g_new (float, block * info->channels);
  TuttiSoundNotes notes = TUTTI_SOUND_NOTE_NONE;
  sf_count_t n;

  while ((n = sf_readf_float (file, samples, block)) > 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !tutti_sound_shape_push (shape, samples, (gsize) MIN (n, block), error))
        return NULL;
      if (progress != NULL && info->frames > 0)
        progress (MIN (1.0, (double) tutti_sound_shape_get_n_frames (shape) / (double) info->frames),
                  progress_data);
    }
  if ((sf_count_t) tutti_sound_shape_get_n_frames (shape) < info->frames || sf_error (file) != SF_ERR_NO_ERROR)
    notes |= TUTTI_SOUND_NOTE_CUT_SHORT;
  return tutti_sound_shape_finish (shape, notes, error);
}

/* @as_it_is: frame by frame, whatever its rate. */
static TuttiSound *
decode (GBytes *bytes, gboolean as_it_is, TuttiSoundProgress progress, gpointer progress_data, GCancellable *cancellable,
        GError **error)
{
  Memory memory = { 0 };
  SF_INFO info = { 0 };
  g_autoptr(TuttiSoundShape) shape = NULL;
  TuttiSound *sound = NULL;
  int map[TUTTI_SOUND_CHANNELS_MAX] = { 0 };
  SNDFILE *file;
  gsize n_bytes;

  memory.bytes = g_bytes_get_data (bytes, &n_bytes);
  memory.n_bytes = (sf_count_t) n_bytes;
  file = sf_open_virtual (&memory_io, SFM_READ, &info, &memory);
  if (file == NULL)
    {
      g_debug ("libsndfile says: %s", sf_strerror (NULL));
      g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_DAMAGED,
                   "The file is damaged, or packed in a way that cannot be read");
      return NULL;
    }
  shape = tutti_sound_shape_new (as_it_is ? TUTTI_SOUND_RATE : info.samplerate, info.channels,
                                 get_channel_map (file, &info, map) ? map : NULL, error);
  if (shape != NULL)
    sound = read_all (file, &info, shape, progress, progress_data, cancellable, error);
  sf_close (file);
  return sound;
}

TuttiSound *
tutti_sound_decode_sndfile (GBytes *bytes, TuttiSoundProgress progress, gpointer progress_data,
                            GCancellable *cancellable, GError **error)
{
  return decode (bytes, FALSE, progress, progress_data, cancellable, error);
}

TuttiSound *
tutti_sound_decode_as_it_is (GBytes *bytes, GCancellable *cancellable, GError **error)
{
  return decode (bytes, TRUE, NULL, NULL, cancellable, error);
}

/* libsndfile as it was built here may lack Ogg or MP3. */
static gboolean
second_way_helps (TuttiSoundFormat format, const GError *error)
{
  return (format == TUTTI_SOUND_FORMAT_MP3 || format == TUTTI_SOUND_FORMAT_OGG) &&
         g_error_matches (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_DAMAGED);
}

TuttiSound *
tutti_sound_decode (GBytes *bytes, TuttiSoundProgress progress, gpointer progress_data, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr(GError) local = NULL;
  TuttiSoundFormat format;
  TuttiSound *sound;
  gsize n_bytes;
  const guint8 *data = g_bytes_get_data (bytes, &n_bytes);

  if (n_bytes > TUTTI_SOUND_BYTES_MAX)
    {
      g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_TOO_LARGE, "The file is larger than %d MiB",
                   TUTTI_SOUND_BYTES_MAX >> 20);
      return NULL;
    }
  format = tutti_sound_sniff (data, n_bytes);
  if (format == TUTTI_SOUND_FORMAT_NONE)
    {
      g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_NOT_AUDIO,
                   "This is no sound file that can be read (WAV, AIFF, FLAC, OGG and MP3 can)");
      return NULL;
    }
  sound = tutti_sound_decode_sndfile (bytes, progress, progress_data, cancellable, &local);
  if (sound == NULL && second_way_helps (format, local))
    {
      g_clear_error (&local);
      sound = tutti_sound_decode_gst (bytes, cancellable, &local);
    }
  if (sound == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return sound;
}

/* --- files --- */

/* Reads one byte more than allowed: a size that was asked for is only a claim. */
static GBytes *
read_bounded (GInputStream *stream, gsize max, GCancellable *cancellable, GError **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  guint8 block[65536];
  gssize n;

  while ((n = g_input_stream_read (stream, block, sizeof block, cancellable, error)) > 0)
    {
      g_byte_array_append (bytes, block, (guint) n);
      if (bytes->len > max)
        break;
    }
  if (n < 0)
    return NULL;
  if (bytes->len <= max)
    return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_TOO_LARGE, "The file is larger than %" G_GSIZE_FORMAT
               " MiB", max >> 20);
  return NULL;
}

GBytes *
tutti_sound_read_file (GFile *file, gsize max, GCancellable *cancellable, GError **error)
{
  g_autoptr(GFileInputStream) stream = NULL;
  g_autoptr(GFileInfo) info =
    g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
                       cancellable, error);

  if (info == NULL)
    return NULL;
  /* A pipe would never end, a folder has no bytes. */
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_NOT_AUDIO, "This is not a file");
      return NULL;
    }
  if (g_file_info_get_size (info) > (goffset) max)
    {
      g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_TOO_LARGE, "The file is larger than %" G_GSIZE_FORMAT
                   " MiB", max >> 20);
      return NULL;
    }
  stream = g_file_read (file, cancellable, error);
  return stream != NULL ? read_bounded (G_INPUT_STREAM (stream), max, cancellable, error) : NULL;
}

/* --- progress --- */

struct _TuttiSoundReporter
{
  GTask             *task;
  TuttiSoundProgress progress;
  gpointer           progress_data;
  int                told;                     /* twentieths */
};

typedef struct
{
  GTask             *task;                     /* keeps what progress_data points to alive as long as the caller does */
  TuttiSoundProgress progress;
  gpointer           progress_data;
  double             fraction;
} Report;

TuttiSoundReporter *
tutti_sound_reporter_new (GTask *task, TuttiSoundProgress progress, gpointer progress_data)
{
  TuttiSoundReporter *self = g_new0 (TuttiSoundReporter, 1);

  self->task = task;
  self->progress = progress;
  self->progress_data = progress_data;
  return self;
}

static gboolean
deliver (gpointer data)
{
  Report *report = data;

  report->progress (report->fraction, report->progress_data);
  return G_SOURCE_REMOVE;
}

static void
report_free (gpointer data)
{
  g_object_unref (((Report *) data)->task);
  g_free (data);
}

/* Same context and priority as the task's answer, attached before it: so it is delivered before it. */
void
tutti_sound_reporter_tell (double fraction, gpointer reporter)
{
  TuttiSoundReporter *self = reporter;
  int twentieths = (int) (fraction * 20.0);
  GSource *source;
  Report *report;

  if (self->progress == NULL || twentieths <= self->told)
    return;
  self->told = twentieths;
  report = g_new0 (Report, 1);
  *report = (Report) { g_object_ref (self->task), self->progress, self->progress_data, fraction };
  source = g_idle_source_new ();
  g_source_set_priority (source, g_task_get_priority (self->task));
  g_source_set_callback (source, deliver, report, report_free);
  g_source_attach (source, g_task_get_context (self->task));
  g_source_unref (source);
}

void
tutti_sound_reporter_free (gpointer reporter)
{
  g_free (reporter);
}

/* --- asynchronously --- */

typedef struct
{
  GFile              *file;
  TuttiSoundReporter *reporter;
} DecodeCall;

static void
decode_call_free (gpointer data)
{
  DecodeCall *call = data;

  g_object_unref (call->file);
  tutti_sound_reporter_free (call->reporter);
  g_free (call);
}

static void
decode_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  DecodeCall *call = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr(GBytes) bytes = tutti_sound_read_file (call->file, TUTTI_SOUND_BYTES_MAX, cancellable, &error);
  TuttiSound *sound = bytes != NULL ? tutti_sound_decode (bytes, tutti_sound_reporter_tell, call->reporter, cancellable,
                                                          &error)
                                    : NULL;

  if (sound != NULL)
    g_task_return_pointer (task, sound, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
tutti_sound_decode_file_async (GFile *file, TuttiSoundProgress progress, gpointer progress_data,
                               GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  DecodeCall *call = g_new0 (DecodeCall, 1);

  call->file = g_object_ref (file);
  call->reporter = tutti_sound_reporter_new (task, progress, progress_data);
  g_task_set_source_tag (task, tutti_sound_decode_file_async);
  g_task_set_task_data (task, call, decode_call_free);
  g_task_run_in_thread (task, decode_in_thread);
}

TuttiSound *
tutti_sound_decode_file_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
