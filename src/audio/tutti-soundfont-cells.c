/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-soundfont-cells.h"

#include <string.h>

#define KEYS 128
#define KIT_FIRST 35                   /* General MIDI's lowest drum */
#define MIDDLE_KEY 60u
#define CELLS_MAX 1536                 /* before thinning: a piano of 88 keys with 16 velocities has 1408 … */
#define KEY_CELLS_MAX 256              /* … and without its velocities 88; thinning takes the cube of it in time */

/* Of each key and velocity a number that is the same where the same regions sound, 0 where none does. */
typedef guint64 Plane[KEYS][128];

static const TuttiSoundFontRegion *
region (const GArray *regions, guint index)
{
  return &g_array_index (regions, TuttiSoundFontRegion, index);
}

static void
paint (const GArray *regions, Plane plane)
{
  memset (plane, 0, sizeof (Plane));
  for (guint i = 0; i < regions->len; i++)
    {
      const TuttiSoundFontRegion *r = region (regions, i);

      for (guint key = r->key_low; key <= r->key_high; key++)
        for (guint velocity = r->velocity_low; velocity <= r->velocity_high; velocity++)
          plane[key][velocity] = (plane[key][velocity] + i + 1) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
    }
}

static int
attenuation_of (const GArray *regions, const TuttiSoundFontCell *cell, guint layer)
{
  return region (regions, cell->layers[layer])->values[TUTTI_SF_ATTENUATION];
}

/* Where there is no room any more, the quietest goes; of those that are as quiet as each other, the last. */
static void
add_layer (const GArray *regions, TuttiSoundFontCell *cell, guint index)
{
  guint quietest = 0;

  for (guint i = 1; i < cell->n_layers; i++)
    if (attenuation_of (regions, cell, i) >= attenuation_of (regions, cell, quietest))
      quietest = i;
  if (cell->n_layers == TUTTI_SOUNDFONT_LAYERS_MAX)
    {
      if (region (regions, index)->values[TUTTI_SF_ATTENUATION] >= attenuation_of (regions, cell, quietest))
        return;
      cell->n_layers--;
      memmove (cell->layers + quietest, cell->layers + quietest + 1, (cell->n_layers - quietest) * sizeof *cell->layers);
    }
  cell->layers[cell->n_layers++] = index;
}

static void
put_louder_first (const GArray *regions, TuttiSoundFontCell *cell)
{
  guint first = 0;

  for (guint i = 1; i < cell->n_layers; i++)
    if (attenuation_of (regions, cell, i) < attenuation_of (regions, cell, first))
      first = i;
  guint loudest = cell->layers[first];

  memmove (cell->layers + 1, cell->layers, first * sizeof *cell->layers);
  cell->layers[0] = loudest;
}

static gboolean
covers (const TuttiSoundFontRegion *r, const TuttiSoundFontCell *cell)
{
  return r->key_low <= cell->key_low && r->key_high >= cell->key_high && r->velocity_low <= cell->velocity_low &&
         r->velocity_high >= cell->velocity_high;
}

static void
find_layers (const GArray *regions, TuttiSoundFontCell *cell)
{
  for (guint i = 0; i < regions->len; i++)
    if (covers (region (regions, i), cell))
      add_layer (regions, cell, i);
  put_louder_first (regions, cell);
}

/* Regions that are in no cell, since everywhere as many as can be are louder. */
static guint
count_silent (const GArray *regions, const GArray *cells)
{
  g_autofree gboolean *sounds = g_new0 (gboolean, regions->len + 1);
  guint n = 0;

  for (guint i = 0; i < cells->len; i++)
    {
      const TuttiSoundFontCell *cell = &g_array_index (cells, TuttiSoundFontCell, i);

      for (guint layer = 0; layer < cell->n_layers; layer++)
        sounds[cell->layers[layer]] = TRUE;
    }
  for (guint i = 0; i < regions->len; i++)
    n += sounds[i] ? 0 : 1;
  return n;
}

/* ---- alike ---- */

/* Whether a zone keeps nothing in which they differ; what makes one sound of many keys was only cut for numbers that a track has once. */
static gboolean
are_alike (const TuttiSoundFontRegion *a, const TuttiSoundFontRegion *b)
{
  static const guint8 kept[] = { TUTTI_SF_PAN, TUTTI_SF_ATTENUATION, TUTTI_SF_SCALE };

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    if (a->values[kept[i]] != b->values[kept[i]])
      return FALSE;
  return a->start == b->start && a->end == b->end && a->root == b->root && a->tune == b->tune && a->rate == b->rate &&
         a->loops == b->loops && a->loop_start == b->loop_start && a->loop_end == b->loop_end &&
         a->velocity_low == b->velocity_low && a->velocity_high == b->velocity_high;
}

