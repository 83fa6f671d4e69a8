/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-soundfont-bake.h"
#include "tutti-soundfont-shape.h"
#include "tutti-sound-decode-private.h"
#include "tutti-sound-resample-private.h"
#include "tutti-sound-shape-private.h"

#include <math.h>
#include <string.h>

#define LOOP_FRAMES_MIN 4800           /* written out: 18 frames, by which its length may have to grow, are 6.5 cents */
#define SILENCE_FRAMES 512             /* after a sound that does not loop */
#define FINE (1 << 20)                 /* steps of a pitch that needs no exact length */
#define CUTOFFS_APART 600              /* cents: from which on the cut-offs of a preset differ */
#define LAYERS_FRAMES 72000            /* written out, where several loops have to fit together */
#define LIKE_CENTS 1.0                 /* a loop bent by less is the loop itself */

/* The frames of a region, mono: turned into numbers one by one, since of a long sound little may be used. */
typedef struct
{
  const guint8 *words;                 /* of 16 bit; borrowed from the font */
  float        *frames;                /* owned: of Ogg, instead of @words */
  gsize         n;
  gboolean      loops;
  gsize         loop_start, loop_end;
} Source;

static const TuttiSoundFontRegion *
layer_of (const GArray *regions, const TuttiSoundFontCell *cell, guint layer)
{
  return &g_array_index (regions, TuttiSoundFontRegion, cell->layers[layer]);
}

static guint
middle_key (const TuttiSoundFontCell *cell)
{
  return (cell->key_low + cell->key_high + 1u) / 2;
}

double
tutti_soundfont_cents_at (const TuttiSoundFontRegion *region, guint key)
{
  return ((double) key - region->root) * region->values[TUTTI_SF_SCALE] + region->tune;
}

/* Cents from the cell's sound as it is to where it is mostly played. */
static double
usual_cents (const GArray *regions, const TuttiSoundFontCell *cell)
{
  return tutti_soundfont_cents_at (layer_of (regions, cell, 0), middle_key (cell));
}

static double
usual_speed (const GArray *regions, const TuttiSoundFontCell *cell)
{
  return exp2 (CLAMP (usual_cents (regions, cell), -4800.0, 4800.0) / 1200.0);
}

/* ---- lengths ---- */

/* Frames at 48 kHz for each frame of the layer, in the pitch of the cell's first. */
static double
stretch_of (const GArray *regions, const TuttiSoundFontCell *cell, guint layer)
{
  const TuttiSoundFontRegion *first = layer_of (regions, cell, 0), *region = layer_of (regions, cell, layer);
  guint key = middle_key (cell);
  double cents = tutti_soundfont_cents_at (region, key) - tutti_soundfont_cents_at (first, key);

  return TUTTI_SOUND_RATE / ((double) region->rate * exp2 (CLAMP (cents, -3600.0, 3600.0) / 1200.0));
}

/* The layer whose loop counts; -1: none loops. */
static int
looping_layer (const GArray *regions, const TuttiSoundFontCell *cell)
{
  for (guint i = 0; i < cell->n_layers; i++)
    if (layer_of (regions, cell, i)->loops)
      return (int) i;
  return -1;
}

/* Frames until each layer is in its loop or over. */
static double
measure_beginning (const GArray *regions, const TuttiSoundFontCell *cell)
{
  double longest = 0.0;

  for (guint i = 0; i < cell->n_layers; i++)
    {
      const TuttiSoundFontRegion *region = layer_of (regions, cell, i);
      double frames = region->loops ? (double) region->loop_start : (double) region->n_frames + SILENCE_FRAMES;

      longest = MAX (longest, frames * stretch_of (regions, cell, i));
    }
  return longest;
}

/* Frames at 48 kHz of a layer's loop, once. */
static double
loop_of (const GArray *regions, const TuttiSoundFontCell *cell, guint layer)
{
  const TuttiSoundFontRegion *region = layer_of (regions, cell, layer);

  return (double) (region->loop_end - region->loop_start) * stretch_of (regions, cell, layer);
}

/* By how many cents the worst of the other layers' loops misses @frames with a whole number of rounds. */
static double
misfit (const GArray *regions, const TuttiSoundFontCell *cell, guint looping, double frames)
{
  double worst = 0.0;

  for (guint i = 0; i < cell->n_layers; i++)
    if (i != looping && layer_of (regions, cell, i)->loops)
      {
        double once = loop_of (regions, cell, i);

        worst = MAX (worst, fabs (1200.0 * log2 (frames / (MAX (round (frames / once), 1.0) * once))));
      }
  return worst;
}

