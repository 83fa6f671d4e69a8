/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* Whether @file is one to be opened here, by its name. */
gboolean tutti_soundfont_is_file (GFile *file);

/* Reads the SoundFont in @file and shows its presets in a window over @page's; the one that is taken becomes what @track plays, or
 * (none) a new track. Says in the window of @page how it went. Closing the window gives it up. */
void     tutti_soundfont_chooser_open (GtkWidget *page, TuttiSession *session, GFile *file, TuttiId track);
