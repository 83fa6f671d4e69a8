/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sound-flac.h"

#include <math.h>
#include <sndfile.h>
#include <string.h>

enum { BLOCK_FRAMES = 8192, COMMENT_BYTES_MAX = 1024 };

/* --- a growing (or given) piece of memory as a file for libsndfile --- */

typedef struct
{
  GByteArray   *written;         /* while writing */
  const guint8 *bytes;           /* while reading */
  gsize         n_bytes;
  gsize         position;
} Memory;

static sf_count_t
memory_length (void *data)
{
  Memory *memory = data;

  return memory->written != NULL ? memory->written->len : (sf_count_t) memory->n_bytes;
}

static sf_count_t
memory_seek (sf_count_t offset, int whence, void *data)
{
  Memory *memory = data;
  sf_count_t length = memory_length (data);
  sf_count_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? (sf_count_t) memory->position : length;

  if (offset < -from)
    offset = -from;
  if (offset > length - from)
    offset = length - from;
  memory->position = (gsize) (from + offset);
  return (sf_count_t) memory->position;
}

static sf_count_t
memory_read (void *to, sf_count_t n, void *data)
{
  Memory *memory = data;
  const guint8 *bytes = memory->written != NULL ? memory->written->data : memory->bytes;

  n = CLAMP (n, 0, memory_length (data) - (sf_count_t) memory->position);
  if (n > 0)
    memcpy (to, bytes + memory->position, (gsize) n);
  memory->position += (gsize) n;
  return n;
}

static sf_count_t
memory_write (const void *from, sf_count_t n, void *data)
{
  Memory *memory = data;
  gsize end = memory->position + (gsize) n;

  if (n < 0 || end > TUTTI_SOUND_BYTES_MAX)
    return 0;
  if (end > memory->written->len)
    g_byte_array_set_size (memory->written, (guint) end);
  memcpy (memory->written->data + memory->position, from, (gsize) n);
  memory->position = end;
  return n;
}

static sf_count_t
memory_tell (void *data)
{
  return (sf_count_t) ((Memory *) data)->position;
}

static SF_VIRTUAL_IO memory_io = { memory_length, memory_seek, memory_read, memory_write, memory_tell };

/* --- writing --- */

/* Rounded by us, so that what was 24 bit (or less) already keeps its bits; libsndfile's own conversion scales by
 * 2^23 − 1. */
static int
to_24_bit (float sample)
{
  long value = lrint ((double) sample * 8388608.0);

  return (int) (CLAMP (value, -8388608L, 8388607L) * 256L);
}

static gboolean
write_all (SNDFILE *file, TuttiSound *sound)
{
  gsize n_channels = tutti_sound_get_n_channels (sound), n_frames = tutti_sound_get_n_frames (sound);
  const float *frames = tutti_sound_get_frames (sound);
  g_autofree int *block = g_new (int, BLOCK_FRAMES * n_channels);

  for (gsize done = 0; done < n_frames; done += BLOCK_FRAMES)
    {
      gsize n = MIN (n_frames - done, BLOCK_FRAMES);

      for (gsize i = 0; i < n * n_channels; i++)
        block[i] = to_24_bit (frames[done * n_channels + i]);
      if (sf_writef_int (file, block, (sf_count_t) n) != (sf_count_t) n)
        return FALSE;
    }
  return TRUE;
}

GBytes *
tutti_sound_flac_encode (TuttiSound *sound, GError **error)
{
  g_autoptr(GByteArray) written = g_byte_array_new ();
  Memory memory = { .written = written };
  SF_INFO info = { .samplerate = TUTTI_SOUND_RATE, .channels = (int) tutti_sound_get_n_channels (sound),
                   .format = SF_FORMAT_FLAC | SF_FORMAT_PCM_24 };
  SNDFILE *file = sf_open_virtual (&memory_io, SFM_WRITE, &info, &memory);
  gboolean ok = file != NULL && write_all (file, sound);

  if (file != NULL && sf_close (file) != 0)
    ok = FALSE;
  if (ok)
    return g_byte_array_free_to_bytes (g_steal_pointer (&written));
  g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_FAILED, "The sound cannot be encoded: %s",
               sf_strerror (NULL));
  return NULL;
}