/* At least @least: as many as it takes for the loops of the other layers to come round at the same time. */
static double
choose_rounds (const GArray *regions, const TuttiSoundFontCell *cell, guint looping, double least)
{
  double once = loop_of (regions, cell, looping), best = least, error = misfit (regions, cell, looping, least * once);

  for (double rounds = least; error > LIKE_CENTS / 2.0 && rounds * once < LAYERS_FRAMES && rounds < least + 1000.0; rounds += 1.0)
    {
      double each = misfit (regions, cell, looping, rounds * once);

      if (each < error)
        {
          error = each;
          best = rounds;
        }
    }
  return best;
}

/* A twentieth of the cell's sound in frames; @rounds: (out) of the loop that counts. */
static guint64
measure_twentieth (const GArray *regions, const TuttiSoundFontCell *cell, guint start, double *rounds)
{
  int looping = looping_layer (regions, cell);
  double shares = TUTTI_SOUNDFONT_LOOP_END - start, twentieth = ceil (measure_beginning (regions, cell) / start) + 2.0, once;

  *rounds = 0.0;
  twentieth = MAX (twentieth, ceil (LOOP_FRAMES_MIN / shares));
  if (looping < 0)
    return (guint64) twentieth;
  once = loop_of (regions, cell, (guint) looping);
  *rounds = choose_rounds (regions, cell, (guint) looping, ceil (twentieth * shares / once));
  return (guint64) ceil (*rounds * once / shares);
}

/* Frames that a layer has; INFINITY with a loop. */
static double
measure_all_of (const GArray *regions, const TuttiSoundFontCell *cell, guint layer)
{
  const TuttiSoundFontRegion *region = layer_of (regions, cell, layer);

  return region->loops ? INFINITY : ceil ((double) region->n_frames * stretch_of (regions, cell, layer));
}

/* Frames of a drum's layer: until it is over or falls silent; one that goes round for ever is given an end. */
static double
measure_drum (const GArray *regions, const TuttiSoundFontCell *cell, guint layer)
{
  const TuttiSoundFontRegion *region = layer_of (regions, cell, layer);
  double seconds = tutti_soundfont_fade_seconds (region);

  if (region->loops)
    seconds = MIN (seconds, TUTTI_SOUNDFONT_DRUM_SECONDS);
  return MIN (measure_all_of (regions, cell, layer), ceil (seconds * usual_speed (regions, cell) * TUTTI_SOUND_RATE));
}

guint64
tutti_soundfont_measure (const GArray *regions, const TuttiSoundFontCell *cell, TuttiSoundFontLayout layout)
{
  double rounds, longest = 1.0;

  if (layout.loops)
    return TUTTI_SOUNDFONT_TWENTIETHS * measure_twentieth (regions, cell, layout.start, &rounds);
  for (guint i = 0; i < cell->n_layers; i++)
    longest = MAX (longest, layout.fades ? measure_drum (regions, cell, i) : measure_all_of (regions, cell, i));
  return (guint64) longest;
}

static gboolean
cutoffs_differ (const GArray *regions, const GArray *cells)
{
  int low = G_MAXINT, high = G_MININT;

  for (guint i = 0; i < cells->len; i++)
    {
      const TuttiSoundFontRegion *first = layer_of (regions, &g_array_index (cells, TuttiSoundFontCell, i), 0);

      /* What an envelope moves is the sampler's affair. */
      if (first->values[TUTTI_SF_MOD_CUTOFF] != 0)
        return FALSE;
      low = MIN (low, first->values[TUTTI_SF_CUTOFF]);
      high = MAX (high, first->values[TUTTI_SF_CUTOFF]);
    }
  return high > low + CUTOFFS_APART;
}

/* Frames of all sounds with their loop at @start. */
static guint64
measure_all (const GArray *regions, const GArray *cells, guint start)
{
  guint64 sum = 0;

  for (guint i = 0; i < cells->len; i++)
    sum += tutti_soundfont_measure (regions, &g_array_index (cells, TuttiSoundFontCell, i),
                                    (TuttiSoundFontLayout) { .loops = TRUE, .start = start });
  return sum;
}

TuttiSoundFontLayout
tutti_soundfont_lay_out (const GArray *regions, const GArray *cells, gboolean kit)
{
  TuttiSoundFontLayout layout = { .start = 1, .filters = kit || cutoffs_differ (regions, cells), .fades = kit };
  guint64 shortest = G_MAXUINT64;

  for (guint i = 0; i < cells->len && !kit; i++)
    layout.loops |= looping_layer (regions, &g_array_index (cells, TuttiSoundFontCell, i)) >= 0;
  for (guint start = 1; layout.loops && start < TUTTI_SOUNDFONT_LOOP_END; start++)
    {
      guint64 sum = measure_all (regions, cells, start);

      if (sum < shortest)
        {
          shortest = sum;
          layout.start = start;
        }
    }
  return layout;
}

/* ---- reading ---- */

