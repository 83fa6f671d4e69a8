/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* A person, round: their picture, or the initials on their colour. */
#define TUTTI_TYPE_AVATAR (tutti_avatar_get_type ())
G_DECLARE_FINAL_TYPE (TuttiAvatar, tutti_avatar, TUTTI, AVATAR, GtkWidget)

/* @size_class: (nullable) "large" or "small-chip". */
GtkWidget *tutti_avatar_new (const char *size_class);

/* The initials of @name on @colour (TuttiPersonColour, −1: none). */
void       tutti_avatar_set (GtkWidget *avatar, const char *name, int colour);

/* The same, with the picture of @session's person @number over it, where they have one. */
void       tutti_avatar_set_person (GtkWidget *avatar, TuttiSession *session, guint number, const char *name, int colour);

/* @face: (nullable) as tutti_face_new() makes it, over the initials that are there already. */
void       tutti_avatar_set_face (GtkWidget *avatar, GdkTexture *face);
