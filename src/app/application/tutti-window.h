/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-address.h"
#include "tutti-studio.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The window: start page and, when one is open, a jam. Everything it does is one of its actions:
 *
 *   new-beat, demo-beat, demo-jam, library;
 *   open-jam, rename-jam, describe-jam, publish-jam, unpublish-jam, copy-jam, remix-jam, delete-jam,
 *   restore-jam (id); save-copy, remix (of the jam that is open)
 *   host, join-address, join-nearby (id), join-again, cancel-joining, back
 *   profile, search, listen-at-host, how-to-avahi, say (text) */
#define TUTTI_TYPE_WINDOW (tutti_window_get_type ())
G_DECLARE_FINAL_TYPE (TuttiWindow, tutti_window, TUTTI, WINDOW, AdwApplicationWindow)

GtkWidget *tutti_window_new         (GtkApplication *application, TuttiStudio *studio);

/* A window that says why there is none to work in. @folder: where the jams are kept. */
GtkWidget *tutti_window_new_broken  (GtkApplication *application, const GError *error, const char *folder);

/* Joins what a link or a person named. */
void       tutti_window_join        (TuttiWindow *self, const TuttiAddress *address);

/* Opens own jam @id. @play: starts it as soon as it is there, after a count-in. */
void       tutti_window_open        (TuttiWindow *self, const char *id, gboolean play);

/* Asks who is playing, then opens the demo beat; when this was done before, nothing happens. */
void       tutti_window_first_run   (TuttiWindow *self);

G_END_DECLS