static gboolean
read_vorbis (TuttiSoundFont *font, const TuttiSoundFontRegion *region, Source *out, GCancellable *cancellable, GError **error)
{
  gsize n_bytes;
  const guint8 *data = tutti_soundfont_get_data (font, &n_bytes);
  g_autoptr(GBytes) bytes = g_bytes_new_static (data + region->start, region->end - region->start);
  g_autoptr(TuttiSound) sound = NULL;
  guint step;

  if (tutti_sound_sniff (data + region->start, region->end - region->start) != TUTTI_SOUND_FORMAT_OGG)
    {
      g_set_error_literal (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_DAMAGED, "A sound of the SoundFont is damaged");
      return FALSE;
    }
  sound = tutti_sound_decode_as_it_is (bytes, cancellable, error);
  if (sound == NULL)
    return FALSE;
  step = tutti_sound_get_n_channels (sound);
  out->n = tutti_sound_get_n_frames (sound);
  out->frames = g_new (float, out->n);
  for (gsize i = 0; i < out->n; i++)
    out->frames[i] = tutti_sound_get_frames (sound)[i * step];
  return TRUE;
}

static void
find_words (TuttiSoundFont *font, const TuttiSoundFontRegion *region, Source *out)
{
  gsize n_bytes;

  out->words = tutti_soundfont_get_data (font, &n_bytes) + 2 * region->start;
  out->n = region->end - region->start;
}

static gboolean
read_source (TuttiSoundFont *font, const TuttiSoundFontRegion *region, Source *out, GCancellable *cancellable, GError **error)
{
  if (!region->is_vorbis)
    find_words (font, region, out);
  else if (!read_vorbis (font, region, out, cancellable, error))
    return FALSE;
  out->loops = region->loops;
  out->loop_start = (gsize) region->loop_start;
  out->loop_end = (gsize) region->loop_end;
  /* How long a sound in Ogg is was only said so far. */
  if (out->loop_end <= out->n)
    return TRUE;
  g_set_error_literal (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_DAMAGED, "A loop of the SoundFont ends after its sound");
  return FALSE;
}

static float
frame_at (const Source *source, guint64 at)
{
  if (at >= source->loop_end && source->loops)
    at = source->loop_start + (at - source->loop_start) % (source->loop_end - source->loop_start);
  if (at >= source->n)
    return 0.0f;
  if (source->frames != NULL)
    return source->frames[at];
  return (float) (gint16) ((guint) source->words[2 * at] | (guint) source->words[2 * at + 1] << 8) / 32768.0f;
}

/* ---- one layer ---- */

/* So many frames become so many. */
typedef struct
{
  guint64 out, in;
} Ratio;

static GArray *
resample (const Source *source, Ratio ratio, gsize n_out, GCancellable *cancellable)
{
  TuttiSoundResample *resampler = tutti_sound_resample_new_ratio (ratio.out, ratio.in, 1);
  GArray *out = g_array_sized_new (FALSE, FALSE, sizeof (float), (guint) n_out + 4096);
  float block[1024];

  for (guint64 at = 0; out->len < n_out && !g_cancellable_is_cancelled (cancellable); at += G_N_ELEMENTS (block))
    {
      for (guint i = 0; i < G_N_ELEMENTS (block); i++)
        block[i] = frame_at (source, at + i);
      tutti_sound_resample_push (resampler, block, G_N_ELEMENTS (block), out);
    }
  tutti_sound_resample_free (resampler);
  return out;
}

/* How loud a layer is left and right; in the middle both are 1. */
static void
get_sides (const TuttiSoundFontRegion *region, float *left, float *right)
{
  double angle = (region->values[TUTTI_SF_PAN] + 500) / 1000.0 * G_PI_2;
  /* Of each decibel that a file says, players take 0.4, as the first card did; files are made for that. */
  double level = pow (10.0, -0.4 * region->values[TUTTI_SF_ATTENUATION] / 200.0) * G_SQRT2;

  *left = (float) (level * cos (angle));
  *right = (float) (level * sin (angle));
}

/* ---- a cell ---- */

typedef struct
{
  const GArray             *regions;
  const TuttiSoundFontCell *cell;
  TuttiSoundFontLayout      layout;
  guint64                   n_out, loop;       /* frames; 0: no loop */
  double                    rounds;            /* of the loop that counts */
  double                    bend;              /* how much longer all becomes so that these fit */
  float                    *mix;               /* owned: n_out frames of … */
  guint                     n_channels;
} Bench;

