/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sound-shape-private.h"
#include "tutti-sound-resample-private.h"

#include <math.h>
#include <sndfile.h>
#include <string.h>

struct _TuttiSoundShape
{
  gsize               rate;
  gsize               n_in, n_out;                   /* channels */
  float               gains[2][TUTTI_SOUND_CHANNELS_MAX];
  TuttiSoundResample *resampler;                     /* NULL at 48 kHz */
  GArray             *out;                           /* of float, interleaved */
  gsize               n_frames;                      /* pushed */
  gsize               n_broken;
};

enum { BLOCK_FRAMES = 4096 };

/* --- folding --- */

typedef enum { SIDE_BOTH, SIDE_LEFT, SIDE_RIGHT, SIDE_NONE } Side;

static Side
side_of (int place)
{
  switch (place)
    {
    case SF_CHANNEL_MAP_LEFT:
    case SF_CHANNEL_MAP_FRONT_LEFT:
    case SF_CHANNEL_MAP_REAR_LEFT:
    case SF_CHANNEL_MAP_FRONT_LEFT_OF_CENTER:
    case SF_CHANNEL_MAP_SIDE_LEFT:
    case SF_CHANNEL_MAP_TOP_FRONT_LEFT:
    case SF_CHANNEL_MAP_TOP_REAR_LEFT:
      return SIDE_LEFT;
    case SF_CHANNEL_MAP_RIGHT:
    case SF_CHANNEL_MAP_FRONT_RIGHT:
    case SF_CHANNEL_MAP_REAR_RIGHT:
    case SF_CHANNEL_MAP_FRONT_RIGHT_OF_CENTER:
    case SF_CHANNEL_MAP_SIDE_RIGHT:
    case SF_CHANNEL_MAP_TOP_FRONT_RIGHT:
    case SF_CHANNEL_MAP_TOP_REAR_RIGHT:
      return SIDE_RIGHT;
    case SF_CHANNEL_MAP_LFE:
      return SIDE_NONE;                /* left out, as ITU-R BS.775 does */
    default:
      return SIDE_BOTH;
    }
}

/* The order of WAVE and FLAC for three to eight channels; beyond, left and right take turns. */
static Side
usual_side (int channel, int n_channels)
{
  static const char *const orders[] = { "LRC", "LRLR", "LRCLR", "LRC-LR", "LRC-CLR", "LRC-LRLR" };

  if (n_channels < 3 || n_channels > 8)
    return channel % 2 == 0 ? SIDE_LEFT : SIDE_RIGHT;
  switch (orders[n_channels - 3][channel])
    {
    case 'L': return SIDE_LEFT;
    case 'R': return SIDE_RIGHT;
    case 'C': return SIDE_BOTH;
    default:  return SIDE_NONE;
    }
}

/* Gains of one output so that it cannot pass full scale: centre 3 dB lower, all divided by their sum. */
static void
fold (TuttiSoundShape *self, const int *channel_map)
{
  float sums[2] = { 0.0f, 0.0f };

  for (gsize c = 0; c < self->n_in; c++)
    {
      Side side = channel_map != NULL ? side_of (channel_map[c]) : usual_side ((int) c, (int) self->n_in);

      self->gains[0][c] = side == SIDE_LEFT ? 1.0f : side == SIDE_BOTH ? 0.70710678f : 0.0f;
      self->gains[1][c] = side == SIDE_RIGHT ? 1.0f : side == SIDE_BOTH ? 0.70710678f : 0.0f;
      sums[0] += self->gains[0][c];
      sums[1] += self->gains[1][c];
    }
  for (gsize c = 0; c < self->n_in; c++)
    for (int o = 0; o < 2; o++)
      self->gains[o][c] /= MAX (sums[o], 1.0f);
}

/* @samples are finite already. One and two channels pass bit for bit. */
static void
fold_block (TuttiSoundShape *self, const float *in, float *out, gsize n_frames)
{
  if (self->n_in <= 2)
    {
      memcpy (out, in, n_frames * self->n_in * sizeof *out);
      return;
    }
  for (gsize i = 0; i < n_frames; i++)
    for (gsize o = 0; o < 2; o++)
      {
        float sum = 0.0f;

        for (gsize c = 0; c < self->n_in; c++)
          sum += in[i * self->n_in + c] * self->gains[o][c];
        out[i * 2 + o] = sum;
      }
}

/* --- the shape --- */

