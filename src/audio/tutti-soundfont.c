/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the bytes of a SoundFont to its tables and presets. */
#include "tutti-sound-decode.h"
#include "tutti-sound-import.h"
#include "tutti-soundfont-tables.h"

#include <string.h>

#define NAME_BYTES 20

static gboolean
fail (GError **error, TuttiSoundError code, const char *words)
{
  g_set_error_literal (error, TUTTI_SOUND_ERROR, (int) code, words);
  return FALSE;
}

/* ---- chunks ---- */

/* Takes the next chunk off the front of @span: its id, and what is in it, cut to what is there. */
static gboolean
next_chunk (Span *span, char id[5], Span *inside)
{
  gsize size, step;

  if (span->n_bytes < 8)
    return FALSE;
  memcpy (id, span->bytes, 4);
  id[4] = '\0';
  size = MIN ((gsize) read32 (span->bytes + 4), span->n_bytes - 8);
  *inside = (Span) { span->bytes + 8, size };
  step = MIN (8 + size + (size & 1), span->n_bytes);
  span->bytes += step;
  span->n_bytes -= step;
  return TRUE;
}

static void
take_chunk (TuttiSoundFont *self, const char *list, const char *id, Span inside)
{
  if (g_str_equal (list, "sdta") && g_str_equal (id, "smpl") && self->data.bytes == NULL)
    self->data = inside;
  for (guint i = 0; g_str_equal (list, "pdta") && i < N_TABLES; i++)
    if (g_str_equal (id, tutti_soundfont_tables[i].id) && self->tables[i].bytes == NULL)
      self->tables[i] = inside;
}

static void
take_list (TuttiSoundFont *self, Span list)
{
  char kind[5] = { 0 }, id[5];
  Span inside;

  if (list.n_bytes < 4)
    return;
  memcpy (kind, list.bytes, 4);
  list.bytes += 4;
  list.n_bytes -= 4;
  while (next_chunk (&list, id, &inside))
    take_chunk (self, kind, id, inside);
}

gboolean
tutti_soundfont_sniff (const guint8 *bytes, gsize n_bytes)
{
  return n_bytes >= 12 && memcmp (bytes, "RIFF", 4) == 0 && memcmp (bytes + 8, "sfbk", 4) == 0;
}

gboolean
tutti_soundfont_is_name (const char *basename)
{
  const char *dot = strrchr (basename, '.');

  return dot != NULL && (g_ascii_strcasecmp (dot, ".sf2") == 0 || g_ascii_strcasecmp (dot, ".sf3") == 0);
}

static gboolean
read_chunks (TuttiSoundFont *self, GError **error)
{
  char id[5];
  Span all, inside;

  all.bytes = g_bytes_get_data (self->bytes, &all.n_bytes);
  if (!tutti_soundfont_sniff (all.bytes, all.n_bytes))
    return fail (error, TUTTI_SOUND_ERROR_NOT_AUDIO, "This is no SoundFont (.sf2 or .sf3)");
  all.bytes += 12;
  all.n_bytes -= 12;
  while (next_chunk (&all, id, &inside))
    if (g_str_equal (id, "LIST"))
      take_list (self, inside);
  for (guint i = 0; i < N_TABLES; i++)
    if (self->tables[i].bytes == NULL || self->tables[i].n_bytes % tutti_soundfont_tables[i].size != 0 || self->tables[i].n_bytes == 0)
      return fail (error, TUTTI_SOUND_ERROR_DAMAGED, "The SoundFont is damaged: its tables are not whole");
  return self->data.n_bytes > 0 || fail (error, TUTTI_SOUND_ERROR_EMPTY, "There is no sound in the SoundFont");
}

const guint8 *
tutti_soundfont_get_data (TuttiSoundFont *self, gsize *n_bytes)
{
  *n_bytes = self->data.n_bytes;
  return self->data.bytes;
}

/* ---- presets ---- */

static char *
name_of (const guint8 *header)
{
  g_autofree char *raw = g_strndup ((const char *) header, NAME_BYTES), *valid = g_utf8_make_valid (g_strstrip (raw), -1);
  /* What it takes for the ending of a file's name is not the name's. */
  g_autofree char *with_ending = g_strconcat (valid[0] != '\0' ? valid : "Sound", ".", NULL);

  return tutti_sound_name_from_file (with_ending);
}

