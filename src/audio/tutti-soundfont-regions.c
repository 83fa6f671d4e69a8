/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the tables of a SoundFont to the regions of a preset: what its zones and those of their instruments say together. */
#include "tutti-soundfont-tables.h"

#include <string.h>

#define RATE_MIN 2000
#define RATE_MAX 192000
#define PAGE_BYTES_MAX 65307           /* of Ogg */

/* A zone of a preset or an instrument: what it says, and which of it. */
typedef struct
{
  guint64 said;                        /* bit: generator */
  guint16 values[TUTTI_SF_N];
} Zone;

G_STATIC_ASSERT (TUTTI_SF_N <= 64);

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

guint
tutti_soundfont_visit_regions (const TuttiSoundFont *self, guint header, guint *left, GArray *out)
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
  tutti_soundfont_visit_regions (self, g_array_index (self->headers, guint, preset), &left, out);
  for (guint i = 0; i < out->len; i++)
    if (g_array_index (out, TuttiSoundFontRegion, i).is_vorbis)
      measure_vorbis (self, &g_array_index (out, TuttiSoundFontRegion, i));
  return out;
}
