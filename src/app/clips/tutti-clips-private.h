/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-clip-cell.h"
#include "tutti-clips-page.h"

/* The clips page's parts, shared by its files alone. */

/* Everything of one track, top to bottom; the grid's rows beside scenes. */
typedef struct
{
  TuttiId    track;
  GtkWidget *glyph, *name, *stop, *volume, *mute_solo;
  GPtrArray *cells;            /* borrowed children of the grid, one a scene */
  TuttiId    playing, waiting; /* clips, as shown; none: none */
} TuttiClipsColumn;

struct _TuttiClipsPage
{
  GtkWidget     parent_instance;
  TuttiSession *session;       /* owned */
  GtkWidget    *root, *grid, *scenes_grid, *quanta[TUTTI_N_QUANTA], *title, *chip, *stop_words, *add_scene;
  GPtrArray    *columns;       /* of TuttiClipsColumn, owned */
  GPtrArray    *scenes;        /* borrowed children: cells */
  guint         built_tracks, built_scenes;
  gboolean      showing, narrow;
  gboolean      stale;         /* something changed while nobody saw it */
  gint64        shown_beat;
};

/* Tools above, tracks that scroll sideways, scenes beside them (tutti-clips-build.c). */
void tutti_clips_build (TuttiClipsPage *self);

/* As many columns and rows as @jam has tracks and scenes, still without words. */
void tutti_clips_rebuild (TuttiClipsPage *self, const TuttiJam *jam);

/* The page has this width, or the other. */
void tutti_clips_fit (TuttiClipsPage *self);

/* What a click means (tutti-clips-actions.c): in a cell of a track or of the scenes, a button below, the fader of a track. */
void tutti_clips_on_launch (TuttiClipCell *cell, TuttiClipsPage *self);
void tutti_clips_on_create (TuttiClipCell *cell, TuttiClipsPage *self);
void tutti_clips_on_scene_launch (TuttiClipCell *cell, TuttiClipsPage *self);
void tutti_clips_on_stop_all (GtkButton *button, TuttiClipsPage *self);
void tutti_clips_on_stop_track (GtkButton *button, TuttiClipsPage *self);
void tutti_clips_on_add_scene (GtkButton *button, TuttiClipsPage *self);
void tutti_clips_on_volume (GtkRange *range, TuttiClipsPage *self);
