/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* The History page of the side panel: what was overridden, and everything that happened, newest first; more of it comes when
 * somebody scrolls there. What is done about a moment are the actions of tutti-history-actions.h. */
#define TUTTI_TYPE_HISTORY_PAGE (tutti_history_page_get_type ())
G_DECLARE_FINAL_TYPE (TuttiHistoryPage, tutti_history_page, TUTTI, HISTORY_PAGE, GtkWidget)

GtkWidget *tutti_history_page_new (TuttiSession *session);
