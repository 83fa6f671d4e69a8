/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* How well this machine keeps time, in words. Strings are new (transfer full) unless they are `const`. */

/* What is to be said of this machine itself: "In time" and so on, unless its sound dropped out lately, which only it knows. */
const char *tutti_quality_word_now (const TuttiTiming *timing);
char       *tutti_quality_figure (const TuttiTiming *timing);   /* "±0.1 ms", or empty */
char       *tutti_quality_sentence (const TuttiTiming *timing); /* "You are in time" */
char       *tutti_quality_title (const TuttiTiming *timing);    /* "In time ±0.1 ms" */
char       *tutti_quality_tooltip (const TuttiTiming *timing);

/* A chip that says it; a button that activates @action when given. */
GtkWidget  *tutti_quality_chip_new (const char *action);
void        tutti_quality_chip_show (GtkWidget *chip, TuttiQuality quality, const char *figure);
void        tutti_quality_chip_show_now (GtkWidget *chip, const TuttiTiming *timing, gboolean with_figure);

/* @mark, an image of class "big-check", has the icon and the colour of how this machine's sound is now. */
void        tutti_quality_mark_show (GtkWidget *mark, const TuttiTiming *timing);
