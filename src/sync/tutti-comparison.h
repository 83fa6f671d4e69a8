/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-rendered.h"

G_BEGIN_DECLS

/* What several machines made of one second, and who differs. */
typedef struct
{
  guint         number;            /* of the person */
  TuttiRendered rendered;          /* owned */
  gboolean      same;              /* as most of those whose state is OK; means nothing for other states */
  TuttiId       track;             /* of who differs: the first track that does; none when it is only the mix */
} TuttiCompared;

/* (transfer full) of TuttiCompared, empty. */
GArray *tutti_comparison_new (void);

/* Adds a copy of what @number made of it; a second answer of the same person is left out. */
void    tutti_comparison_add (GArray *comparison, guint number, const TuttiRendered *rendered);

/* Says of each whose state is OK whether it is as most of them are; where as many are this as that, as whom came first. */
void    tutti_comparison_judge (GArray *comparison);

/* How many are in @state; those that are OK are what was compared. */
guint   tutti_comparison_count (const GArray *comparison, TuttiRenderedState state);

/* Whether all that could be compared are the same. */
gboolean tutti_comparison_agrees (const GArray *comparison);

G_END_DECLS
