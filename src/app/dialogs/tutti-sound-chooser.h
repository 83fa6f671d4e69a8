/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

typedef void (*TuttiSoundChosen) (const char *sound, gpointer user_data);

/* A list of the built-in sounds and those of the jam, over the window of @parent. A click plays one here only, on @track if
 * there is one (tutti-audition.h); a double click, Enter or the button takes it. @user_data must outlive @parent. */
void tutti_sound_chooser_open (GtkWidget *parent, TuttiSession *session, const char *title, TuttiId track, TuttiSoundChosen chosen,
                               gpointer user_data);
