/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* The two buttons M and S of a track, as heads, strips and clip columns wear them. */
GtkWidget *tutti_mute_solo_new (TuttiSession *session, gboolean tall);
void       tutti_mute_solo_show (GtkWidget *mute_solo, const TuttiTrack *track);
