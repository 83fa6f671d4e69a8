/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Everything about a track's sound that is one number. Any of them can be locked on a step. The order is the order of
 * the sound core's own list (tutti-score.h) and of nothing on the wire: there, parameters go by name. */
typedef enum
{
  TUTTI_PARAM_GAIN,            /* 1/100 dB */
  TUTTI_PARAM_PAN,             /* −1000 left … 1000 right */
  TUTTI_PARAM_TUNE,            /* cents */
  TUTTI_PARAM_START,           /* ‰ of the sound */
  TUTTI_PARAM_END,             /* ‰ of the sound */
  TUTTI_PARAM_ATTACK,          /* ms */
  TUTTI_PARAM_DECAY,           /* ms */
  TUTTI_PARAM_SUSTAIN,         /* ‰ */
  TUTTI_PARAM_RELEASE,         /* ms */
  TUTTI_PARAM_CUTOFF,          /* ‰ of the way from 20 Hz to 20 kHz, exponential; 1000 is open */
  TUTTI_PARAM_RESONANCE,       /* ‰ */
  TUTTI_PARAM_FILTER_TYPE,     /* 0 low pass, 1 band pass, 2 high pass */
  TUTTI_PARAM_DRIVE,           /* ‰ */
  TUTTI_PARAM_DELAY_SEND,      /* 1/100 dB, −9000 is off */
  TUTTI_PARAM_REVERB_SEND,     /* 1/100 dB, −9000 is off */
  TUTTI_N_PARAMS
} TuttiParam;

#define TUTTI_GAIN_MIN_CDB (-9000)   /* stands for silence */
#define TUTTI_GAIN_MAX_CDB 600

typedef struct
{
  const char *name;            /* on the wire */
  const char *unit;            /* for the published schema */
  gint16      min, max, initial;
} TuttiParamSpec;

/* The description of @param; lives for ever. */
const TuttiParamSpec *tutti_param_spec (TuttiParam param);

/* The parameter called @name on the wire, or -1. */
int                   tutti_param_find (const char *name);
