/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gdk/gdk.h>

/* Pictures of people, ready to be drawn. */

/* @picture: as in tutti-picture.h; NULL when it is empty. (transfer full) (nullable) */
GdkTexture *tutti_face_new (const char *picture);

/* The picture of @session's person @number; made once, as long as it is the same. (transfer none) (nullable), until "pictured" */
GdkTexture *tutti_face_of (TuttiSession *session, guint number);

/* @face itself or its half, whichever is nearer to @pixels of the screen: GTK 4.8 drops pixels of what is drawn smaller than half. */
GdkTexture *tutti_face_for_pixels (GdkTexture *face, int pixels);