TuttiSoundShape *
tutti_sound_shape_new (int rate, int n_channels, const int *channel_map, GError **error)
{
  TuttiSoundShape *self;

  if (rate < TUTTI_SOUND_RATE_MIN || rate > TUTTI_SOUND_RATE_MAX)
    {
      g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_UNSUPPORTED,
                   "A sound of %d samples a second cannot be used (%d to %d can)", rate, TUTTI_SOUND_RATE_MIN,
                   TUTTI_SOUND_RATE_MAX);
      return NULL;
    }
  if (n_channels < 1 || n_channels > TUTTI_SOUND_CHANNELS_MAX)
    {
      g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_UNSUPPORTED,
                   "A sound with %d channels cannot be used (1 to %d can)", n_channels, TUTTI_SOUND_CHANNELS_MAX);
      return NULL;
    }

  self = g_new0 (TuttiSoundShape, 1);
  self->rate = (gsize) rate;
  self->n_in = (gsize) n_channels;
  self->n_out = MIN (self->n_in, 2);
  self->out = g_array_new (FALSE, FALSE, sizeof (float));
  fold (self, channel_map);
  if (rate != TUTTI_SOUND_RATE)
    self->resampler = tutti_sound_resample_new (rate, (int) self->n_out);
  return self;
}

void
tutti_sound_shape_free (TuttiSoundShape *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->resampler, tutti_sound_resample_free);
  g_array_unref (self->out);
  g_free (self);
}

gsize
tutti_sound_shape_get_n_frames (TuttiSoundShape *self)
{
  return self->n_frames;
}

static void
push_block (TuttiSoundShape *self, const float *interleaved, gsize n_frames)
{
  gsize n = n_frames * self->n_in;
  g_autofree float *finite = g_memdup2 (interleaved, n * sizeof (float));
  g_autofree float *folded = g_new (float, n_frames * self->n_out);

  for (gsize i = 0; i < n; i++)
    if (!isfinite (finite[i]))
      {
        finite[i] = 0.0f;
        self->n_broken++;
      }
    else
      /* Nothing meant as sound is beyond this; without it the sums could overflow to what was just removed. */
      finite[i] = CLAMP (finite[i], -1e9f, 1e9f);
  fold_block (self, finite, folded, n_frames);
  if (self->resampler != NULL)
    tutti_sound_resample_push (self->resampler, folded, n_frames, self->out);
  else
    g_array_append_vals (self->out, folded, (guint) (n_frames * self->n_out));
}

gboolean
tutti_sound_shape_push (TuttiSoundShape *self, const float *interleaved, gsize n_frames, GError **error)
{
  if (n_frames > TUTTI_SOUND_SECONDS_MAX * self->rate - self->n_frames)
    {
      g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_TOO_LONG, "The sound is longer than %d seconds",
                   TUTTI_SOUND_SECONDS_MAX);
      return FALSE;
    }
  for (gsize done = 0; done < n_frames; done += BLOCK_FRAMES)
    push_block (self, interleaved + done * self->n_in, MIN (n_frames - done, BLOCK_FRAMES));
  self->n_frames += n_frames;
  return TRUE;
}

float
tutti_sound_lower (float *samples, gsize n)
{
  float peak = 0.0f;

  for (gsize i = 0; i < n; i++)
    peak = MAX (peak, fabsf (samples[i]));
  if (peak <= 1.0f)
    return 1.0f;
  for (gsize i = 0; i < n; i++)
    samples[i] /= peak;
  return peak;
}

TuttiSound *
tutti_sound_shape_finish (TuttiSoundShape *self, TuttiSoundNotes notes, GError **error)
{
  gsize n_frames = (self->n_frames * TUTTI_SOUND_RATE + self->rate - 1) / self->rate;
  gsize n_samples = n_frames * self->n_out;
  float *samples;

  if (n_frames == 0)
    {
      g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_EMPTY, "There is no sound in the file");
      return NULL;
    }
  if (self->resampler != NULL)
    tutti_sound_resample_finish (self->resampler, self->out);
  samples = g_new0 (float, n_samples);
  memcpy (samples, self->out->data, MIN (n_samples, self->out->len) * sizeof (float));

  if (tutti_sound_lower (samples, n_samples) > 1.0f)
    notes |= TUTTI_SOUND_NOTE_LOWERED;
  if (self->n_broken > 0)
    notes |= TUTTI_SOUND_NOTE_SILENCED;
  if (self->n_in > 2)
    notes |= TUTTI_SOUND_NOTE_FOLDED;
  return tutti_sound_new (samples, (guint) self->n_out, n_frames, notes);
}
