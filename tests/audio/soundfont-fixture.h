/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

/* SoundFonts that the tests write themselves: tables grow as sounds, instruments and presets are added. */
enum { SF_SMPL, SF_PHDR, SF_PBAG, SF_PMOD, SF_PGEN, SF_INST, SF_IBAG, SF_IMOD, SF_IGEN, SF_SHDR, SF_N_TABLES };

typedef struct
{
  GByteArray *table[SF_N_TABLES];
  guint       n_samples, n_instruments;
} SoundFontFile;

static inline void
sf_put (GByteArray *table, guint32 value, guint n_bytes)
{
  for (guint i = 0; i < n_bytes; i++, value >>= 8)
    g_byte_array_append (table, &(guint8) { (guint8) value }, 1);
}

static inline void
sf_put_name (GByteArray *table, const char *name)
{
  char padded[20] = { 0 };

  memcpy (padded, name, MIN (strlen (name), sizeof padded));
  g_byte_array_append (table, (const guint8 *) padded, sizeof padded);
}

static inline void
sf_begin (SoundFontFile *file)
{
  for (guint i = 0; i < SF_N_TABLES; i++)
    file->table[i] = g_byte_array_new ();
  file->n_samples = file->n_instruments = 0;
}

typedef struct
{
  guint rate, root;
  int   correction;            /* cents */
  guint loop_start, loop_end;  /* frames from the beginning */
} SoundFontTone;

/* The number of the sound, for generator 53. */
static inline guint
sf_add_sample (SoundFontFile *file, const gint16 *frames, guint n, SoundFontTone tone)
{
  guint start = file->table[SF_SMPL]->len / 2;

  for (guint i = 0; i < n + 46; i++)
    sf_put (file->table[SF_SMPL], i < n ? (guint16) frames[i] : 0, 2);
  sf_put_name (file->table[SF_SHDR], "tone");
  sf_put (file->table[SF_SHDR], start, 4);
  sf_put (file->table[SF_SHDR], start + n, 4);
  sf_put (file->table[SF_SHDR], start + tone.loop_start, 4);
  sf_put (file->table[SF_SHDR], start + tone.loop_end, 4);
  sf_put (file->table[SF_SHDR], tone.rate, 4);
  sf_put (file->table[SF_SHDR], tone.root, 1);
  sf_put (file->table[SF_SHDR], (guint8) tone.correction, 1);
  sf_put (file->table[SF_SHDR], 0, 2);
  sf_put (file->table[SF_SHDR], 1, 2);
  return file->n_samples++;
}

/* The same with a stream of Ogg Vorbis, as .sf3 has it: its loop counts from its own beginning. */
static inline guint
sf_add_vorbis (SoundFontFile *file, GBytes *stream, SoundFontTone tone)
{
  guint start = file->table[SF_SMPL]->len;

  g_byte_array_append (file->table[SF_SMPL], g_bytes_get_data (stream, NULL), (guint) g_bytes_get_size (stream));
  sf_put_name (file->table[SF_SHDR], "vorbis");
  sf_put (file->table[SF_SHDR], start, 4);
  sf_put (file->table[SF_SHDR], file->table[SF_SMPL]->len, 4);
  sf_put (file->table[SF_SHDR], tone.loop_start, 4);
  sf_put (file->table[SF_SHDR], tone.loop_end, 4);
  sf_put (file->table[SF_SHDR], tone.rate, 4);
  sf_put (file->table[SF_SHDR], tone.root, 1);
  sf_put (file->table[SF_SHDR], (guint8) tone.correction, 1);
  sf_put (file->table[SF_SHDR], 0, 2);
  sf_put (file->table[SF_SHDR], 0x11, 2);
  return file->n_samples++;
}

/* A zone of the newest preset or instrument: generators and their values, ended by -1. A range is LOW | HIGH << 8. */
static inline void
sf_add_zone (SoundFontFile *file, gboolean preset, const int *generators)
{
  GByteArray *bag = file->table[preset ? SF_PBAG : SF_IBAG], *gen = file->table[preset ? SF_PGEN : SF_IGEN];

  sf_put (bag, gen->len / 4, 2);
  sf_put (bag, 0, 2);
  for (; *generators >= 0; generators += 2)
    {
      sf_put (gen, (guint32) generators[0], 2);
      sf_put (gen, (guint32) generators[1], 2);
    }
}
#define SF_ZONE(file, preset, ...) sf_add_zone (file, preset, (const int[]) { __VA_ARGS__, -1 })
#define SF_RANGE(low, high) ((low) | (high) << 8)

/* The number of the instrument, for generator 41. */
static inline guint
sf_add_instrument (SoundFontFile *file)
{
  sf_put_name (file->table[SF_INST], "instrument");
  sf_put (file->table[SF_INST], file->table[SF_IBAG]->len / 4, 2);
  return file->n_instruments++;
}

static inline void
sf_add_preset (SoundFontFile *file, const char *name, guint bank, guint program)
{
  GByteArray *header = file->table[SF_PHDR];

  sf_put_name (header, name);
  sf_put (header, program, 2);
  sf_put (header, bank, 2);
  sf_put (header, file->table[SF_PBAG]->len / 4, 2);
  sf_put (header, 0, 4);
  sf_put (header, 0, 4);
  sf_put (header, 0, 4);
}

static inline void
sf_put_chunk (GByteArray *out, const char *id, const guint8 *data, guint n)
{
  g_byte_array_append (out, (const guint8 *) id, 4);
  sf_put (out, n, 4);
  g_byte_array_append (out, data, n);
  if (n & 1)
    sf_put (out, 0, 1);
}

/* The records at the ends of the tables, then all of it as a file. (transfer full) */
static inline GBytes *
sf_end (SoundFontFile *file)
{
  static const char ids[][5] = { "smpl", "phdr", "pbag", "pmod", "pgen", "inst", "ibag", "imod", "igen", "shdr" };
  static const guint8 zeros[46];
  g_autoptr(GByteArray) data = g_byte_array_new (), tables = g_byte_array_new (), body = g_byte_array_new ();
  GByteArray *out = g_byte_array_new ();

  sf_add_preset (file, "EOP", 0, 0);
  sf_add_zone (file, TRUE, (const int[]) { -1 });
  sf_add_instrument (file);
  sf_add_zone (file, FALSE, (const int[]) { -1 });
  sf_put (file->table[SF_PGEN], 0, 4);
  sf_put (file->table[SF_IGEN], 0, 4);
  g_byte_array_append (file->table[SF_PMOD], zeros, 10);
  g_byte_array_append (file->table[SF_IMOD], zeros, 10);
  g_byte_array_append (file->table[SF_SHDR], zeros, 46);
  g_byte_array_append (data, (const guint8 *) "sdta", 4);
  sf_put_chunk (data, ids[0], file->table[0]->data, file->table[0]->len);
  g_byte_array_append (tables, (const guint8 *) "pdta", 4);
  for (guint i = 1; i < SF_N_TABLES; i++)
    sf_put_chunk (tables, ids[i], file->table[i]->data, file->table[i]->len);
  g_byte_array_append (body, (const guint8 *) "sfbk", 4);
  sf_put_chunk (body, "LIST", data->data, data->len);
  sf_put_chunk (body, "LIST", tables->data, tables->len);
  sf_put_chunk (out, "RIFF", body->data, body->len);
  for (guint i = 0; i < SF_N_TABLES; i++)
    g_byte_array_unref (file->table[i]);
  return g_byte_array_free_to_bytes (out);
}
