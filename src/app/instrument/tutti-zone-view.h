/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam-difference.h"
#include "tutti-step-grid.h"

/* The zones of the selected track: their map, and what the selected one is. Signal "add": one more is wanted. */
#define TUTTI_TYPE_ZONE_VIEW (tutti_zone_view_get_type ())
G_DECLARE_FINAL_TYPE (TuttiZoneView, tutti_zone_view, TUTTI, ZONE_VIEW, GtkWidget)

/* @grid: borrowed, outlives it. */
GtkWidget *tutti_zone_view_new     (TuttiStepGrid *grid);
void       tutti_zone_view_refresh (TuttiZoneView *self);

/* What brings @sound on @track as one more zone, @id; a track without zones gets one of its own sound too, which otherwise would be
 * gone: below @sound on the keyboard, or softer where it has no pitch. @own_id: id of that one. (transfer full) */
TuttiOp   *tutti_zone_view_add_op  (const TuttiTrack *track, TuttiId id, TuttiId own_id, const char *sound);

/* The same where @sound falls on @key, at which it is itself: it gets the keys from there to the end of the zone, or of the gap, in
 * which that lies; the zone keeps those below, and no key that sounded falls silent. @new_id: coins an id, first that of @sound's zone.
 * (transfer full) */
TuttiOp   *tutti_zone_view_drop_op (const TuttiTrack *track, TuttiNewId new_id, gpointer user, const char *sound, guint key);

/* Whether @track has room for @n more zones; says in the window of @widget when it has not. */
gboolean   tutti_zone_view_has_room (GtkWidget *widget, const TuttiTrack *track, guint n);