static void
clear_preset (gpointer data)
{
  g_free (((TuttiSoundFontPreset *) data)->name);
}

static int
by_number (gconstpointer a, gconstpointer b, gpointer self)
{
  const guint8 *one = record (self, PHDR, *(const guint *) a), *two = record (self, PHDR, *(const guint *) b);
  guint x = read16 (one + 22) << 16 | read16 (one + 20), y = read16 (two + 22) << 16 | read16 (two + 20);

  return x < y ? -1 : x > y;
}

/* Drum kits are in bank 128, so they come last. */
static gboolean
read_presets (TuttiSoundFont *self, GError **error)
{
  guint n = n_records (self, PHDR) - 1, left = WORK_MAX;

  if (n > TUTTI_SOUNDFONT_PRESETS_MAX)
    return fail (error, TUTTI_SOUND_ERROR_TOO_LARGE, "The SoundFont has more presets than can be read");
  for (guint i = 0; i < n; i++)
    g_array_append_val (self->headers, i);
  g_array_sort_with_data (self->headers, by_number, self);
  for (guint i = 0; i < self->headers->len; )
    {
      const guint8 *header = record (self, PHDR, g_array_index (self->headers, guint, i));
      TuttiSoundFontPreset preset = { NULL, read16 (header + 22), read16 (header + 20),
                                      tutti_soundfont_visit_regions (self, g_array_index (self->headers, guint, i), &left, NULL) };

      if (left == 0)
        return fail (error, TUTTI_SOUND_ERROR_TOO_LARGE, "The SoundFont has more zones than can be read");
      if (preset.n_regions == 0)
        {
          g_array_remove_index (self->headers, i);
          continue;
        }
      preset.name = name_of (header);
      g_array_append_val (self->presets, preset);
      i++;
    }
  return self->presets->len > 0 || fail (error, TUTTI_SOUND_ERROR_EMPTY, "There is no preset with a sound in the SoundFont");
}

TuttiSoundFont *
tutti_soundfont_new (GBytes *bytes, GError **error)
{
  g_autoptr(TuttiSoundFont) self = g_new0 (TuttiSoundFont, 1);

  g_atomic_ref_count_init (&self->refs);
  self->bytes = g_bytes_ref (bytes);
  self->presets = g_array_new (FALSE, FALSE, sizeof (TuttiSoundFontPreset));
  self->headers = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_set_clear_func (self->presets, clear_preset);
  if (!read_chunks (self, error) || !read_presets (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

TuttiSoundFont *
tutti_soundfont_ref (TuttiSoundFont *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
tutti_soundfont_unref (TuttiSoundFont *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->presets);
  g_array_unref (self->headers);
  g_bytes_unref (self->bytes);
  g_free (self);
}

guint
tutti_soundfont_get_n_presets (TuttiSoundFont *self)
{
  return self->presets->len;
}

const TuttiSoundFontPreset *
tutti_soundfont_get_preset (TuttiSoundFont *self, guint index)
{
  g_return_val_if_fail (index < self->presets->len, NULL);
  return &g_array_index (self->presets, TuttiSoundFontPreset, index);
}

int
tutti_soundfont_find_preset (TuttiSoundFont *self, guint bank, guint program)
{
  for (guint i = 0; i < self->presets->len; i++)
    if (tutti_soundfont_get_preset (self, i)->bank == bank && tutti_soundfont_get_preset (self, i)->program == program)
      return (int) i;
  return -1;
}

/* ---- loading ---- */

static void
load_in_thread (GTask *task, gpointer source, gpointer file, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr(GBytes) bytes = tutti_sound_read_file (file, TUTTI_SOUNDFONT_BYTES_MAX, cancellable, &error);
  TuttiSoundFont *font = bytes != NULL ? tutti_soundfont_new (bytes, &error) : NULL;

  if (font != NULL)
    g_task_return_pointer (task, font, (GDestroyNotify) tutti_soundfont_unref);
  else
    g_task_return_error (task, error);
}

void
tutti_soundfont_load_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tutti_soundfont_load_async);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, load_in_thread);
}

TuttiSoundFont *
tutti_soundfont_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
