/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-panel-table.h"

#include <glib/gi18n.h>

#define P(name) (TUTTI_ADDRESS_PATCH + TUTTI_PATCH_PARAM_##name)
#define T(name) TUTTI_PARAM_##name
#define END TUTTI_NO_NUMBER

/* What of every track follows the instrument. */
#define TRACK_NUMBERS { T (TUNE), T (CUTOFF), T (RESONANCE), T (FILTER_TYPE), T (DRIVE), T (DELAY_SEND), T (REVERB_SEND), END }

static const TuttiPanelPage synth[] = {
  /* Translators: of an instrument, the knobs that one plays with */
  { N_("Play"), { TUTTI_PLOT_WAVE, TUTTI_PLOT_FILTER, TUTTI_PLOT_AMP, TUTTI_PLOT_ENV }, { END } },
  { N_("Oscillators"), { TUTTI_PLOT_WAVE_A, TUTTI_PLOT_WAVE_B, TUTTI_PLOT_WAVE },
    { P (A_WAVE), P (A_WIDTH), P (A_LEVEL), P (FM), P (FM_ENV), P (RING), P (SUB),
      P (B_WAVE), P (B_WIDTH), P (B_LEVEL), P (B_TUNE), P (B_FINE), P (NOISE), P (OCTAVE), END } },
  { N_("Filter"), { TUTTI_PLOT_FILTER, TUTTI_PLOT_ENV },
    { P (FILTER), P (CUTOFF), P (RESONANCE), P (FILTER_ENV), P (FILTER_VELOCITY), P (KEY_TRACK), P (DRIVE), END } },
  { N_("Envelopes"), { TUTTI_PLOT_AMP, TUTTI_PLOT_ENV },
    { P (ATTACK), P (HOLD), P (DECAY), P (SUSTAIN), P (RELEASE), P (VELOCITY), P (LEVEL), P (ENV_PITCH),
      P (ENV_ATTACK), P (ENV_HOLD), P (ENV_DECAY), P (ENV_SUSTAIN), P (ENV_RELEASE), P (FILTER_ENV), P (FM_ENV), P (ACCENT), END } },
  { N_("LFO 1"), { TUTTI_PLOT_LFO1 },
    { P (LFO1_SHAPE), P (LFO1_SYNC), P (LFO1_RATE), P (LFO1_FADE), P (LFO1_FREE), P (LFO1_PITCH), P (LFO1_CUTOFF), P (LFO1_WIDTH),
      P (LFO1_AMP), END } },
  { N_("LFO 2"), { TUTTI_PLOT_LFO2 },
    { P (LFO2_SHAPE), P (LFO2_SYNC), P (LFO2_RATE), P (LFO2_FREE), P (LFO2_PITCH), P (LFO2_CUTOFF), P (LFO2_WIDTH), END } },
  /* Translators: how notes follow each other, and how many sound at once */
  { N_("Voice"), { TUTTI_PLOT_WAVE, TUTTI_PLOT_AMP },
    { P (VOICES), P (GLIDE), P (ACCENT), P (VELOCITY), P (UNISON), P (DETUNE), P (SPREAD), END } },
  { N_("Track"), { TUTTI_PLOT_WAVE, TUTTI_PLOT_AMP }, TRACK_NUMBERS },
  { NULL }
};

static const TuttiPanelPage drum[] = {
  { N_("Play"), { TUTTI_PLOT_DRUM },
    { P (DRUM_PITCH), P (DRUM_BEND), P (DRUM_BEND_TIME), P (DRUM_DECAY), P (DRUM_TONE), P (DRUM_SNAP), P (DRIVE), P (LEVEL), END } },
  { N_("Noise"), { TUTTI_PLOT_DRUM }, { P (NOISE), P (DRUM_NOISE_DECAY), P (DRUM_COLOUR), P (VELOCITY), END } },
  { N_("Track"), { TUTTI_PLOT_DRUM }, TRACK_NUMBERS },
  { NULL }
};

