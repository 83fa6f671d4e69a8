/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-patch-words.h"

#include "tutti-words.h"

#include <glib/gi18n.h>
#include <math.h>

static const char * const names[TUTTI_N_PATCH] = {
  [TUTTI_PATCH_PARAM_LEVEL] = N_("Level"),
  [TUTTI_PATCH_PARAM_A_WAVE] = N_("Wave A"),
  [TUTTI_PATCH_PARAM_A_WIDTH] = N_("Pulse width A"),
  [TUTTI_PATCH_PARAM_A_LEVEL] = N_("Level A"),
  [TUTTI_PATCH_PARAM_B_WAVE] = N_("Wave B"),
  [TUTTI_PATCH_PARAM_B_WIDTH] = N_("Pulse width B"),
  [TUTTI_PATCH_PARAM_B_LEVEL] = N_("Level B"),
  [TUTTI_PATCH_PARAM_B_TUNE] = N_("Tuning B"),
  [TUTTI_PATCH_PARAM_B_FINE] = N_("Fine tuning B"),
  [TUTTI_PATCH_PARAM_OCTAVE] = N_("Octave"),
  [TUTTI_PATCH_PARAM_SUB] = N_("Sub"),
  [TUTTI_PATCH_PARAM_NOISE] = N_("Noise"),
  [TUTTI_PATCH_PARAM_RING] = N_("Ring modulation"),
  [TUTTI_PATCH_PARAM_FM] = N_("FM"),
  [TUTTI_PATCH_PARAM_FM_ENV] = N_("FM by envelope"),
  [TUTTI_PATCH_PARAM_UNISON] = N_("Unison"),
  [TUTTI_PATCH_PARAM_DETUNE] = N_("Detune"),
  [TUTTI_PATCH_PARAM_SPREAD] = N_("Stereo spread"),
  [TUTTI_PATCH_PARAM_FILTER] = N_("Synthesiser filter"),
  [TUTTI_PATCH_PARAM_CUTOFF] = N_("Cutoff"),
  [TUTTI_PATCH_PARAM_RESONANCE] = N_("Synthesiser resonance"),
  [TUTTI_PATCH_PARAM_KEY_TRACK] = N_("Cutoff by key"),
  [TUTTI_PATCH_PARAM_FILTER_ENV] = N_("Cutoff by envelope"),
  [TUTTI_PATCH_PARAM_FILTER_VELOCITY] = N_("Cutoff by velocity"),
  [TUTTI_PATCH_PARAM_DRIVE] = N_("Synthesiser drive"),
  [TUTTI_PATCH_PARAM_ATTACK] = N_("Loudness attack"),
  [TUTTI_PATCH_PARAM_HOLD] = N_("Loudness hold"),
  [TUTTI_PATCH_PARAM_DECAY] = N_("Loudness decay"),
  [TUTTI_PATCH_PARAM_SUSTAIN] = N_("Loudness sustain"),
  [TUTTI_PATCH_PARAM_RELEASE] = N_("Loudness release"),
  [TUTTI_PATCH_PARAM_ENV_ATTACK] = N_("Envelope attack"),
  [TUTTI_PATCH_PARAM_ENV_HOLD] = N_("Envelope hold"),
  [TUTTI_PATCH_PARAM_ENV_DECAY] = N_("Envelope decay"),
  [TUTTI_PATCH_PARAM_ENV_SUSTAIN] = N_("Envelope sustain"),
  [TUTTI_PATCH_PARAM_ENV_RELEASE] = N_("Envelope release"),
  [TUTTI_PATCH_PARAM_ENV_PITCH] = N_("Pitch by envelope"),
  [TUTTI_PATCH_PARAM_LFO1_SHAPE] = N_("LFO 1 shape"),
  [TUTTI_PATCH_PARAM_LFO1_RATE] = N_("LFO 1 rate"),
  [TUTTI_PATCH_PARAM_LFO1_SYNC] = N_("LFO 1 length"),
  [TUTTI_PATCH_PARAM_LFO1_FREE] = N_("LFO 1 runs through"),
  [TUTTI_PATCH_PARAM_LFO1_FADE] = N_("LFO 1 fade-in"),
  [TUTTI_PATCH_PARAM_LFO1_PITCH] = N_("Pitch by LFO 1"),
  [TUTTI_PATCH_PARAM_LFO1_CUTOFF] = N_("Cutoff by LFO 1"),
  [TUTTI_PATCH_PARAM_LFO1_WIDTH] = N_("Pulse width by LFO 1"),
  [TUTTI_PATCH_PARAM_LFO1_AMP] = N_("Loudness by LFO 1"),
  [TUTTI_PATCH_PARAM_LFO2_SHAPE] = N_("LFO 2 shape"),
  [TUTTI_PATCH_PARAM_LFO2_RATE] = N_("LFO 2 rate"),
  [TUTTI_PATCH_PARAM_LFO2_SYNC] = N_("LFO 2 length"),
  [TUTTI_PATCH_PARAM_LFO2_FREE] = N_("LFO 2 runs through"),
  [TUTTI_PATCH_PARAM_LFO2_PITCH] = N_("Pitch by LFO 2"),
  [TUTTI_PATCH_PARAM_LFO2_CUTOFF] = N_("Cutoff by LFO 2"),
  [TUTTI_PATCH_PARAM_LFO2_WIDTH] = N_("Pulse width by LFO 2"),
  [TUTTI_PATCH_PARAM_VOICES] = N_("Voices"),
  [TUTTI_PATCH_PARAM_GLIDE] = N_("Glide"),
  [TUTTI_PATCH_PARAM_ACCENT] = N_("Accent"),
  [TUTTI_PATCH_PARAM_VELOCITY] = N_("Loudness by velocity"),
  [TUTTI_PATCH_PARAM_DRUM_PITCH] = N_("Drum pitch"),
  [TUTTI_PATCH_PARAM_DRUM_BEND] = N_("Drum bend"),
  [TUTTI_PATCH_PARAM_DRUM_BEND_TIME] = N_("Drum bend time"),
  [TUTTI_PATCH_PARAM_DRUM_DECAY] = N_("Drum decay"),
  [TUTTI_PATCH_PARAM_DRUM_TONE] = N_("Drum tone"),
  [TUTTI_PATCH_PARAM_DRUM_SNAP] = N_("Drum snap"),
  [TUTTI_PATCH_PARAM_DRUM_NOISE_DECAY] = N_("Drum noise decay"),
  [TUTTI_PATCH_PARAM_DRUM_COLOUR] = N_("Drum noise colour"),
  [TUTTI_PATCH_PARAM_LOOP] = N_("Loop"),
  [TUTTI_PATCH_PARAM_LOOP_START] = N_("Loop start"),
  [TUTTI_PATCH_PARAM_LOOP_END] = N_("Loop end"),
  [TUTTI_PATCH_PARAM_LOOP_FADE] = N_("Loop cross-fade"),
  [TUTTI_PATCH_PARAM_REVERSE] = N_("Backwards"),
};

