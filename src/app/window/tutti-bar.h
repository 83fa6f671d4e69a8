/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The news below the transport, one at a time, worst first. (libadwaita's banner is newer than what we build on.) */
#define TUTTI_TYPE_BAR (tutti_bar_get_type ())
G_DECLARE_FINAL_TYPE (TuttiBar, tutti_bar, TUTTI, BAR, GtkWidget)

typedef enum
{
  TUTTI_BAR_WORK, TUTTI_BAR_NEWS, TUTTI_BAR_PUBLISHED, TUTTI_BAR_VIEWER, TUTTI_BAR_LEAD, TUTTI_BAR_LATE, TUTTI_BAR_WARN,
  TUTTI_BAR_MINE, TUTTI_BAR_DISK,
  TUTTI_N_BAR_KINDS
} TuttiBarKind;

GtkWidget *tutti_bar_new (void);

/* Says @text with @icon; @button (nullable) activates @action. What is worse hides it until that is over. */
void       tutti_bar_show (TuttiBar *self, TuttiBarKind kind, const char *icon, const char *text, const char *button,
                           const char *action);

/* What was said of @kind is over. */
void       tutti_bar_clear (TuttiBar *self, TuttiBarKind kind);