/* --- reading --- */

static gboolean
is_zero (const guint8 *bytes, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (bytes[i] != 0)
      return FALSE;
  return TRUE;
}

/* Walks the metadata (RFC 9639, section 8): a sound has no room for pictures, cue sheets, application data or
 * anything hidden in the padding. */
static gboolean
has_only_sound (const guint8 *bytes, gsize n_bytes)
{
  enum { STREAMINFO = 0, PADDING = 1, SEEKTABLE = 3, COMMENT = 4 };
  gsize at = 4;
  gboolean last = FALSE;

  if (n_bytes < 42 || memcmp (bytes, "fLaC", 4) != 0 || (bytes[4] & 0x7f) != STREAMINFO)
    return FALSE;
  while (!last)
    {
      gsize length;
      int type;

      if (n_bytes - at < 4)
        return FALSE;
      last = (bytes[at] & 0x80) != 0;
      type = bytes[at] & 0x7f;
      length = (gsize) bytes[at + 1] << 16 | (gsize) bytes[at + 2] << 8 | bytes[at + 3];
      at += 4;
      if (length > n_bytes - at)
        return FALSE;
      if ((type == STREAMINFO && (length != 34 || at != 8)) || (type == COMMENT && length > COMMENT_BYTES_MAX) ||
          (type == PADDING && !is_zero (bytes + at, length)) ||
          (type != STREAMINFO && type != PADDING && type != SEEKTABLE && type != COMMENT))
        return FALSE;
      at += length;
    }
  return TRUE;
}

static TuttiSound *
read_all (SNDFILE *file, const SF_INFO *info)
{
  gsize n_channels = (gsize) info->channels, n_frames = (gsize) info->frames;
  g_autofree int *whole = g_new (int, n_channels * n_frames);
  int beyond[2];
  float *frames;

  if (sf_readf_int (file, whole, info->frames) != info->frames || sf_readf_int (file, beyond, 1) != 0 ||
      sf_error (file) != SF_ERR_NO_ERROR)
    return NULL;
  frames = g_new (float, n_channels * n_frames);
  for (gsize i = 0; i < n_channels * n_frames; i++)
    frames[i] = (float) (whole[i] / 256) * (1.0f / 8388608.0f);
  return tutti_sound_new (frames, (guint) n_channels, n_frames, TUTTI_SOUND_NOTE_NONE);
}

TuttiSound *
tutti_sound_flac_decode (GBytes *bytes, GError **error)
{
  Memory memory = { 0 };
  SF_INFO info = { 0 };
  TuttiSound *sound = NULL;
  SNDFILE *file = NULL;

  memory.bytes = g_bytes_get_data (bytes, &memory.n_bytes);
  if (memory.n_bytes <= TUTTI_SOUND_BYTES_MAX && has_only_sound (memory.bytes, memory.n_bytes))
    file = sf_open_virtual (&memory_io, SFM_READ, &info, &memory);
  if (file != NULL && info.format == (SF_FORMAT_FLAC | SF_FORMAT_PCM_24) && info.samplerate == TUTTI_SOUND_RATE &&
      (info.channels == 1 || info.channels == 2) && info.frames >= 1 && info.frames <= TUTTI_SOUND_FRAMES_MAX)
    sound = read_all (file, &info);
  g_clear_pointer (&file, sf_close);
  if (sound == NULL)
    g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_DAMAGED,
                 "This is not a whole sound of at most %d seconds in the form in which sounds are shared",
                 TUTTI_SOUND_SECONDS_MAX);
  return sound;
}