static const TuttiPanelPage sampler[] = {
  { N_("Play"), { TUTTI_PLOT_SOUND },
    { T (TUNE), T (ATTACK), T (DECAY), T (SUSTAIN), T (RELEASE), T (CUTOFF), T (RESONANCE), T (GAIN), END } },
  /* Translators: which part of a sound is played */
  { N_("Part"), { TUTTI_PLOT_SOUND },
    { T (START), T (END), P (LOOP), P (LOOP_START), P (LOOP_END), P (LOOP_FADE), P (HOLD),
      P (REVERSE), P (VOICES), P (OCTAVE), P (VELOCITY), P (LEVEL), END } },
  { N_("Zones"), { TUTTI_PLOT_ZONES }, { END } },
  { N_("Filter"), { TUTTI_PLOT_FILTER, TUTTI_PLOT_ENV },
    { P (FILTER), P (CUTOFF), P (RESONANCE), P (FILTER_ENV), P (FILTER_VELOCITY), P (KEY_TRACK), P (DRIVE),
      P (ENV_ATTACK), P (ENV_HOLD), P (ENV_DECAY), P (ENV_SUSTAIN), P (ENV_RELEASE), P (ENV_PITCH), END } },
  { N_("LFO 1"), { TUTTI_PLOT_LFO1 },
    { P (LFO1_SHAPE), P (LFO1_SYNC), P (LFO1_RATE), P (LFO1_FADE), P (LFO1_FREE), P (LFO1_PITCH), P (LFO1_CUTOFF), P (LFO1_AMP), END } },
  { N_("LFO 2"), { TUTTI_PLOT_LFO2 },
    { P (LFO2_SHAPE), P (LFO2_SYNC), P (LFO2_RATE), P (LFO2_FREE), P (LFO2_PITCH), P (LFO2_CUTOFF), END } },
  { N_("Track"), { TUTTI_PLOT_SOUND },
    { T (FILTER_TYPE), T (CUTOFF), T (RESONANCE), T (DRIVE), T (DELAY_SEND), T (REVERB_SEND), T (GAIN), END } },
  { NULL }
};

const TuttiPanelPage *
tutti_panel_pages (TuttiInstrument instrument)
{
  return instrument == TUTTI_INSTRUMENT_SYNTH ? synth : instrument == TUTTI_INSTRUMENT_DRUM ? drum : sampler;
}

const guint16 *
tutti_panel_macros (TuttiPresetCategory category)
{
#define BITE P (CUTOFF), P (RESONANCE), P (FILTER_ENV)
  static const guint16 macros[TUTTI_N_PRESET_CATEGORIES][TUTTI_PAGE_COLUMNS + 1] = {
    [TUTTI_PRESET_BASS] = { BITE, P (ENV_DECAY), P (SUB), P (DRIVE), P (RELEASE), P (GLIDE), END },
    [TUTTI_PRESET_ACID] = { BITE, P (ENV_DECAY), P (ACCENT), P (GLIDE), P (DRIVE), P (DECAY), END },
    [TUTTI_PRESET_LEAD] = { BITE, P (ATTACK), P (RELEASE), P (DETUNE), P (LFO1_PITCH), P (GLIDE), END },
    [TUTTI_PRESET_KEYS] = { BITE, P (FM), P (FM_ENV), P (DECAY), P (RELEASE), P (LFO1_AMP), END },
    [TUTTI_PRESET_PAD] = { BITE, P (ATTACK), P (RELEASE), P (DETUNE), P (SPREAD), P (LFO1_CUTOFF), END },
    [TUTTI_PRESET_PLUCK] = { BITE, P (ENV_DECAY), P (DECAY), P (RELEASE), P (DETUNE), P (SPREAD), END },
    [TUTTI_PRESET_BELL] = { P (FM), P (FM_ENV), P (RING), P (B_TUNE), P (ENV_DECAY), P (DECAY), P (RELEASE), P (CUTOFF), END },
    [TUTTI_PRESET_BRASS] = { BITE, P (ENV_ATTACK), P (ENV_DECAY), P (ATTACK), P (RELEASE), P (DETUNE), END },
    [TUTTI_PRESET_STRINGS] = { BITE, P (ATTACK), P (RELEASE), P (DETUNE), P (SPREAD), P (LFO1_PITCH), END },
    [TUTTI_PRESET_ORGAN] = { P (A_LEVEL), P (B_LEVEL), P (B_TUNE), P (SUB), P (CUTOFF), P (DRIVE), P (RELEASE), P (LFO1_AMP), END },
    [TUTTI_PRESET_EFFECT] = { BITE, P (ENV_PITCH), P (ENV_DECAY), P (LFO1_RATE), P (NOISE), P (RELEASE), END },
    [TUTTI_PRESET_DRUM] = { END },
  };
#undef BITE

  return macros[category];
}

gboolean
tutti_number_is_choice (guint address)
{
  switch (address)
    {
    case P (A_WAVE): case P (B_WAVE): case P (FILTER): case P (VOICES): case P (LFO1_SHAPE): case P (LFO1_SYNC): case P (LFO1_FREE):
    case P (LOOP): case P (REVERSE): case P (LFO2_SHAPE): case P (LFO2_SYNC): case P (LFO2_FREE): case T (FILTER_TYPE):
      return TRUE;
    default:
      return FALSE;
    }
}