/* The ratio with which a whole number of the layer's loops fills the loop; one that is only near where that would bend it. */
static Ratio
ratio_of (const Bench *self, guint layer, gboolean *rough)
{
  const TuttiSoundFontRegion *region = layer_of (self->regions, self->cell, layer);
  double stretch = stretch_of (self->regions, self->cell, layer) * self->bend;
  double once = loop_of (self->regions, self->cell, layer) * self->bend, rounds;

  if (self->loop == 0 && layer == 0)
    return (Ratio) { TUTTI_SOUND_RATE, region->rate };
  if (self->loop == 0 || !region->loops)
    return (Ratio) { FINE, (guint64) llround (FINE / stretch) };
  rounds = MAX (round ((double) self->loop / once), 1.0);
  if (fabs (1200.0 * log2 ((double) self->loop / (rounds * once))) < LIKE_CENTS)
    return (Ratio) { self->loop, (guint64) rounds * (region->loop_end - region->loop_start) };
  *rough = TRUE;
  return (Ratio) { FINE, (guint64) llround (FINE / stretch) };
}

static void
shape (const Bench *self, const TuttiSoundFontRegion *region, guint layer, float *frames)
{
  if (self->layout.filters)
    tutti_soundfont_filter (region, usual_cents (self->regions, self->cell), frames, self->n_out);
  if (!self->layout.fades)
    return;
  double once = measure_drum (self->regions, self->cell, layer);
  gsize n = (gsize) MIN (once, (double) self->n_out);

  tutti_soundfont_fade (region, usual_speed (self->regions, self->cell),
                        (double) n < measure_all_of (self->regions, self->cell, layer), frames, n);
  memset (frames + n, 0, (self->n_out - n) * sizeof *frames);
}

static gboolean
add_layer (Bench *self, TuttiSoundFont *font, guint layer, gboolean *rough, GCancellable *cancellable, GError **error)
{
  const TuttiSoundFontRegion *region = layer_of (self->regions, self->cell, layer);
  g_autoptr(GArray) frames = NULL;
  Source source = { 0 };
  float sides[2] = { 1.0f, 1.0f };

  if (!read_source (font, region, &source, cancellable, error))
    {
      g_free (source.frames);
      return FALSE;
    }
  frames = resample (&source, ratio_of (self, layer, rough), self->n_out, cancellable);
  g_free (source.frames);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  shape (self, region, layer, (float *) (gpointer) frames->data);
  if (self->cell->n_layers > 1)
    get_sides (region, &sides[0], &sides[1]);
  for (gsize i = 0; i < self->n_out; i++)
    for (guint c = 0; c < self->n_channels; c++)
      self->mix[i * self->n_channels + c] += g_array_index (frames, float, i) * sides[c];
  return TRUE;
}

/* FALSE: it would be longer than a sound may be. */
static gboolean
prepare (Bench *self, TuttiSoundFontLayout layout, GError **error)
{
  int looping = looping_layer (self->regions, self->cell);

  self->n_out = tutti_soundfont_measure (self->regions, self->cell, layout);
  if (self->n_out > TUTTI_SOUND_FRAMES_MAX)
    {
      g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_TOO_LONG, "A sound of the preset is longer than %d seconds",
                   TUTTI_SOUND_SECONDS_MAX);
      return FALSE;
    }
  self->bend = 1.0;
  if (layout.loops)
    self->loop = measure_twentieth (self->regions, self->cell, layout.start, &self->rounds) *
                 (TUTTI_SOUNDFONT_LOOP_END - layout.start);
  if (layout.loops && looping >= 0)
    self->bend = (double) self->loop / (self->rounds * loop_of (self->regions, self->cell, (guint) looping));
  self->n_channels = self->cell->n_layers > 1 ? 2 : 1;
  self->mix = g_new0 (float, self->n_out * self->n_channels);
  return TRUE;
}

gboolean
tutti_soundfont_bake (TuttiSoundFont *font, const GArray *regions, const TuttiSoundFontCell *cell, TuttiSoundFontLayout layout,
                      TuttiSoundFontBaked *out, GCancellable *cancellable, GError **error)
{
  const TuttiSoundFontRegion *first = layer_of (regions, cell, 0);
  Bench bench = { .regions = regions, .cell = cell, .layout = layout };

  *out = (TuttiSoundFontBaked) { .pan = cell->n_layers > 1 ? 0 : 2 * first->values[TUTTI_SF_PAN],
                                 .gain_db = cell->n_layers > 1 ? 0.0 : -0.04 * first->values[TUTTI_SF_ATTENUATION] };
  if (!prepare (&bench, layout, error))
    return FALSE;
  for (guint i = 0; i < cell->n_layers; i++)
    if (!add_layer (&bench, font, i, &out->rough, cancellable, error))
      {
        g_free (bench.mix);
        return FALSE;
      }
  out->gain_db += 20.0 * log10 ((double) tutti_sound_lower (bench.mix, bench.n_out * bench.n_channels));
  out->cents = 1200.0 * log2 (bench.bend);
  out->sound = tutti_sound_new (bench.mix, bench.n_channels, bench.n_out, TUTTI_SOUND_NOTE_NONE);
  return TRUE;
}
