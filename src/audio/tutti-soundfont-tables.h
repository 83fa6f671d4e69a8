/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-soundfont-private.h"

/* The tables ("hydra") of a SoundFont's file: they name ranges of each other by index; each has one record at its end that only says
 * where the last range ends. */
typedef enum { PHDR, PBAG, PGEN, INST, IBAG, IGEN, SHDR, N_TABLES } Table;

static const struct { char id[5]; guint size; } tutti_soundfont_tables[N_TABLES] = {
  { "phdr", 38 }, { "pbag", 4 }, { "pgen", 4 }, { "inst", 22 }, { "ibag", 4 }, { "igen", 4 }, { "shdr", 46 },
};

/* Records that are looked at: tables that name each other over and over want our time. */
#define WORK_MAX (1 << 22)

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

static inline guint
read16 (const guint8 *at)
{
  return (guint) at[0] | (guint) at[1] << 8;
}

static inline guint32
read32 (const guint8 *at)
{
  return (guint32) read16 (at) | (guint32) read16 (at + 2) << 16;
}

static inline guint
n_records (const TuttiSoundFont *self, Table table)
{
  return (guint) (self->tables[table].n_bytes / tutti_soundfont_tables[table].size);
}

static inline const guint8 *
record (const TuttiSoundFont *self, Table table, guint index)
{
  return self->tables[table].bytes + (gsize) index * tutti_soundfont_tables[table].size;
}

/* Appends to @out (NULL: only counts) the regions of the preset at @header of PHDR, at most TUTTI_SOUNDFONT_REGIONS_MAX; takes the
 * records that it looks at off @left, and stops when that is 0. */
guint tutti_soundfont_visit_regions (const TuttiSoundFont *self, guint header, guint *left, GArray *out);
