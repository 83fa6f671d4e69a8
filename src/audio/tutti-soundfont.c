/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the bytes of a SoundFont to its presets' regions. Tables ("hydra") name ranges of each other by index; each has one record
 * at its end that only says where the last range ends. */
#include "tutti-soundfont-private.h"
#include "tutti-sound-import.h"

#include <string.h>

#define WORK_MAX (1 << 22)              /* records that are looked at: tables that name each other over and over want our time */
#define NAME_BYTES 20
#define RATE_MIN 2000
#define RATE_MAX 192000
#define PAGE_BYTES_MAX 65307            /* of Ogg */

typedef enum { PHDR, PBAG, PGEN, INST, IBAG, IGEN, SHDR, N_TABLES } Table;

static const struct { char id[5]; guint size; } tables[N_TABLES] = {
  { "phdr", 38 }, { "pbag", 4 }, { "pgen", 4 }, { "inst", 22 }, { "ibag", 4 }, { "igen", 4 }, { "shdr", 46 },
};

typedef struct
{
  const guint8 *bytes;
  gsize         n_bytes;
} Span;

struct _TuttiSoundFont
{
  gatomicrefcount refs;
  GBytes         *bytes;
  Span            tables[N_TABLES];
  Span            data;                /* of sounds */
  GArray         *presets;             /* of TuttiSoundFontPreset … */
  GArray         *headers;             /* … and of guint: where each is in PHDR */
};

/* A zone of a preset or an instrument: what it says, and which of it. */
typedef struct
{
  guint64 said;                        /* bit: generator */
  guint16 values[TUTTI_SF_N];
} Zone;

G_STATIC_ASSERT (TUTTI_SF_N <= 64);

/* ---- numbers ---- */

static guint
read16 (const guint8 *at)
{
  return (guint) at[0] | (guint) at[1] << 8;
}

static guint32
read32 (const guint8 *at)
{
  return (guint32) read16 (at) | (guint32) read16 (at + 2) << 16;
}

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
    if (g_str_equal (id, tables[i].id) && self->tables[i].bytes == NULL)
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
    if (self->tables[i].bytes == NULL || self->tables[i].n_bytes % tables[i].size != 0 || self->tables[i].n_bytes == 0)
      return fail (error, TUTTI_SOUND_ERROR_DAMAGED, "The SoundFont is damaged: its tables are not whole");
  return self->data.n_bytes > 0 || fail (error, TUTTI_SOUND_ERROR_EMPTY, "There is no sound in the SoundFont");
}

/* ---- tables ---- */

static guint
n_records (const TuttiSoundFont *self, Table table)
{
  return (guint) (self->tables[table].n_bytes / tables[table].size);
}

static const guint8 *
record (const TuttiSoundFont *self, Table table, guint index)
{
  return self->tables[table].bytes + (gsize) index * tables[table].size;
}

/* What record @index of @table names of @other: its 16 bits at @offset, up to those of the next. Empty when that makes no sense. */
static void
get_range (const TuttiSoundFont *self, Table table, guint index, guint offset, Table other, guint *from, guint *to)
{
  *from = *to = 0;
  if (index + 1 >= n_records (self, table))
    return;
  *from = read16 (record (self, table, index) + offset);
  *to = MIN (read16 (record (self, table, index + 1) + offset), n_records (self, other) - 1);
  *from = MIN (*from, *to);
}

/* Adds to @zone what bag @index says; takes what that costs off @left. */
static void
read_zone (const TuttiSoundFont *self, Table bags, Table generators, guint index, guint *left, Zone *zone)
{
  guint from, to;

  get_range (self, bags, index, 0, generators, &from, &to);
  to = MIN (to, from + *left);
  *left -= MIN (*left, to - from + 1);
  for (guint i = from; i < to; i++)
    {
      const guint8 *each = record (self, generators, i);
      guint kind = read16 (each);

      if (kind >= TUTTI_SF_N)
        continue;
      zone->said |= G_GUINT64_CONSTANT (1) << kind;
      zone->values[kind] = (guint16) read16 (each + 2);
    }
}

static gboolean
says (const Zone *zone, TuttiSfGenerator what)
{
  return (zone->said >> what & 1) != 0;
}

/* The low and high ends of a range that @zone says; all where it says none. */
static void
get_ends (const Zone *zone, TuttiSfGenerator what, guint *low, guint *high)
{
  *low = says (zone, what) ? zone->values[what] & 0xff : 0;
  *high = says (zone, what) ? zone->values[what] >> 8 : 127;
}

/* The part of @what that both say. FALSE: there is none. */
static gboolean
meet (const Zone *one, const Zone *other, TuttiSfGenerator what, guint lowest, guint8 *low, guint8 *high)
{
  guint low1, high1, low2, high2;

  get_ends (one, what, &low1, &high1);
  get_ends (other, what, &low2, &high2);
  low1 = MAX (MAX (low1, low2), lowest);
  high1 = MIN (MIN (high1, high2), 127);
  *low = (guint8) MIN (low1, 127);
  *high = (guint8) high1;
  return low1 <= high1;
}

