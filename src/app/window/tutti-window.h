/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam-page.h"
#include "tutti-start-page.h"

#include <adwaita.h>

/* The window: the start page and, when one is open, a jam page. What hosting, joining and opening mean is decided by
 * whoever owns it; the window passes the wishes of the start page on. The only place that creates the leaflet. */
#define TUTTI_TYPE_WINDOW (tutti_window_get_type ())
G_DECLARE_FINAL_TYPE (TuttiWindow, tutti_window, TUTTI, WINDOW, AdwApplicationWindow)

GtkWidget      *tutti_window_new (GtkApplication *app);
TuttiStartPage *tutti_window_get_start (TuttiWindow *self);
TuttiJamPage   *tutti_window_get_jam (TuttiWindow *self);        /* (nullable) */

/* Shows @session; an open one is closed first. NULL goes back to the start page. Signal "left" when the user left. */
void            tutti_window_set_session (TuttiWindow *self, TuttiSession *session);

/* A toast. */
void            tutti_window_say (TuttiWindow *self, const char *text);
