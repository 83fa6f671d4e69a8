/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-trail.h"

#include <gtk/gtk.h>

/* How far this machine was off the shared time in each of the last two minutes' seconds: a line, around it as far as the clock may
 * be wrong, behind both the band that counts as in time; below it a mark for each second with late edits or drop-outs. It draws anew
 * once a second, and says the same in words to those who do not see it. */
GtkWidget *tutti_timing_graph_new (void);

/* @trail: borrowed for the call; the same second twice costs nothing. */
void       tutti_timing_graph_show (GtkWidget *graph, const TuttiTrail *trail);

/* What the graph says, in words. (transfer full) */
char      *tutti_timing_graph_words (const TuttiTrail *trail);
