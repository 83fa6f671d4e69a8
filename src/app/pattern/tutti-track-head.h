/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* The head of a row: glyph, name, what is unusual, mute, solo, level. Compact: glyph and level only.
 * Signal "chosen": it was clicked; "menu" (x, y): its menu is wanted. */
#define TUTTI_TYPE_TRACK_HEAD (tutti_track_head_get_type ())
G_DECLARE_FINAL_TYPE (TuttiTrackHead, tutti_track_head, TUTTI, TRACK_HEAD, GtkWidget)

GtkWidget *tutti_track_head_new (TuttiSession *session);
void       tutti_track_head_show (TuttiTrackHead *self, const TuttiJam *jam, const TuttiTrack *track, const TuttiClip *clip,
                                  gboolean selected, gboolean compact);
/* Dims the glyph of a track that mute or somebody's solo keeps silent. */
void       tutti_track_head_show_audible (TuttiTrackHead *self, gboolean audible);
TuttiId    tutti_track_head_get_track (TuttiTrackHead *self);
void       tutti_track_head_feed (TuttiTrackHead *self, gint64 now_us);
