/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* The Clips view: tracks across, scenes down, all launched on the quantum that is chosen above. */
#define TUTTI_TYPE_CLIPS_PAGE (tutti_clips_page_get_type ())
G_DECLARE_FINAL_TYPE (TuttiClipsPage, tutti_clips_page, TUTTI, CLIPS_PAGE, GtkWidget)

GtkWidget *tutti_clips_page_new (TuttiSession *session);
void       tutti_clips_page_refresh (TuttiClipsPage *self, const TuttiTarget *what);
void       tutti_clips_page_set_narrow (TuttiClipsPage *self, gboolean narrow);
void       tutti_clips_page_beat (TuttiClipsPage *self, gint64 tick, gboolean playing);

/* Launches the @index-th scene on the chosen quantum; −1 stops all clips. */
void       tutti_clips_page_launch_scene (TuttiClipsPage *self, int index);