static guint
distance_from_middle (const TuttiSoundFontRegion *r)
{
  return r->key_low > MIDDLE_KEY ? r->key_low - MIDDLE_KEY : r->key_high < MIDDLE_KEY ? MIDDLE_KEY - r->key_high : 0u;
}

void
tutti_soundfont_join_alike (GArray *regions)
{
  for (guint i = 0; i < regions->len; i++)
    for (guint j = 0; j < regions->len; j++)
      {
        TuttiSoundFontRegion *a = &g_array_index (regions, TuttiSoundFontRegion, i);
        const TuttiSoundFontRegion *b = region (regions, j);

        if (i == j || b->key_low != a->key_high + 1 || !are_alike (a, b))
          continue;
        if (distance_from_middle (b) < distance_from_middle (a))
          memcpy (a->values, b->values, sizeof a->values);
        a->key_high = b->key_high;
        g_array_remove_index (regions, j);
        i -= j < i ? 1 : 0;
        j = G_MAXUINT;
      }
}

/* ---- cutting ---- */

/* The runs of velocities of keys @low to @high, which are alike. */
static void
add_column (const GArray *regions, Plane plane, guint low, guint high, GArray *out)
{
  for (guint from = 1, to; from < 128; from = to)
    {
      for (to = from + 1; to < 128 && plane[low][to] == plane[low][from]; to++)
        ;
      if (plane[low][from] == 0)
        continue;
      TuttiSoundFontCell cell = { .key_low = (guint8) low, .key_high = (guint8) high, .velocity_low = (guint8) from,
                                  .velocity_high = (guint8) (to - 1) };

      find_layers (regions, &cell);
      g_array_append_val (out, cell);
    }
}

static TuttiSoundFontCell *
cell_at (GArray *cells, guint index)
{
  return &g_array_index (cells, TuttiSoundFontCell, index);
}

static gboolean
same_layers (const TuttiSoundFontCell *a, const TuttiSoundFontCell *b)
{
  return a->n_layers == b->n_layers && memcmp (a->layers, b->layers, a->n_layers * sizeof *a->layers) == 0;
}

/* What was only cut because of others beside it becomes one again. */
static void
join_keys (GArray *cells)
{
  for (guint i = 0; i < cells->len; i++)
    for (guint j = i + 1; j < cells->len; j++)
      {
        TuttiSoundFontCell *a = cell_at (cells, i), *b = cell_at (cells, j);

        if (b->key_low != a->key_high + 1 || b->velocity_low != a->velocity_low || b->velocity_high != a->velocity_high ||
            !same_layers (a, b))
          continue;
        a->key_high = b->key_high;
        g_array_remove_index (cells, j--);
      }
}

/* ---- thinning ---- */

static guint
n_velocities (const TuttiSoundFontCell *cell)
{
  return cell->velocity_high - cell->velocity_low + 1u;
}

static guint
n_keys (const TuttiSoundFontCell *cell)
{
  return cell->key_high - cell->key_low + 1u;
}

static gboolean
touch (guint low1, guint high1, guint low2, guint high2)
{
  return high1 + 1 == low2 || high2 + 1 == low1;
}

/* The one on the same keys that begins or ends where @index does; -1: none. As cells are cut, that is the one before or after. */
static int
neighbour_in_velocity (GArray *cells, guint index)
{
  const TuttiSoundFontCell *cell = cell_at (cells, index);
  int found = -1;

  for (guint i = index > 0 ? index - 1 : 0; i <= index + 1 && i < cells->len; i++)
    {
      const TuttiSoundFontCell *other = cell_at (cells, i);

      if (other->key_low == cell->key_low && other->key_high == cell->key_high &&
          touch (other->velocity_low, other->velocity_high, cell->velocity_low, cell->velocity_high) &&
          (found < 0 || n_velocities (other) < n_velocities (cell_at (cells, (guint) found))))
        found = (int) i;
    }
  return found;
}

