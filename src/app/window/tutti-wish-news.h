/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-bar.h"
#include "tutti-session.h"

/* What people ask of each other: to edit, for the lead; and which track somebody took for themself. Says it in @bar and in toasts of
 * @page, whose actions "wishes.edit" and "wishes.lead" ask. Lives as long as @page. */
void tutti_wish_news_attach (GtkWidget *page, TuttiSession *session, TuttiBar *bar);
