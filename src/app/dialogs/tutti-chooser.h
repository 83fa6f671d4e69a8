/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* A window with a list to choose one of: found by what is typed, taken by a double click, Enter or the button; Escape closes it. It knows
 * nothing of what its rows stand for; they are known by their numbers, in the order in which they were added, from 0.
 *
 * Signals: "picked" (guint row): somebody here selected it; "taken" (guint row): it is what was wanted. Who is told closes the window. */
#define TUTTI_TYPE_CHOOSER (tutti_chooser_get_type ())
G_DECLARE_FINAL_TYPE (TuttiChooser, tutti_chooser, TUTTI, CHOOSER, AdwWindow)

/* A row; all texts are copied. */
typedef struct
{
  const char *name;
  const char *icon;            /* (nullable) */
  const char *side;            /* (nullable) what stands at its end, dim */
  const char *search;          /* (nullable) what is found beside the name */
  const char *group;           /* (nullable) written above the first row of each */
} TuttiChooserRow;

/* Over the window of @parent, not yet shown; it closes when @parent goes. @take: words of the button. @search: what a screen reader
 * calls the entry. */
TuttiChooser *tutti_chooser_new (GtkWidget *parent, const char *title, const char *take, const char *search);

void          tutti_chooser_add    (TuttiChooser *self, const TuttiChooserRow *row);

/* Nobody is told. */
void          tutti_chooser_select (TuttiChooser *self, guint row);

/* Something below the list. */
void          tutti_chooser_add_below (TuttiChooser *self, GtkWidget *widget);

/* Shows that @words are under way, from 0 to 1; below 0: nothing is. */
void          tutti_chooser_show_progress (TuttiChooser *self, double fraction, const char *words);

/* While it is FALSE nothing can be chosen. */
void          tutti_chooser_set_open (TuttiChooser *self, gboolean open);
