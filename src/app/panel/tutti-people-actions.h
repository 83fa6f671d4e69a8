/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* What is done about people, as the actions "people.…" of @page: lead and role (by number), remove and ban (asked first), rules,
 * passcode, invitation. */
void        tutti_people_actions_attach (GtkWidget *page, TuttiSession *session);

/* The address that an invitation is for; NULL while nobody can join. */
void        tutti_people_actions_set_link (GtkWidget *page, const char *link);

/* What can be done about person @number by whoever sits here; NULL when it is nothing. (transfer full) */
GMenuModel *tutti_people_menu_new (TuttiSession *session, guint number);