const char *
tutti_words_patch (TuttiPatchParam param)
{
  return _(names[param]);
}

static char *
choice (const char * const *words, int n, int value)
{
  return g_strdup (_(words[CLAMP (value, 0, n - 1)]));
}

static char *
choice_words (TuttiPatchParam param, int value)
{
  static const char * const waves[] = { N_("Saw"), N_("Square"), N_("Triangle"), N_("Sine") };
  static const char * const filters[] = { N_("Low pass, steep"), N_("Low pass"), N_("Band pass"), N_("High pass"), N_("None") };
  static const char * const shapes[] = { N_("Sine"), N_("Triangle"), N_("Saw"), N_("Square"), N_("Random") };
  static const char * const voices[] = { N_("Many"), N_("One"), N_("One, legato") };
  static const char * const switches[] = { N_("Off"), N_("On") };
  static const char * const loops[] = { N_("Off"), N_("On"), N_("Until the note ends") };

  switch ((int) param)
    {
    case TUTTI_PATCH_PARAM_A_WAVE: case TUTTI_PATCH_PARAM_B_WAVE:
      return choice (waves, G_N_ELEMENTS (waves), value);
    case TUTTI_PATCH_PARAM_FILTER:
      return choice (filters, G_N_ELEMENTS (filters), value);
    case TUTTI_PATCH_PARAM_LFO1_SHAPE: case TUTTI_PATCH_PARAM_LFO2_SHAPE:
      return choice (shapes, G_N_ELEMENTS (shapes), value);
    case TUTTI_PATCH_PARAM_VOICES:
      return choice (voices, G_N_ELEMENTS (voices), value);
    case TUTTI_PATCH_PARAM_LOOP:
      return choice (loops, G_N_ELEMENTS (loops), value);
    case TUTTI_PATCH_PARAM_LFO1_FREE: case TUTTI_PATCH_PARAM_LFO2_FREE: case TUTTI_PATCH_PARAM_REVERSE:
      return choice (switches, G_N_ELEMENTS (switches), value);
    default:
      return NULL;
    }
}

/* Lengths of a turn, in parts of a bar of four quarters. */
static char *
sync_words (int value)
{
  static const char * const lengths[] = {
    "1/32", "1/16T", "1/16", "1/8T", "1/16.", "1/8", "1/4T", "1/8.", "1/4", "1/4.", "1/2", "1", "2", "4", "8"
  };

  return g_strdup (value <= 0 ? _("Not by tempo") : lengths[CLAMP (value, 1, 15) - 1]);
}

/* Numbers whose unit is that of a parameter of every track. */
static int
like_param (TuttiPatchParam param)
{
  const char *unit = tutti_patch_spec (param)->unit;

  if (param == TUTTI_PATCH_PARAM_CUTOFF)
    return TUTTI_PARAM_CUTOFF;
  if (g_str_equal (unit, "ms"))
    return TUTTI_PARAM_ATTACK;
  if (g_str_equal (unit, "cents"))
    return TUTTI_PARAM_TUNE;
  return g_str_equal (unit, "1/100 dB") ? TUTTI_PARAM_GAIN : -1;
}

char *
tutti_words_patch_value (TuttiPatchParam param, int value)
{
  char *word = choice_words (param, value);

  if (word != NULL)
    return word;
  if (param == TUTTI_PATCH_PARAM_LFO1_SYNC || param == TUTTI_PATCH_PARAM_LFO2_SYNC)
    return sync_words (value);
  if (param == TUTTI_PATCH_PARAM_LFO1_RATE || param == TUTTI_PATCH_PARAM_LFO2_RATE)
    return g_strdup_printf (_("%.2f Hz"), value / 100.0);
  if (param == TUTTI_PATCH_PARAM_B_TUNE || param == TUTTI_PATCH_PARAM_OCTAVE)
    return g_strdup_printf ("%s%d", value < 0 ? "−" : value > 0 ? "+" : "", ABS (value));
  if (param == TUTTI_PATCH_PARAM_UNISON)
    return g_strdup_printf ("%d", value);
  if (param == TUTTI_PATCH_PARAM_LOOP_START || param == TUTTI_PATCH_PARAM_LOOP_END)
    return g_strdup_printf (_("%.2f %%"), value / 100.0);
  if (like_param (param) >= 0)
    return tutti_words_param_value ((TuttiParam) like_param (param), value);
  return g_strdup_printf (_("%d %%"), (int) lround (value / 10.0));
}
