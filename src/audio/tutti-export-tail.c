/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long what an export lets be heard rings on. */
#include "tutti-export-private.h"

#include "tutti-preset.h"
#include "tutti-sound-bank.h"

#include <math.h>

/* The places of an effect's values (tutti-effect.c). */
enum { DELAY_TICKS, DELAY_FEEDBACK };
enum { REVERB_DECAY, REVERB_BEFORE = 2 };

#define FALL (-6.907755278982137) /* 60 dB as a natural logarithm */

/* Until a repeat is 60 dB softer than what it repeats. */
static double
seconds_of_echo (const TuttiJam *jam, gint64 ticks, int feedback)
{
  double once = (double) ticks / TUTTI_TICKS_PER_QUARTER * 6000.0 / jam->transport.anchor.tempo_cbpm;

  return once * (feedback > 0 ? 1.0 + ceil (FALL / log (MIN (feedback, 990) / 1000.0)) : 1.0);
}

static double
seconds_of_effects (const TuttiJam *jam, const TuttiEffect *effects, guint n)
{
  double longest = 0.0;

  for (guint i = 0; i < n; i++)
    {
      const gint16 *values = effects[i].values;

      if (effects[i].on && effects[i].kind == TUTTI_EFFECT_REVERB)
        longest = MAX (longest, (values[REVERB_DECAY] + values[REVERB_BEFORE]) / 1000.0);
      else if (effects[i].on && effects[i].kind == TUTTI_EFFECT_DELAY)
        longest = MAX (longest, seconds_of_echo (jam, values[DELAY_TICKS], values[DELAY_FEEDBACK]));
    }
  return longest;
}

static double
seconds_of_sends (const TuttiJam *jam, const TuttiTrack *track)
{
  double seconds = 0.0;

  if (track->params[TUTTI_PARAM_DELAY_SEND] > TUTTI_GAIN_MIN_CDB)
    seconds += seconds_of_echo (jam, jam->mix[TUTTI_MIX_DELAY_TICKS], jam->mix[TUTTI_MIX_DELAY_FEEDBACK]);
  if (track->params[TUTTI_PARAM_REVERB_SEND] > TUTTI_GAIN_MIN_CDB)
    seconds += 0.2 * exp2 (jam->mix[TUTTI_MIX_REVERB_SIZE] * 0.00532192809);      /* as tutti-fx.c has it */
  return seconds;
}

static double
seconds_of_release (const TuttiTrack *track)
{
  int preset = tutti_preset_of_sound (track->sound);
  int16_t patch[TUTTI_N_PATCH_PARAMS];

  if (preset < 0)
    return track->params[TUTTI_PARAM_RELEASE] / 1000.0;
  tutti_preset_patch ((unsigned) preset, patch);
  return (tutti_track_has_patch (track, TUTTI_PATCH_PARAM_RELEASE) ? track->patch[TUTTI_PATCH_PARAM_RELEASE] :
                                                                     patch[TUTTI_PATCH_PARAM_RELEASE]) / 1000.0;
}

gint64
tutti_export_tail (const TuttiJam *played, gboolean master)
{
  double all = 0.0;

  for (guint i = 0; i < played->n_tracks; i++)
    {
      const TuttiTrack *track = played->tracks[i];

      if (!tutti_id_is_none (track->playing.clip))
        all = MAX (all, seconds_of_release (track) + seconds_of_effects (played, track->effects, track->n_effects) +
                          seconds_of_sends (played, track));
    }
  if (master)
    all += seconds_of_effects (played, played->master_effects, played->n_master_effects);
  return (gint64) ceil (CLAMP (all, TUTTI_EXPORT_TAIL_S, TUTTI_EXPORT_TAIL_MAX_S)) * TUTTI_FRAMES_PER_SECOND;
}