/* ---- regions ---- */

/* Ranges and start values; what is not here is no number that a preset adds to. */
static const struct { guint8 kind; gint16 low, high, initial; } numbers[] = {
  { TUTTI_SF_VIBRATO_PITCH, -12000, 12000, 0 }, { TUTTI_SF_CUTOFF, 1500, 13500, 13500 }, { TUTTI_SF_Q, 0, 960, 0 },
  { TUTTI_SF_MOD_CUTOFF, -12000, 12000, 0 }, { TUTTI_SF_PAN, -500, 500, 0 }, { TUTTI_SF_VIBRATO_DELAY, -12000, 5000, -12000 },
  { TUTTI_SF_VIBRATO_RATE, -16000, 4500, 0 }, { TUTTI_SF_MOD_ATTACK, -12000, 8000, -12000 },
  { TUTTI_SF_MOD_HOLD, -12000, 5000, -12000 }, { TUTTI_SF_MOD_DECAY, -12000, 8000, -12000 },
  { TUTTI_SF_MOD_SUSTAIN, 0, 1000, 0 }, { TUTTI_SF_MOD_RELEASE, -12000, 8000, -12000 },
  { TUTTI_SF_ATTACK, -12000, 8000, -12000 }, { TUTTI_SF_HOLD, -12000, 5000, -12000 }, { TUTTI_SF_DECAY, -12000, 8000, -12000 },
  { TUTTI_SF_SUSTAIN, 0, 1440, 0 }, { TUTTI_SF_RELEASE, -12000, 8000, -12000 }, { TUTTI_SF_ATTENUATION, 0, 1440, 0 },
  { TUTTI_SF_COARSE_TUNE, -120, 120, 0 }, { TUTTI_SF_FINE_TUNE, -99, 99, 0 }, { TUTTI_SF_SCALE, 0, 1200, 100 },
};

static void
add_up (const Zone *preset, const Zone *instrument, TuttiSoundFontRegion *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      guint kind = numbers[i].kind;
      int value = says (instrument, kind) ? (gint16) instrument->values[kind] : numbers[i].initial;

      if (says (preset, kind))
        value += (gint16) preset->values[kind];
      out->values[kind] = CLAMP (value, numbers[i].low, numbers[i].high);
    }
}

static gint64
offset_of (const Zone *zone, TuttiSfGenerator fine, TuttiSfGenerator coarse)
{
  return (says (zone, fine) ? (gint16) zone->values[fine] : 0) +
         (says (zone, coarse) ? (gint64) (gint16) zone->values[coarse] * 32768 : 0);
}

/* Where the sound lies, in frames, or in bytes of Ogg. FALSE: not in the file. */
static gboolean
place_sound (const TuttiSoundFont *self, const guint8 *header, const Zone *zone, TuttiSoundFontRegion *out)
{
  gint64 start = read32 (header + 20), end = read32 (header + 24);
  gint64 loop_start = read32 (header + 28), loop_end = read32 (header + 32);
  gint64 all = (gint64) self->data.n_bytes / (out->is_vorbis ? 1 : 2);

  if (!out->is_vorbis)
    {
      start += offset_of (zone, TUTTI_SF_START, TUTTI_SF_START_COARSE);
      end += offset_of (zone, TUTTI_SF_END, TUTTI_SF_END_COARSE);
      loop_start -= start;
      loop_end -= start;
    }
  if (start < 0 || end <= start || end > all)
    return FALSE;
  loop_start += offset_of (zone, TUTTI_SF_LOOP_START, TUTTI_SF_LOOP_START_COARSE);
  loop_end += offset_of (zone, TUTTI_SF_LOOP_END, TUTTI_SF_LOOP_END_COARSE);
  out->start = (guint64) start;
  out->end = (guint64) end;
  out->loops = says (zone, TUTTI_SF_LOOPS) && (zone->values[TUTTI_SF_LOOPS] & 1) != 0 && loop_start >= 0 &&
               loop_end >= loop_start + 2 && (out->is_vorbis || loop_end <= end - start);
  out->n_frames = out->is_vorbis ? 0 : (guint64) (end - start);
  out->loop_start = out->loops ? (guint64) loop_start : 0;
  out->loop_end = out->loops ? (guint64) loop_end : 0;
  return TRUE;
}

static void
tune (const guint8 *header, const Zone *zone, TuttiSoundFontRegion *out)
{
  guint root = header[40];

  if (says (zone, TUTTI_SF_ROOT) && zone->values[TUTTI_SF_ROOT] <= 127)
    root = zone->values[TUTTI_SF_ROOT];
  out->root = root <= 127 ? root : 60;
  out->tune = out->values[TUTTI_SF_COARSE_TUNE] * 100 + out->values[TUTTI_SF_FINE_TUNE] + (gint8) header[41];
}

