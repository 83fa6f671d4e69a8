/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* The personal effects as cards side by side, and a button that adds one. What is heard and what is remembered follow what is
 * done here. */
#define TUTTI_TYPE_PERSONAL_RACK (tutti_personal_rack_get_type ())
G_DECLARE_FINAL_TYPE (TuttiPersonalRack, tutti_personal_rack, TUTTI, PERSONAL_RACK, GtkWidget)

GtkWidget *tutti_personal_rack_new (TuttiSession *session);

/* Lets @session's output sound through what is remembered. */
void       tutti_personal_rack_apply (TuttiSession *session);
