/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-bar.h"
#include "tutti-session.h"

/* Tells what happens in @session: who came and went, edits that crossed, the way to the host, in toasts over @page and in @bar.
 * Its buttons are the actions "news." of @page. Lives as long as @page. */
void tutti_jam_news_attach (GtkWidget *page, TuttiSession *session, TuttiBar *bar);
