/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The section "Your Jams": the last ones as cards, or rows in a narrow window, and the way to all of them. What is done to them are the
 * window's actions with the jam's id. Property "empty". */
#define TUTTI_TYPE_RECENT (tutti_recent_get_type ())
G_DECLARE_FINAL_TYPE (TuttiRecent, tutti_recent, TUTTI, RECENT, GtkWidget)

GtkWidget *tutti_recent_new        (TuttiStudio *studio);
gboolean   tutti_recent_get_empty  (TuttiRecent *self);

/* Asks the store again (on its thread) and shows what it answers. */
void       tutti_recent_refresh    (TuttiRecent *self);
void       tutti_recent_set_narrow (TuttiRecent *self, gboolean narrow);
void       tutti_recent_set_filter (TuttiRecent *self, const char *text);

G_END_DECLS
