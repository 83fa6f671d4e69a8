/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-numbers.h"

/* What an instrument's panel has on it, as tables: pages of numbers with pictures above them. */

typedef enum
{
  TUTTI_PLOT_NONE,
  TUTTI_PLOT_SOUND,            /* of the sampler: the wave with start, end and envelope */
  TUTTI_PLOT_WAVE,             /* what the oscillators make together */
  TUTTI_PLOT_WAVE_A,
  TUTTI_PLOT_WAVE_B,
  TUTTI_PLOT_FILTER,
  TUTTI_PLOT_AMP,              /* the envelope of the loudness */
  TUTTI_PLOT_ENV,              /* the second envelope */
  TUTTI_PLOT_LFO1,
  TUTTI_PLOT_LFO2,
  TUTTI_PLOT_DRUM,             /* a drum's pitch and loudness over time */
  TUTTI_PLOT_ZONES,            /* the sampler's zones: a view of its own in place of pictures and numbers */
  TUTTI_N_PLOTS
} TuttiPlotKind;

#define TUTTI_PAGE_PLOTS 4
#define TUTTI_PAGE_NUMBERS 18
#define TUTTI_PAGE_COLUMNS 8
#define TUTTI_NO_NUMBER G_MAXUINT16

typedef struct
{
  const char   *name;          /* to be translated; ends a list */
  TuttiPlotKind plots[TUTTI_PAGE_PLOTS];       /* side by side; ended by NONE */
  guint16       numbers[TUTTI_PAGE_NUMBERS];   /* addresses; ended by TUTTI_NO_NUMBER */
} TuttiPanelPage;

#define TUTTI_PANEL_PAGES_MAX 8

/* The pages of @instrument, ended by one without a name. The first holds what is turned most, for a synthesiser by the category of
 * its preset: tutti_panel_macros(). */
const TuttiPanelPage *tutti_panel_pages  (TuttiInstrument instrument);
const guint16        *tutti_panel_macros (TuttiPresetCategory category);

/* A number with few values, each of which has a word. */
gboolean              tutti_number_is_choice (guint address);

/* Short, beside others of its page: "Attack". */
const char           *tutti_number_short_name (guint address);
