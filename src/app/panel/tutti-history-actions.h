/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-bar.h"
#include "tutti-session.h"

/* What is done about the past, as the actions "history.…" of @page: hear, go-back and branch (by the seq of the moment), stop,
 * name-moment (a text). While a moment is heard @bar says so; what came of a wish is said in toasts. */
void tutti_history_actions_attach (GtkWidget *page, TuttiSession *session, TuttiBar *bar);
