/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* The rules of a jam: who starts and stops, what follows when the leader is gone, what newcomers may, whether they need a passcode.
 * Everyone sees them, admins change them. */
GtkWidget *tutti_rules_card_new     (TuttiSession *session);
void       tutti_rules_card_refresh (GtkWidget *card);