static int
neighbour_in_keys (GArray *cells, guint index)
{
  const TuttiSoundFontCell *cell = cell_at (cells, index);
  int found = -1;

  for (guint i = 0; i < cells->len; i++)
    {
      const TuttiSoundFontCell *other = cell_at (cells, i);

      if (other->velocity_low <= cell->velocity_high && other->velocity_high >= cell->velocity_low &&
          touch (other->key_low, other->key_high, cell->key_low, cell->key_high) &&
          (found < 0 || n_keys (other) < n_keys (cell_at (cells, (guint) found))))
        found = (int) i;
    }
  return found;
}

/* Leaves the narrowest cell that has a neighbour to it. FALSE: none has. */
static gboolean
give_up_one (GArray *cells, int (*neighbour) (GArray *, guint), guint (*width) (const TuttiSoundFontCell *))
{
  int narrowest = -1, heir = -1;

  for (guint i = 0; i < cells->len; i++)
    if (narrowest < 0 || width (cell_at (cells, i)) < width (cell_at (cells, (guint) narrowest)))
      {
        int other = neighbour (cells, i);

        if (other >= 0)
          narrowest = (int) i, heir = other;
      }
  if (narrowest < 0)
    return FALSE;
  TuttiSoundFontCell *to = cell_at (cells, (guint) heir), *from = cell_at (cells, (guint) narrowest);

  to->key_low = MIN (to->key_low, from->key_low);
  to->key_high = MAX (to->key_high, from->key_high);
  if (neighbour == neighbour_in_velocity)
    {
      to->velocity_low = MIN (to->velocity_low, from->velocity_low);
      to->velocity_high = MAX (to->velocity_high, from->velocity_high);
    }
  g_array_remove_index (cells, (guint) narrowest);
  return TRUE;
}

static int
by_key (gconstpointer a, gconstpointer b)
{
  const TuttiSoundFontCell *x = a, *y = b;

  return x->key_low != y->key_low ? x->key_low - y->key_low : x->velocity_low - y->velocity_low;
}

/* From the bass drum up; what is left of room goes to those below. */
static void
keep_usual_drums (GArray *cells, guint max)
{
  guint first = 0;

  while (first < cells->len && cell_at (cells, first)->key_high < KIT_FIRST)
    first++;
  first = MIN (first, cells->len - max);
  g_array_remove_range (cells, first + max, cells->len - first - max);
  g_array_remove_range (cells, 0, first);
}

static void
thin (GArray *cells, gboolean kit, guint max)
{
  while (cells->len > max && give_up_one (cells, neighbour_in_velocity, n_velocities))
    ;
  g_array_sort (cells, by_key);
  if (kit && cells->len > max)
    keep_usual_drums (cells, max);
  if (cells->len > KEY_CELLS_MAX)
    g_array_set_size (cells, KEY_CELLS_MAX);
  while (cells->len > max && give_up_one (cells, neighbour_in_keys, n_keys))
    ;
  if (cells->len > max)
    g_array_set_size (cells, max);
}

/* One for each key and velocity at which something changes; NULL: more than anybody means. (transfer full) */
static GArray *
cut (const GArray *regions)
{
  g_autoptr(GArray) cells = g_array_new (FALSE, FALSE, sizeof (TuttiSoundFontCell));
  g_autofree Plane *plane = g_new (Plane, 1);

  paint (regions, *plane);
  for (guint low = 0, high; low < KEYS && cells->len <= CELLS_MAX; low = high)
    {
      for (high = low + 1; high < KEYS && memcmp ((*plane)[low], (*plane)[high], sizeof (*plane)[low]) == 0; high++)
        ;
      add_column (regions, *plane, low, high - 1, cells);
    }
  return cells->len <= CELLS_MAX ? g_steal_pointer (&cells) : NULL;
}

GArray *
tutti_soundfont_cut_cells (const GArray *regions, gboolean kit, guint max, guint *n_left_out, GError **error)
{
  g_autoptr(GArray) cells = cut (regions), joined = NULL;
  guint n, n_silent;

  if (cells == NULL)
    {
      g_set_error_literal (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_TOO_LARGE, "The preset has more layers than can be read");
      return NULL;
    }
  n_silent = count_silent (regions, cells);
  joined = g_array_copy (cells);
  join_keys (joined);
  n = joined->len;
  if (joined->len > max)
    {
      thin (cells, kit, max);
      g_array_unref (joined);
      joined = g_steal_pointer (&cells);
      join_keys (joined);
    }
  g_array_sort (joined, by_key);
  *n_left_out = n - MIN (n, joined->len) + n_silent;
  return g_steal_pointer (&joined);
}
