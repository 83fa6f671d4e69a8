/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The small picture that stands for a jam in a list: two players' pads and the bar on which they sound together. Its colours
 * come from the jam's id, so that a jam is known by them again. Decoration for assistive technology. */
#define TUTTI_TYPE_JAM_TILE (tutti_jam_tile_get_type ())
G_DECLARE_FINAL_TYPE (TuttiJamTile, tutti_jam_tile, TUTTI, JAM_TILE, GtkWidget)

GtkWidget *tutti_jam_tile_new (const char *id);

/* The first colour of the tile of jam @id: a TuttiColour. */
int        tutti_jam_tile_colour (const char *id);
