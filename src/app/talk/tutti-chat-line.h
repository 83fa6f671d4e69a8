/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* One line of chat as a bubble: @mine at the end side, others with their avatar and name. @names: it begins a run of the same person.
 * Links are told by the label's own signal "activate-link", which bubbles up as the action "chat.link" (s). */
GtkWidget *tutti_chat_line_new    (TuttiSession *session, const TuttiLine *line, gboolean mine, gboolean names);

/* Name, colour and picture of who said it, as @session has them now. */
void       tutti_chat_line_update (GtkWidget *line, TuttiSession *session);