/* Where the page says already what they are about. */
static const char * const short_names[TUTTI_N_NUMBERS] = {
  [T (GAIN)] = N_("Level"), [T (PAN)] = N_("Pan"), [T (TUNE)] = N_("Tune"), [T (START)] = N_("Start"), [T (END)] = N_("End"),
  [T (ATTACK)] = N_("Attack"), [T (DECAY)] = N_("Decay"), [T (SUSTAIN)] = N_("Sustain"), [T (RELEASE)] = N_("Release"),
  [T (CUTOFF)] = N_("Filter"), [T (RESONANCE)] = N_("Resonance"), [T (FILTER_TYPE)] = N_("Filter type"), [T (DRIVE)] = N_("Drive"),
  [T (DELAY_SEND)] = N_("Delay"), [T (REVERB_SEND)] = N_("Reverb"),
  [P (LEVEL)] = N_("Level"),
  [P (A_WAVE)] = N_("Wave A"), [P (A_WIDTH)] = N_("Width A"), [P (A_LEVEL)] = N_("Level A"),
  [P (B_WAVE)] = N_("Wave B"), [P (B_WIDTH)] = N_("Width B"), [P (B_LEVEL)] = N_("Level B"),
  [P (B_TUNE)] = N_("Tune B"), [P (B_FINE)] = N_("Fine B"), [P (OCTAVE)] = N_("Octave"), [P (SUB)] = N_("Sub"),
  [P (NOISE)] = N_("Noise"),
  /* Translators: ring modulation, short */
  [P (RING)] = N_("Ring"), [P (FM)] = N_("FM"),
  /* Translators: how far the envelope opens the FM, short */
  [P (FM_ENV)] = N_("Env → FM"),
  [P (UNISON)] = N_("Unison"), [P (DETUNE)] = N_("Detune"), [P (SPREAD)] = N_("Spread"),
  [P (FILTER)] = N_("Type"), [P (CUTOFF)] = N_("Cutoff"), [P (RESONANCE)] = N_("Resonance"),
  /* Translators: how far the key moves the cutoff, short */
  [P (KEY_TRACK)] = N_("Key"), [P (FILTER_ENV)] = N_("Envelope"),
  /* Translators: how much depends on how hard a key is hit, short */
  [P (FILTER_VELOCITY)] = N_("Velocity"), [P (DRIVE)] = N_("Drive"),
  [P (ATTACK)] = N_("Attack"), [P (HOLD)] = N_("Hold"), [P (DECAY)] = N_("Decay"), [P (SUSTAIN)] = N_("Sustain"),
  [P (RELEASE)] = N_("Release"),
  /* Translators: of the second envelope, short */
  [P (ENV_ATTACK)] = N_("Env attack"), [P (ENV_HOLD)] = N_("Env hold"), [P (ENV_DECAY)] = N_("Env decay"),
  [P (ENV_SUSTAIN)] = N_("Env sustain"), [P (ENV_RELEASE)] = N_("Env release"),
  /* Translators: how far the envelope bends the pitch, short */
  [P (ENV_PITCH)] = N_("Env → pitch"),
  [P (LFO1_SHAPE)] = N_("Shape"), [P (LFO1_RATE)] = N_("Rate"), [P (LFO1_SYNC)] = N_("By tempo"), [P (LFO1_FREE)] = N_("Runs through"),
  [P (LFO1_FADE)] = N_("Fade in"), [P (LFO1_PITCH)] = N_("Vibrato"), [P (LFO1_CUTOFF)] = N_("Cutoff"), [P (LFO1_WIDTH)] = N_("Width"),
  [P (LFO1_AMP)] = N_("Tremolo"),
  [P (LFO2_SHAPE)] = N_("Shape"), [P (LFO2_RATE)] = N_("Rate"), [P (LFO2_SYNC)] = N_("By tempo"), [P (LFO2_FREE)] = N_("Runs through"),
  [P (LFO2_PITCH)] = N_("Vibrato"), [P (LFO2_CUTOFF)] = N_("Cutoff"), [P (LFO2_WIDTH)] = N_("Width"),
  [P (VOICES)] = N_("Voices"), [P (GLIDE)] = N_("Glide"), [P (ACCENT)] = N_("Accent"), [P (VELOCITY)] = N_("Velocity"),
  [P (LOOP)] = N_("Loop"), [P (LOOP_START)] = N_("Loop start"), [P (LOOP_END)] = N_("Loop end"),
  /* Translators: of a loop's end into its start, short */
  [P (LOOP_FADE)] = N_("Loop fade"), [P (REVERSE)] = N_("Backwards"),
  [P (DRUM_PITCH)] = N_("Pitch"),
  /* Translators: how far above its pitch a drum begins, short */
  [P (DRUM_BEND)] = N_("Bend"), [P (DRUM_BEND_TIME)] = N_("Bend time"), [P (DRUM_DECAY)] = N_("Decay"),
  [P (DRUM_TONE)] = N_("Tone"),
  /* Translators: the click at a drum's hit */
  [P (DRUM_SNAP)] = N_("Snap"), [P (DRUM_NOISE_DECAY)] = N_("Noise decay"), [P (DRUM_COLOUR)] = N_("Colour"),
};

const char *
tutti_number_short_name (guint address)
{
  return short_names[address] != NULL ? _(short_names[address]) : "";
}
