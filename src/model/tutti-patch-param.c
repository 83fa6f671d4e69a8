/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-patch-param.h"

static const TuttiParamSpec specs[TUTTI_N_PATCH] = {
  [TUTTI_PATCH_PARAM_LEVEL] = { "patch-level", "1/100 dB", -2400, 600, 0 },
  [TUTTI_PATCH_PARAM_A_WAVE] = { "a-wave", "0 saw, 1 square, 2 triangle, 3 sine", 0, 3, 0 },
  [TUTTI_PATCH_PARAM_A_WIDTH] = { "a-width", "1/1000 of the period", 20, 980, 500 },
  [TUTTI_PATCH_PARAM_A_LEVEL] = { "a-level", "1/1000", 0, 1000, 1000 },
  [TUTTI_PATCH_PARAM_B_WAVE] = { "b-wave", "as a-wave", 0, 3, 0 },
  [TUTTI_PATCH_PARAM_B_WIDTH] = { "b-width", "1/1000 of the period", 20, 980, 500 },
  [TUTTI_PATCH_PARAM_B_LEVEL] = { "b-level", "1/1000", 0, 1000, 0 },
  [TUTTI_PATCH_PARAM_B_TUNE] = { "b-tune", "semitones from a", -36, 36, 0 },
  [TUTTI_PATCH_PARAM_B_FINE] = { "b-fine", "cents", -100, 100, 0 },
  [TUTTI_PATCH_PARAM_OCTAVE] = { "octave", "octaves", -3, 3, 0 },
  [TUTTI_PATCH_PARAM_SUB] = { "sub", "1/1000", 0, 1000, 0 },
  [TUTTI_PATCH_PARAM_NOISE] = { "noise", "1/1000", 0, 1000, 0 },
  [TUTTI_PATCH_PARAM_RING] = { "ring", "1/1000", 0, 1000, 0 },
  [TUTTI_PATCH_PARAM_FM] = { "fm", "1/1000", 0, 1000, 0 },
  [TUTTI_PATCH_PARAM_FM_ENV] = { "fm-env", "1/1000", -1000, 1000, 0 },
  [TUTTI_PATCH_PARAM_UNISON] = { "unison", "oscillators side by side", 1, 7, 1 },
  [TUTTI_PATCH_PARAM_DETUNE] = { "detune", "cents", 0, 100, 12 },
  [TUTTI_PATCH_PARAM_SPREAD] = { "spread", "1/1000", 0, 1000, 0 },
  [TUTTI_PATCH_PARAM_FILTER] = { "vcf-type", "0 low 24 dB, 1 low 12 dB, 2 band, 3 high, 4 none", 0, 4, 0 },
  [TUTTI_PATCH_PARAM_CUTOFF] = { "vcf-cutoff", "1/1000 of 20 Hz to 20 kHz", 0, 1000, 1000 },
  [TUTTI_PATCH_PARAM_RESONANCE] = { "vcf-resonance", "1/1000", 0, 1000, 0 },
  [TUTTI_PATCH_PARAM_KEY_TRACK] = { "vcf-key", "1/1000", 0, 1000, 0 },
  [TUTTI_PATCH_PARAM_FILTER_ENV] = { "vcf-env", "1/1000", -1000, 1000, 0 },
  [TUTTI_PATCH_PARAM_FILTER_VELOCITY] = { "vcf-velocity", "1/1000", 0, 1000, 0 },
  [TUTTI_PATCH_PARAM_DRIVE] = { "vcf-drive", "1/1000", 0, 1000, 0 },
  [TUTTI_PATCH_PARAM_ATTACK] = { "amp-attack", "ms", 0, 10000, 2 },
  [TUTTI_PATCH_PARAM_HOLD] = { "amp-hold", "ms", 0, 10000, 0 },
  [TUTTI_PATCH_PARAM_DECAY] = { "amp-decay", "ms", 0, 10000, 500 },
  [TUTTI_PATCH_PARAM_SUSTAIN] = { "amp-sustain", "1/1000", 0, 1000, 1000 },
  [TUTTI_PATCH_PARAM_RELEASE] = { "amp-release", "ms", 0, 10000, 60 },
  [TUTTI_PATCH_PARAM_ENV_ATTACK] = { "env-attack", "ms", 0, 10000, 2 },
  [TUTTI_PATCH_PARAM_ENV_HOLD] = { "env-hold", "ms", 0, 10000, 0 },
  [TUTTI_PATCH_PARAM_ENV_DECAY] = { "env-decay", "ms", 0, 10000, 500 },
  [TUTTI_PATCH_PARAM_ENV_SUSTAIN] = { "env-sustain", "1/1000", 0, 1000, 0 },
  [TUTTI_PATCH_PARAM_ENV_RELEASE] = { "env-release", "ms", 0, 10000, 200 },
  [TUTTI_PATCH_PARAM_ENV_PITCH] = { "env-pitch", "cents", -4800, 4800, 0 },
  [TUTTI_PATCH_PARAM_LFO1_SHAPE] = { "lfo1-shape", "0 sine, 1 triangle, 2 saw, 3 square, 4 random", 0, 4, 0 },
  [TUTTI_PATCH_PARAM_LFO1_RATE] = { "lfo1-rate", "1/100 Hz", 1, 5000, 500 },
  [TUTTI_PATCH_PARAM_LFO1_SYNC] = { "lfo1-sync", "0 none, 1 to 15: 1/32, 1/16T, 1/16, 1/8T, 1/16., 1/8, 1/4T, 1/8., 1/4, 1/4., "
                                   "1/2, 1, 2, 4, 8 bars", 0, 15, 0 },
  [TUTTI_PATCH_PARAM_LFO1_FREE] = { "lfo1-free", "0 from the note's start, 1 runs through", 0, 1, 0 },
  [TUTTI_PATCH_PARAM_LFO1_FADE] = { "lfo1-fade", "ms", 0, 5000, 0 },
  [TUTTI_PATCH_PARAM_LFO1_PITCH] = { "lfo1-pitch", "cents", 0, 1200, 0 },
  [TUTTI_PATCH_PARAM_LFO1_CUTOFF] = { "lfo1-cutoff", "1/1000", -1000, 1000, 0 },
  [TUTTI_PATCH_PARAM_LFO1_WIDTH] = { "lfo1-width", "1/1000", -500, 500, 0 },
  [TUTTI_PATCH_PARAM_LFO1_AMP] = { "lfo1-amp", "1/1000", 0, 1000, 0 },
  [TUTTI_PATCH_PARAM_LFO2_SHAPE] = { "lfo2-shape", "as lfo1-shape", 0, 4, 0 },
  [TUTTI_PATCH_PARAM_LFO2_RATE] = { "lfo2-rate", "1/100 Hz", 1, 5000, 100 },
  [TUTTI_PATCH_PARAM_LFO2_SYNC] = { "lfo2-sync", "as lfo1-sync", 0, 15, 0 },
  [TUTTI_PATCH_PARAM_LFO2_FREE] = { "lfo2-free", "as lfo1-free", 0, 1, 0 },
  [TUTTI_PATCH_PARAM_LFO2_PITCH] = { "lfo2-pitch", "cents", 0, 1200, 0 },
  [TUTTI_PATCH_PARAM_LFO2_CUTOFF] = { "lfo2-cutoff", "1/1000", -1000, 1000, 0 },
  [TUTTI_PATCH_PARAM_LFO2_WIDTH] = { "lfo2-width", "1/1000", -500, 500, 0 },
  [TUTTI_PATCH_PARAM_VOICES] = { "voices", "0 many, 1 one, 2 one that goes on while keys overlap", 0, 2, 0 },
  [TUTTI_PATCH_PARAM_GLIDE] = { "glide", "ms", 0, 2000, 60 },
  [TUTTI_PATCH_PARAM_ACCENT] = { "accent", "1/1000", 0, 1000, 300 },
  [TUTTI_PATCH_PARAM_VELOCITY] = { "velocity", "1/1000", 0, 1000, 1000 },
  [TUTTI_PATCH_PARAM_DRUM_PITCH] = { "drum-pitch", "cents", -2400, 2400, 0 },
  [TUTTI_PATCH_PARAM_DRUM_BEND] = { "drum-bend", "cents", 0, 4800, 0 },
  [TUTTI_PATCH_PARAM_DRUM_BEND_TIME] = { "drum-bend-time", "ms", 1, 1000, 40 },
  [TUTTI_PATCH_PARAM_DRUM_DECAY] = { "drum-decay", "ms", 5, 8000, 300 },
  [TUTTI_PATCH_PARAM_DRUM_TONE] = { "drum-tone", "1/1000", 0, 1000, 500 },
  [TUTTI_PATCH_PARAM_DRUM_SNAP] = { "drum-snap", "1/1000", 0, 1000, 0 },
  [TUTTI_PATCH_PARAM_DRUM_NOISE_DECAY] = { "drum-noise-decay", "ms", 5, 8000, 150 },
  [TUTTI_PATCH_PARAM_DRUM_COLOUR] = { "drum-colour", "1/1000", 0, 1000, 500 },
  [TUTTI_PATCH_PARAM_LOOP] = { "loop", "0 none, 1 on, 2 until the note ends", 0, 2, 0 },
  [TUTTI_PATCH_PARAM_LOOP_START] = { "loop-start", "1/10000 of the sound", 0, 10000, 0 },
  [TUTTI_PATCH_PARAM_LOOP_END] = { "loop-end", "1/10000 of the sound", 0, 10000, 10000 },
  [TUTTI_PATCH_PARAM_LOOP_FADE] = { "loop-fade", "ms", 0, 5000, 10 },
  [TUTTI_PATCH_PARAM_REVERSE] = { "reverse", "0 forwards, 1 backwards", 0, 1, 0 },
};

const TuttiParamSpec *
tutti_patch_spec (TuttiPatchParam param)
{
  return &specs[param];
}

int
tutti_patch_find (const char *name)
{
  for (int i = 0; i < TUTTI_N_PATCH; i++)
    if (g_str_equal (specs[i].name, name))
      return i;
  return -1;
}
