/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* What is said, and an entry to say something. Signals: "unread" (guint n): so many lines came since the page was seen last;
 * "show-track" (TuttiId *): a link to a track was followed. */
#define TUTTI_TYPE_CHAT_PAGE (tutti_chat_page_get_type ())
G_DECLARE_FINAL_TYPE (TuttiChatPage, tutti_chat_page, TUTTI, CHAT_PAGE, GtkWidget)

GtkWidget *tutti_chat_page_new (TuttiSession *session);

/* The keyboard goes to the entry. */
void       tutti_chat_page_focus (TuttiChatPage *self);
