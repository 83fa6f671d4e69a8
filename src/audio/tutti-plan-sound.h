/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-score.h"

#include <glib.h>

/* What stands between the plan, which knows tracks, and the bank, which knows sounds. */

/* What a sound name stands for. */
typedef struct
{
  TuttiScoreSound *sound;        /* borrowed; NULL while it is not here: the track is silent */
  gboolean         gate;         /* its notes end; else it rings out */
  guint            choke_group;  /* 0 none; 1 … 16, of its own, not those that people choose for tracks */
  int              root_note;    /* MIDI note at pitch 0 */
  int              level_cdb;    /* 1/100 dB, added to the track's gain: all sounds are about equally loud at 0 dB */
  int              release_ms;   /* of a track whose release nobody ever changed */
} TuttiPlanSound;

/* Looks @name ("kit:tight-kick", "sha:…") up; fills in all of @out in any case. Called for each track at each compilation. */
typedef void (*TuttiPlanResolve) (const char *name, TuttiPlanSound *out, gpointer user_data);
