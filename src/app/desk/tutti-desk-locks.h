/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

#include <gtk/gtk.h>

/* The locks of one step, each with a button that removes it; or, where it has none, how to make one.
 *
 * Signal: "unlock" (guint address): that lock is not wanted. */
#define TUTTI_TYPE_DESK_LOCKS (tutti_desk_locks_get_type ())
G_DECLARE_FINAL_TYPE (TuttiDeskLocks, tutti_desk_locks, TUTTI, DESK_LOCKS, GtkBox)

GtkWidget *tutti_desk_locks_new (void);

/* @step: of @track, which names what is locked. */
void       tutti_desk_locks_show (TuttiDeskLocks *self, const TuttiTrack *track, const TuttiStep *step);
