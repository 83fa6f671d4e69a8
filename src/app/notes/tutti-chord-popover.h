/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-harmony.h"

#include <gtk/gtk.h>

/* Asks which chord: typed ("Am7"), one of the jam's scale, or root and kind by hand. What is chosen is heard, and is told when it is
 * confirmed. */

/* @quality: TUTTI_HARMONY_NONE takes it away. */
typedef void (*TuttiChordChosen) (guint root, TuttiHarmony quality, gpointer user_data);

typedef struct
{
  TuttiChordChosen heard, chosen;
  gpointer         user_data;  /* borrowed: what has the popover has it too */
} TuttiChordAsker;

/* Opens at @at of @page, which calls tutti_passing_menu_lay_out(); it says first @root and @quality, which are there already when
 * @there, and instead of them @typed when that is not NULL. */
GtkWidget *tutti_chord_popover (GtkWidget *page, const GdkRectangle *at, const TuttiJam *jam, guint root, TuttiHarmony quality,
                                gboolean there, const char *typed, const TuttiChordAsker *asker);
