/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-soundfont-import.h"
#include "tutti-sound-making-private.h"

#include <math.h>

#define FRAMES_MAX ((guint64) TUTTI_SOUNDFONT_SECONDS_MAX * TUTTI_SOUND_RATE)
#define LAYERS_FRAMES_MAX (3 * FRAMES_MAX)     /* that are worked out, in all layers */
#define ZONES_MIN 4                            /* fewer are no instrument any more */
#define MIDDLE_KEY 60
#define USUAL_VELOCITY 100

void
tutti_soundfont_instrument_free (TuttiSoundFontInstrument *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->sounds, g_ptr_array_unref);
  g_free (self->name);
  g_free (self);
}

TuttiSoundFontInstrument *
tutti_soundfont_instrument_copy (const TuttiSoundFontInstrument *self)
{
  TuttiSoundFontInstrument *copy = g_memdup2 (self, sizeof *self);

  copy->name = g_strdup (self->name);
  g_ptr_array_ref (copy->sounds);
  return copy;
}

/* ---- planning ---- */

typedef struct
{
  TuttiSoundFont      *font;
  GArray              *regions, *cells;        /* owned */
  TuttiSoundFontLayout layout;
  guint                n_left_out;
} Plan;

static void
plan_clear (Plan *plan)
{
  g_clear_pointer (&plan->regions, g_array_unref);
  g_clear_pointer (&plan->cells, g_array_unref);
}

static const TuttiSoundFontCell *
cell_at (const Plan *plan, guint index)
{
  return &g_array_index (plan->cells, TuttiSoundFontCell, index);
}

static gboolean
is_short_enough (const Plan *plan)
{
  guint64 frames = 0, work = 0;

  for (guint i = 0; i < plan->cells->len && work <= LAYERS_FRAMES_MAX; i++)
    {
      guint64 each = tutti_soundfont_measure (plan->regions, cell_at (plan, i), plan->layout);

      frames += each;
      work += each * cell_at (plan, i)->n_layers;
    }
  return frames <= FRAMES_MAX && work <= LAYERS_FRAMES_MAX;
}

static gboolean
make_plan (Plan *plan, TuttiSoundFont *font, guint preset, GError **error)
{
  gboolean kit = tutti_soundfont_get_preset (font, preset)->bank == TUTTI_SOUNDFONT_KITS;

  plan->font = font;
  plan->regions = tutti_soundfont_get_regions (font, preset);
  if (!kit)
    tutti_soundfont_join_alike (plan->regions);
  for (guint max = TUTTI_ZONES_MAX; max >= ZONES_MIN; max /= 2)
    {
      g_clear_pointer (&plan->cells, g_array_unref);
      plan->cells = tutti_soundfont_cut_cells (plan->regions, kit, max, &plan->n_left_out, error);
      if (plan->cells == NULL)
        return FALSE;
      plan->layout = tutti_soundfont_lay_out (plan->regions, plan->cells, kit);
      if (is_short_enough (plan))
        return TRUE;
    }
  g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_TOO_LONG, "The sounds of this preset last longer than %d seconds together",
               TUTTI_SOUNDFONT_SECONDS_MAX);
  return FALSE;
}

/* The one that stands for the preset where a track has one number for all its zones: that of a usual hit in the middle. */
static const TuttiSoundFontRegion *
usual_region (const Plan *plan)
{
  guint best = 0, least = G_MAXUINT;

  for (guint i = 0; i < plan->cells->len; i++)
    {
      const TuttiSoundFontCell *cell = cell_at (plan, i);
      int key = CLAMP (MIDDLE_KEY, cell->key_low, cell->key_high);
      int velocity = CLAMP (USUAL_VELOCITY, cell->velocity_low, cell->velocity_high);
      guint distance = (guint) (ABS (key - MIDDLE_KEY) * 128 + ABS (velocity - USUAL_VELOCITY));

      if (distance < least)
        {
          least = distance;
          best = i;
        }
    }
  return &g_array_index (plan->regions, TuttiSoundFontRegion, cell_at (plan, best)->layers[0]);
}

/* ---- making ---- */

typedef struct
{
  TuttiSoundFont *font;        /* owned */
  guint           preset;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  tutti_soundfont_unref (work->font);
  g_free (work);
}

static char *
sound_name (const Work *work, const TuttiSoundFontCell *cell)
{
  static const char * const notes[] = { "C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B" };
  guint key = (cell->key_low + cell->key_high) / 2u;
  g_autofree char *name = g_strdup_printf ("%s %s%d.", tutti_soundfont_get_preset (work->font, work->preset)->name, notes[key % 12],
                                           (int) key / 12 - 1);

  return tutti_sound_name_from_file (name);
}

