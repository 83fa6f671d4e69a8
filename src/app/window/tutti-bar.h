/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The news below the transport, one at a time, worst first. (libadwaita's banner is newer than what we build on.) */
#define TUTTI_TYPE_BAR (tutti_bar_get_type ())
G_DECLARE_FINAL_TYPE (TuttiBar, tutti_bar, TUTTI, BAR, GtkWidget)

typedef enum { TUTTI_BAR_PLAIN, TUTTI_BAR_NEWS, TUTTI_BAR_LEAD, TUTTI_BAR_LATE, TUTTI_BAR_WARN } TuttiBarKind;

GtkWidget *tutti_bar_new (void);

/* Shows @text with @icon; @button (nullable) activates @action. Something worse that is being shown stays. */
void       tutti_bar_show (TuttiBar *self, TuttiBarKind kind, const char *icon, const char *text, const char *button,
                           const char *action);

/* Takes what is shown away when it is of @kind. */
void       tutti_bar_clear (TuttiBar *self, TuttiBarKind kind);
