/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* One moment of the History page: who, what, when, and, while it is selected, what can be done about it. */
#define TUTTI_TYPE_MOMENT_ROW (tutti_moment_row_get_type ())
G_DECLARE_FINAL_TYPE (TuttiMomentRow, tutti_moment_row, TUTTI, MOMENT_ROW, GtkWidget)

GtkWidget *tutti_moment_row_new (TuttiSession *session);

/* @moment: (nullable). */
void       tutti_moment_row_show (TuttiMomentRow *self, TuttiMoment *moment);
void       tutti_moment_row_set_selected (TuttiMomentRow *self, gboolean selected);

/* The picture of who did it, which may have come only now. */
void       tutti_moment_row_show_face (TuttiMomentRow *self);

/* Time passed, or another moment is heard. */
void       tutti_moment_row_refresh (TuttiMomentRow *self);
