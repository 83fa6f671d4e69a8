/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sound files from anywhere: each is refused, or decoded to what a sound may be; and what a peer sends as shared
 * sound, likewise. The first byte chooses the file that is damaged ('r': the rest *is* the file). */
#include "fuzz-damage.h"
#include "tutti-fuzz.h"
#include "tutti-sound-decode-private.h"
#include "tutti-sound-flac.h"

#include <glib/gstdio.h>
#include <math.h>
#include <sndfile.h>
#include <stdlib.h>

const char *const fuzz_corpus[] = { "0e.aa", "1x.bb", "2e)aa", "3xcab", "4f@ab", "5e,aa", "6m*ab", "7cab.", "8e!ab",
                                    "reRIFF....WAVEfmt ", "2\xe5.aa\xf8" "abc", "9\xe3yzm", NULL };

static const struct { int format, rate, n_channels; } kinds[] = {
  { SF_FORMAT_WAV | SF_FORMAT_PCM_16, 48000, 2 },    { SF_FORMAT_WAV | SF_FORMAT_FLOAT, 48000, 1 },
  { SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 48000, 2 },   { SF_FORMAT_OGG | SF_FORMAT_VORBIS, 48000, 1 },
  { SF_FORMAT_AIFF | SF_FORMAT_PCM_24, 48000, 1 },   { SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 48000, 2 },
  { SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM, 48000, 1 }, { SF_FORMAT_OGG | SF_FORMAT_OPUS, 48000, 2 },
  { SF_FORMAT_WAVEX | SF_FORMAT_PCM_16, 48000, 6 },  { SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 44100, 1 },
};

static GBytes *files[G_N_ELEMENTS (kinds)];

static GBytes *
make_file (gsize kind)
{
  SF_INFO info = { .format = kinds[kind].format, .samplerate = kinds[kind].rate, .channels = kinds[kind].n_channels };
  g_autofree char *path = NULL;
  float tone[1500 * 6];
  SNDFILE *file;
  char *bytes;
  gsize n;
  int fd = g_file_open_tmp ("fuzz-sound-XXXXXX", &path, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tone); i++)
    tone[i] = (float) sin ((double) i * 0.05) * 0.5f;
  file = sf_open_fd (fd, SFM_WRITE, &info, TRUE);
  if (file == NULL || sf_writef_float (file, tone, 1500) != 1500)
    g_error ("kind %d cannot be made: %s", (int) kind, sf_strerror (file));
  sf_close (file);
  if (!g_file_get_contents (path, &bytes, &n, NULL))
    g_error ("%s cannot be read", path);
  g_unlink (path);
  return g_bytes_new_take (bytes, n);
}

static void
check (TuttiSound *sound)
{
  gsize n;

  if (sound == NULL)
    return;
  n = tutti_sound_get_n_frames (sound) * tutti_sound_get_n_channels (sound);
  if (n == 0 || tutti_sound_get_n_channels (sound) > 2 || tutti_sound_get_n_frames (sound) > TUTTI_SOUND_FRAMES_MAX)
    abort ();
  for (gsize i = 0; i < n; i++)
    if (!(fabsf (tutti_sound_get_frames (sound)[i]) <= 1.0f))
      abort ();
  g_object_unref (sound);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GByteArray) file = g_byte_array_new ();
  g_autoptr(GBytes) bytes = NULL;
  TuttiSoundFormat format;
  gsize kind;

  if (size == 0)
    return 0;
  kind = data[0] % G_N_ELEMENTS (kinds);
  if (files[kind] == NULL)
    files[kind] = make_file (kind);
  if (data[0] == 'r')
    g_byte_array_append (file, data + 1, (guint) size - 1);
  else
    {
      g_byte_array_append (file, g_bytes_get_data (files[kind], NULL), (guint) g_bytes_get_size (files[kind]));
      fuzz_damage (file, data + 1, size - 1);
    }

  /* Starting a pipeline takes a hundred times as long: the second way gets every sixteenth. */
  format = tutti_sound_sniff (file->data, file->len);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&file));
  if (size % 16 == 3)
    check (tutti_sound_decode (bytes, NULL, NULL, NULL, NULL));
  else if (format != TUTTI_SOUND_FORMAT_NONE)
    check (tutti_sound_decode_sndfile (bytes, NULL, NULL, NULL, NULL));
  check (tutti_sound_flac_decode (bytes, NULL));
  return 0;
}
