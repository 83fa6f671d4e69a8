/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A SoundFont's envelopes fall in straight lines of decibels, 100 of them in the time they say; a sampler's fall in parabolas that
 * end. They meet where it is heard: at half the loudness in decibels that matter, some 20 dB down. */
#include "tutti-soundfont-patch.h"
#include "tutti-soundfont-shape.h"

#include <math.h>

#define HEARD_CB 300.0                 /* of a fall, that a parabola of its time covers */
#define RELEASE_MIN_MS 10.0            /* or it clicks */
#define FADE_MS 2                      /* of a loop whose rounds are alike … */
#define ROUGH_FADE_MS 40               /* … and of one whose rounds are not */
#define LOWEST_HZ 20.0                 /* of the cut-off's range … */
#define OCTAVES 9.965784284662087      /* … and its width */

static double
ms_of (int timecents)
{
  return 1000.0 * tutti_soundfont_seconds (timecents);
}

static gint16
fit_param (TuttiParam param, double value)
{
  const TuttiParamSpec *spec = tutti_param_spec (param);

  return (gint16) lround (CLAMP (value, spec->min, spec->max));
}

static void
put (TuttiSoundFontPatch *out, TuttiPatchParam param, double value)
{
  const TuttiParamSpec *spec = tutti_patch_spec (param);

  out->patch[param] = (gint16) lround (CLAMP (value, spec->min, spec->max));
  out->patch_set[param] = out->patch[param] != (param == TUTTI_PATCH_PARAM_FILTER ? TUTTI_PATCH_SAMPLER_FILTER : spec->initial);
}

static void
make_loudness (const int *values, TuttiSoundFontPatch *out)
{
  double fall = values[TUTTI_SF_SUSTAIN], sustain = fall >= 960.0 ? 0.0 : pow (10.0, -fall / 200.0);
  /* Its time is for 100 dB; it is over when the level is reached that stays. */
  double decay = ms_of (values[TUTTI_SF_DECAY]) * MIN (fall, HEARD_CB) / 1000.0;
  double release = ms_of (values[TUTTI_SF_RELEASE]) * HEARD_CB / 1000.0;

  out->params[TUTTI_PARAM_ATTACK] = fit_param (TUTTI_PARAM_ATTACK, ms_of (values[TUTTI_SF_ATTACK]));
  out->params[TUTTI_PARAM_DECAY] = fit_param (TUTTI_PARAM_DECAY, decay);
  out->params[TUTTI_PARAM_SUSTAIN] = fit_param (TUTTI_PARAM_SUSTAIN, 1000.0 * sustain);
  out->params[TUTTI_PARAM_RELEASE] = fit_param (TUTTI_PARAM_RELEASE, MAX (release, RELEASE_MIN_MS));
  put (out, TUTTI_PATCH_PARAM_HOLD, ms_of (values[TUTTI_SF_HOLD]));
}

/* The sampler's two poles have a quality of 0.7 without resonance and of 25 with all. */
static double
resonance_of (int centibels)
{
  double damping = G_SQRT2 * pow (10.0, -centibels / 200.0);

  return 1000.0 * (1.0 - sqrt (CLAMP ((damping - 0.04) / 1.3742136, 0.0, 1.0)));
}

static void
make_filter (const int *values, TuttiSoundFontPatch *out)
{
  double hertz = tutti_soundfont_hertz (values[TUTTI_SF_CUTOFF]);

  if (values[TUTTI_SF_CUTOFF] >= TUTTI_SOUNDFONT_OPEN)
    return;
  put (out, TUTTI_PATCH_PARAM_FILTER, 1.0);
  put (out, TUTTI_PATCH_PARAM_CUTOFF, 1000.0 * log2 (MAX (hertz, LOWEST_HZ) / LOWEST_HZ) / OCTAVES);
  put (out, TUTTI_PATCH_PARAM_RESONANCE, resonance_of (values[TUTTI_SF_Q]));
  if (values[TUTTI_SF_MOD_CUTOFF] == 0)
    return;
  put (out, TUTTI_PATCH_PARAM_FILTER_ENV, 1000.0 * values[TUTTI_SF_MOD_CUTOFF] / 1200.0 / OCTAVES);
  put (out, TUTTI_PATCH_PARAM_ENV_ATTACK, ms_of (values[TUTTI_SF_MOD_ATTACK]));
  put (out, TUTTI_PATCH_PARAM_ENV_HOLD, ms_of (values[TUTTI_SF_MOD_HOLD]));
  put (out, TUTTI_PATCH_PARAM_ENV_DECAY, ms_of (values[TUTTI_SF_MOD_DECAY]) * values[TUTTI_SF_MOD_SUSTAIN] / 1000.0);
  put (out, TUTTI_PATCH_PARAM_ENV_SUSTAIN, 1000.0 - values[TUTTI_SF_MOD_SUSTAIN]);
  put (out, TUTTI_PATCH_PARAM_ENV_RELEASE, ms_of (values[TUTTI_SF_MOD_RELEASE]));
}

static void
make_vibrato (const int *values, TuttiSoundFontPatch *out)
{
  if (values[TUTTI_SF_VIBRATO_PITCH] == 0)
    return;
  put (out, TUTTI_PATCH_PARAM_LFO1_PITCH, abs (values[TUTTI_SF_VIBRATO_PITCH]));
  put (out, TUTTI_PATCH_PARAM_LFO1_RATE, 100.0 * tutti_soundfont_hertz (values[TUTTI_SF_VIBRATO_RATE]));
  put (out, TUTTI_PATCH_PARAM_LFO1_FADE, ms_of (values[TUTTI_SF_VIBRATO_DELAY]));
  put (out, TUTTI_PATCH_PARAM_LFO1_SHAPE, 1.0);
}

static void
make_loop (TuttiSoundFontLayout layout, gboolean rough, TuttiSoundFontPatch *out)
{
  const double twentieth = 10000.0 / TUTTI_SOUNDFONT_TWENTIETHS;

  if (!layout.loops)
    return;
  put (out, TUTTI_PATCH_PARAM_LOOP, 1.0);
  put (out, TUTTI_PATCH_PARAM_LOOP_START, layout.start * twentieth);
  put (out, TUTTI_PATCH_PARAM_LOOP_END, TUTTI_SOUNDFONT_LOOP_END * twentieth);
  put (out, TUTTI_PATCH_PARAM_LOOP_FADE, rough ? ROUGH_FADE_MS : FADE_MS);
}

void
tutti_soundfont_make_patch (const TuttiSoundFontRegion *region, TuttiSoundFontLayout layout, gboolean rough,
                            TuttiSoundFontPatch *out)
{
  *out = (TuttiSoundFontPatch) { .patch_set = { FALSE } };
  for (int i = 0; i < TUTTI_N_PARAMS; i++)
    out->params[i] = tutti_param_spec (i)->initial;
  if (!layout.fades)
    make_loudness (region->values, out);
  if (!layout.filters)
    make_filter (region->values, out);
  make_vibrato (region->values, out);
  make_loop (layout, rough, out);
}
