/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* The monitor mix of whoever sits here: in each strip of the mixer a slider for how much louder or softer only this machine hears the
 * track. What is heard follows what is remembered, jam by jam and track by track. */
#define TUTTI_TYPE_MY_EARS (tutti_my_ears_get_type ())
G_DECLARE_FINAL_TYPE (TuttiMyEars, tutti_my_ears, TUTTI, MY_EARS, GtkWidget)

GtkWidget *tutti_my_ears_new  (TuttiSession *session);
void       tutti_my_ears_show (TuttiMyEars *self, const TuttiTrack *track);

/* A boolean @property of @widget says whether my ears are on, and decides it where somebody can change it. */
void       tutti_my_ears_bind (GtkWidget *widget, const char *property);

/* Lets @session sound as is remembered of the tracks of its jam. */
void       tutti_my_ears_apply (TuttiSession *session);
