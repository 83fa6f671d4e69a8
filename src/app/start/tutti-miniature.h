/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

#include <gtk/gtk.h>

/* A picture of the first tracks of a jam, a row each: 16 × 4 small cells for a card, a 3 × 3 tile for a list row. */
#define TUTTI_TYPE_MINIATURE (tutti_miniature_get_type ())
G_DECLARE_FINAL_TYPE (TuttiMiniature, tutti_miniature, TUTTI, MINIATURE, GtkWidget)

#define TUTTI_MINIATURE_ROWS 4
#define TUTTI_MINIATURE_STEPS 16

typedef struct
{
  guint8  colour[TUTTI_MINIATURE_ROWS];   /* TuttiColour */
  guint16 on[TUTTI_MINIATURE_ROWS];       /* bit i: step i */
} TuttiMiniaturePattern;

GtkWidget *tutti_miniature_new (void);
void       tutti_miniature_set_pattern (TuttiMiniature *self, const TuttiMiniaturePattern *pattern);

/* The tile of a list row: three colours drawn from @seed (an id), the same for the same jam. */
GtkWidget *tutti_miniature_tile_new (const char *seed);

/* The pattern of the first scene of @jam. */
void       tutti_miniature_pattern_of (const TuttiJam *jam, TuttiMiniaturePattern *pattern);
