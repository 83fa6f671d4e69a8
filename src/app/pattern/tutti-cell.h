/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

#include <gtk/gtk.h>

/* One step of one track on the screen. (The step itself is TuttiStep in the model.) It only shows: pointer and keys are
 * handled by the grid around it, because a stroke of paint crosses many cells. */
#define TUTTI_TYPE_CELL (tutti_cell_get_type ())
G_DECLARE_FINAL_TYPE (TuttiCell, tutti_cell, TUTTI, CELL, GtkWidget)

typedef enum
{
  TUTTI_CELL_ON_BEAT   = 1 << 0,
  TUTTI_CELL_CONTINUED = 1 << 1,   /* covered by the step before it: has no face of its own */
  TUTTI_CELL_SELECTED  = 1 << 2,
  TUTTI_CELL_PLAYING   = 1 << 3,
  TUTTI_CELL_PENDING   = 1 << 4,   /* not sent yet */
  TUTTI_CELL_LATE      = 1 << 5,
  TUTTI_CELL_CONFLICT  = 1 << 6,   /* mine was overridden */
  TUTTI_CELL_REFUSED   = 1 << 7,
  TUTTI_CELL_CHANGED   = 1 << 8    /* by another, just now: only said */
} TuttiCellFlags;

/* Everything that is drawn. */
typedef struct
{
  TuttiStep      step;
  TuttiCellFlags flags;
  guint8         colour;       /* TuttiColour */
  guint16        ticks_per_step;
  float          span;         /* pixels that its block goes on past its right edge */
  char           text[12];     /* name of its note, or empty */
} TuttiCellLook;

GtkWidget           *tutti_cell_new (void);

/* Shows @look; draws and speaks only what changed. Returns: whether it looks otherwise than before. */
gboolean             tutti_cell_set_look (TuttiCell *self, const TuttiCellLook *look);
const TuttiCellLook *tutti_cell_get_look (TuttiCell *self);

/* The middle of the badge of an overridden edit, from the upper right corner of the block: the first row has nothing above it. */
#define TUTTI_CELL_BADGE_X 4
#define TUTTI_CELL_BADGE_Y 7

/* Sets or clears one of the flags that come and go between changes of the document. */
void                 tutti_cell_set_flag (TuttiCell *self, TuttiCellFlags flag, gboolean on);

/* What assistive technology says: "Snare, step 5, on, velocity 110", and the rest. */
void                 tutti_cell_set_words (TuttiCell *self, const char *name, const char *description);

/* Draws @look at the origin of @snapshot. @grow: 0…1, how much of the block has grown yet. */
void                 tutti_cell_draw (GtkSnapshot *snapshot, GtkWidget *widget, const TuttiCellLook *look, float width,
                                      float height, float grow, gboolean focused);