/* Keeps @sound and puts it into the list, unless it is there. Its index, or -1 with the error. */
static int
keep (TuttiSoundMaking *making, GPtrArray *sounds, TuttiSound *sound, const TuttiSoundFontCell *cell, GError **error)
{
  g_autoptr(TuttiSoundInfo) info = tutti_sound_making_keep (making, sound, NULL, error);

  if (info == NULL)
    return -1;
  for (guint i = 0; i < sounds->len; i++)
    if (g_str_equal (((TuttiSoundInfo *) sounds->pdata[i])->hash, info->hash))
      return (int) i;
  info->name = sound_name (making->what, cell);
  g_ptr_array_add (sounds, g_steal_pointer (&info));
  return (int) sounds->len - 1;
}

/* A sampler's zone has a key at which it is itself and 100 cents a key; where the file has others, it is right at the middle one. */
static void
tune_zone (const TuttiSoundFontCell *cell, double cents, TuttiZone *zone)
{
  int key = (cell->key_low + cell->key_high + 1) / 2;
  int root = CLAMP ((int) lround (key - cents / 100.0), 0, TUTTI_KEY_MAX);

  zone->root = (guint8) root;
  zone->tune = (gint16) CLAMP (lround (cents - (key - root) * 100.0), -1200, 1200);
}

static gboolean
add_zone (TuttiSoundMaking *making, const Plan *plan, guint index, TuttiSoundFontInstrument *instrument, gboolean *rough,
          GCancellable *cancellable, GError **error)
{
  const TuttiSoundFontCell *cell = cell_at (plan, index);
  const TuttiSoundFontRegion *first = &g_array_index (plan->regions, TuttiSoundFontRegion, cell->layers[0]);
  TuttiZone *zone = &instrument->zones[index];
  TuttiSoundFontBaked baked;
  int sound;

  if (!tutti_soundfont_bake (plan->font, plan->regions, cell, plan->layout, &baked, cancellable, error))
    return FALSE;
  sound = keep (making, instrument->sounds, baked.sound, cell, error);
  g_object_unref (baked.sound);
  if (sound < 0)
    return FALSE;
  *rough |= baked.rough;
  *zone = (TuttiZone) { .key_low = cell->key_low, .key_high = cell->key_high, .velocity_low = cell->velocity_low,
                        .velocity_high = cell->velocity_high, .pan = (gint16) baked.pan };
  zone->gain = (gint16) lround (CLAMP (100.0 * baked.gain_db, TUTTI_GAIN_MIN_CDB, TUTTI_GAIN_MAX_CDB));
  tune_zone (cell, tutti_soundfont_cents_at (first, (cell->key_low + cell->key_high + 1u) / 2) + baked.cents, zone);
  g_snprintf (zone->sound, sizeof zone->sound, "sha:%s", ((TuttiSoundInfo *) instrument->sounds->pdata[sound])->hash);
  return TRUE;
}

static gboolean
fill (TuttiSoundMaking *making, const Plan *plan, TuttiSoundFontInstrument *instrument, GCancellable *cancellable, GError **error)
{
  const Work *work = making->what;
  gboolean rough = FALSE;

  instrument->name = g_strdup (tutti_soundfont_get_preset (work->font, work->preset)->name);
  instrument->n_left_out = plan->n_left_out;
  for (guint i = 0; i < plan->cells->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !add_zone (making, plan, i, instrument, &rough, cancellable, error))
        return FALSE;
      tutti_sound_reporter_tell ((i + 1.0) / plan->cells->len, making->reporter);
    }
  instrument->n_zones = plan->cells->len;
  tutti_soundfont_make_patch (usual_region (plan), plan->layout, rough, &instrument->patch);
  /* A drum sounds out, however short it was hit. */
  instrument->play_mode = plan->layout.fades ? TUTTI_PLAY_ONE_SHOT : TUTTI_PLAY_GATE;
  return TRUE;
}

static gpointer
make (GTask *task, GCancellable *cancellable, GError **error)
{
  TuttiSoundMaking *making = tutti_sound_making_get (task);
  const Work *work = making->what;
  g_autoptr(TuttiSoundFontInstrument) instrument = g_new0 (TuttiSoundFontInstrument, 1);
  Plan plan = { 0 };
  gboolean made;

  instrument->sounds = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_sound_info_free);
  made = make_plan (&plan, work->font, work->preset, error) && fill (making, &plan, instrument, cancellable, error);
  plan_clear (&plan);
  return made ? g_steal_pointer (&instrument) : NULL;
}

void
tutti_soundfont_import_async (TuttiSoundLibrary *library, TuttiSoundFont *font, guint preset, TuttiSoundFontProgress progress,
                              gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  TuttiSoundMaking how = { .make = make, .free_what = work_free, .free_made = (GDestroyNotify) tutti_soundfont_instrument_free };
  Work *work = g_new0 (Work, 1);

  work->font = tutti_soundfont_ref (font);
  work->preset = preset;
  how.what = work;
  tutti_sound_making_async (library, how, tutti_soundfont_import_async, progress, progress_data, cancellable, callback, user_data);
}

TuttiSoundFontInstrument *
tutti_soundfont_import_finish (TuttiSoundLibrary *library, GAsyncResult *result, GError **error)
{
  return tutti_sound_making_finish (library, result, error);
}
