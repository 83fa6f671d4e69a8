/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Who is playing: a name with dice and the eight colours. Signals "changed" and "activate" (Enter in the name). */
#define TUTTI_TYPE_PROFILE_EDITOR (tutti_profile_editor_get_type ())
G_DECLARE_FINAL_TYPE (TuttiProfileEditor, tutti_profile_editor, TUTTI, PROFILE_EDITOR, GtkWidget)

/* @name: (nullable) and @colour (TuttiPersonColour, −1: none): to begin with; what is missing is drawn. */
GtkWidget *tutti_profile_editor_new        (const char *name, int colour);

/* Without surrounding space; NULL while it is empty or too long. (transfer full) */
char      *tutti_profile_editor_dup_name   (TuttiProfileEditor *self);
int        tutti_profile_editor_get_colour (TuttiProfileEditor *self);
