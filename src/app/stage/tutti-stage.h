/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* What a band wants to read across a room: bar and beat, the section and the next one, tempo, key, who plays. Drawn from the clock once
 * a frame; nothing in it can be changed, so that it is the same for viewers. */
#define TUTTI_TYPE_STAGE (tutti_stage_get_type ())
G_DECLARE_FINAL_TYPE (TuttiStage, tutti_stage, TUTTI, STAGE, GtkWidget)

GtkWidget *tutti_stage_new (TuttiSession *session);

/* In a window of its own over the whole screen, closed by Escape or F11 and with the window of @parent. Returns the window. */
GtkWidget *tutti_stage_open (GtkWidget *parent, TuttiSession *session);
