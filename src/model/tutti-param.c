/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-param.h"

static const TuttiParamSpec specs[TUTTI_N_PARAMS] = {
  [TUTTI_PARAM_GAIN]        = { "gain", "1/100 dB", TUTTI_GAIN_MIN_CDB, TUTTI_GAIN_MAX_CDB, 0 },
  [TUTTI_PARAM_PAN]         = { "pan", "1/1000", -1000, 1000, 0 },
  [TUTTI_PARAM_TUNE]        = { "tune", "cents", -1200, 1200, 0 },
  [TUTTI_PARAM_START]       = { "start", "1/1000", 0, 1000, 0 },
  [TUTTI_PARAM_END]         = { "end", "1/1000", 0, 1000, 1000 },
  [TUTTI_PARAM_ATTACK]      = { "attack", "ms", 0, 5000, 0 },
  [TUTTI_PARAM_DECAY]       = { "decay", "ms", 0, 10000, 0 },
  [TUTTI_PARAM_SUSTAIN]     = { "sustain", "1/1000", 0, 1000, 1000 },
  [TUTTI_PARAM_RELEASE]     = { "release", "ms", 0, 10000, 30 },
  [TUTTI_PARAM_CUTOFF]      = { "cutoff", "1/1000 of 20 Hz to 20 kHz", 0, 1000, 1000 },
  [TUTTI_PARAM_RESONANCE]   = { "resonance", "1/1000", 0, 1000, 0 },
  [TUTTI_PARAM_FILTER_TYPE] = { "filter", "0 low, 1 band, 2 high", 0, 2, 0 },
  [TUTTI_PARAM_DRIVE]       = { "drive", "1/1000", 0, 1000, 0 },
  [TUTTI_PARAM_DELAY_SEND]  = { "delay", "1/100 dB", TUTTI_GAIN_MIN_CDB, TUTTI_GAIN_MAX_CDB, TUTTI_GAIN_MIN_CDB },
  [TUTTI_PARAM_REVERB_SEND] = { "reverb", "1/100 dB", TUTTI_GAIN_MIN_CDB, TUTTI_GAIN_MAX_CDB, TUTTI_GAIN_MIN_CDB },
};

const TuttiParamSpec *
tutti_param_spec (TuttiParam param)
{
  return &specs[param];
}

int
tutti_param_find (const char *name)
{
  for (int i = 0; i < TUTTI_N_PARAMS; i++)
    if (g_str_equal (specs[i].name, name))
      return i;
  return -1;
}
