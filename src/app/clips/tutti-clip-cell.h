/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

#include <gtk/gtk.h>

/* One place of the launcher: a clip, an empty slot, or (without track) a scene. (The clip itself is TuttiClip in the
 * model.) Signals: "launch": click or Enter; "create": double click on an empty place; "menu" (x, y). */
#define TUTTI_TYPE_CLIP_CELL (tutti_clip_cell_get_type ())
G_DECLARE_FINAL_TYPE (TuttiClipCell, tutti_clip_cell, TUTTI, CLIP_CELL, GtkWidget)

typedef enum
{
  TUTTI_CLIP_EMPTY, TUTTI_CLIP_LOADED, TUTTI_CLIP_QUEUED, TUTTI_CLIP_PLAYING, TUTTI_CLIP_STOPPING, TUTTI_CLIP_MISSING
} TuttiClipState;

typedef struct
{
  TuttiClipState state;
  int            colour;       /* TuttiColour; −1: a scene */
  char           name[TUTTI_NAME_BYTES_MAX + 1];
  guint8         preview[16];  /* loudest velocity of each sixteenth part, 0 none */
  int            number;       /* of a scene, counted from 1 */
} TuttiClipLook;

GtkWidget           *tutti_clip_cell_new (void);
void                 tutti_clip_cell_set_look (TuttiClipCell *self, const TuttiClipLook *look);
const TuttiClipLook *tutti_clip_cell_get_look (TuttiClipCell *self);

/* What moves: @beats_left until it starts or stops, @progress 0…1 through the clip, @lit half of each beat. */
void                 tutti_clip_cell_beat (TuttiClipCell *self, int beats_left, double progress, gboolean lit);

void                 tutti_clip_cell_set_words (TuttiClipCell *self, const char *name, const char *description);

/* Fills the preview of @look from the steps of @clip. */
void                 tutti_clip_look_preview (TuttiClipLook *look, const TuttiClip *clip);