/* FALSE: they say nothing that sounds. */
static gboolean
make_region (const TuttiSoundFont *self, const Zone *preset, const Zone *instrument, TuttiSoundFontRegion *out)
{
  guint index = says (instrument, TUTTI_SF_SAMPLE) ? instrument->values[TUTTI_SF_SAMPLE] : G_MAXUINT;
  const guint8 *header;
  guint kind;

  memset (out, 0, sizeof *out);
  if (index == G_MAXUINT || index + 1 >= n_records (self, SHDR) ||
      !meet (preset, instrument, TUTTI_SF_KEYS, 0, &out->key_low, &out->key_high) ||
      !meet (preset, instrument, TUTTI_SF_VELOCITIES, 1, &out->velocity_low, &out->velocity_high))
    return FALSE;
  header = record (self, SHDR, index);
  kind = read16 (header + 44);
  out->rate = read32 (header + 36);
  out->is_vorbis = (kind & 0x10) != 0;
  /* 0x8000: in the memory of a card of long ago. */
  if ((kind & 0x8000) != 0 || out->rate < RATE_MIN || out->rate > RATE_MAX)
    return FALSE;
  add_up (preset, instrument, out);
  tune (header, instrument, out);
  return place_sound (self, header, instrument, out);
}

/* Walks the zones of one preset or instrument: the first, when it names no @target, holds for all. */
typedef struct
{
  const TuttiSoundFont *self;
  Table                 bags, generators;
  TuttiSfGenerator      target;
  guint                 at, from, to;
  guint                *left;          /* records that may still be looked at; borrowed */
  Zone                  common;
} Walk;

static Walk
walk (const TuttiSoundFont *self, Table header, guint index, guint *left)
{
  gboolean preset = header == PHDR;
  Walk w = { .self = self, .bags = preset ? PBAG : IBAG, .generators = preset ? PGEN : IGEN,
             .target = preset ? TUTTI_SF_INSTRUMENT : TUTTI_SF_SAMPLE, .left = left };

  get_range (self, header, index, preset ? 24 : 20, w.bags, &w.from, &w.to);
  w.at = w.from;
  return w;
}

static gboolean
walk_next (Walk *w, Zone *zone)
{
  while (w->at < w->to && *w->left > 0)
    {
      gboolean first = w->at == w->from;

      *zone = w->common;
      read_zone (w->self, w->bags, w->generators, w->at++, w->left, zone);
      if (says (zone, w->target))
        return TRUE;
      if (first)
        w->common = *zone;
    }
  return FALSE;
}

/* Appends to @out (NULL: only counts) what the preset of @zone makes of its instrument. */
static guint
add_instrument (const TuttiSoundFont *self, const Zone *preset, guint max, guint *left, GArray *out)
{
  guint index = preset->values[TUTTI_SF_INSTRUMENT], n = 0;
  TuttiSoundFontRegion region;
  Zone zone;

  if (index + 1 >= n_records (self, INST))
    return 0;
  Walk zones = walk (self, INST, index, left);

  while (n < max && walk_next (&zones, &zone))
    if (make_region (self, preset, &zone, &region))
      {
        n++;
        if (out != NULL)
          g_array_append_val (out, region);
      }
  return n;
}

static guint
visit_regions (const TuttiSoundFont *self, guint header, guint *left, GArray *out)
{
  Walk zones = walk (self, PHDR, header, left);
  guint n = 0;
  Zone zone;

  while (n < TUTTI_SOUNDFONT_REGIONS_MAX && walk_next (&zones, &zone))
    n += add_instrument (self, &zone, TUTTI_SOUNDFONT_REGIONS_MAX - n, left, out);
  return n;
}

/* How many frames the last page of the stream says there are. */
static void
measure_vorbis (const TuttiSoundFont *self, TuttiSoundFontRegion *region)
{
  const guint8 *stream = self->data.bytes + region->start;
  gsize n = region->end - region->start, first = n > PAGE_BYTES_MAX ? n - PAGE_BYTES_MAX : 0;

  for (gsize at = n >= 27 ? n - 26 : 0; at-- > first; )
    if (memcmp (stream + at, "OggS", 4) == 0)
      {
        region->n_frames = read32 (stream + at + 6);
        break;
      }
  region->loops &= region->loop_end <= region->n_frames;
}

GArray *
tutti_soundfont_get_regions (TuttiSoundFont *self, guint preset)
{
  GArray *out = g_array_new (FALSE, FALSE, sizeof (TuttiSoundFontRegion));
  guint left = WORK_MAX;

  g_return_val_if_fail (preset < self->headers->len, out);
  visit_regions (self, g_array_index (self->headers, guint, preset), &left, out);
  for (guint i = 0; i < out->len; i++)
    if (g_array_index (out, TuttiSoundFontRegion, i).is_vorbis)
      measure_vorbis (self, &g_array_index (out, TuttiSoundFontRegion, i));
  return out;
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
                                      visit_regions (self, g_array_index (self->headers, guint, i), &left, NULL) };

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
