/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

#include <gtk/gtk.h>

/* Small pieces that stand for a track: plain GTK widgets with the classes of style.css. */

/* The tile of a track: its instrument on its colour. */
GtkWidget *tutti_glyph_new (void);
void       tutti_glyph_set_track (GtkWidget *glyph, const TuttiTrack *track);
/* The tile of all tracks together. */
void       tutti_glyph_set_master (GtkWidget *glyph);
void       tutti_glyph_set_small (GtkWidget *glyph);

/* Replaces whatever class of @names (ended by NULL) with @prefix that @widget wears by the @index-th (−1: none). */
void       tutti_set_colour_class (GtkWidget *widget, const char *prefix, const char * const *names, int index);
