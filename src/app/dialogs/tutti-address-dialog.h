/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-address.h"

#include <gtk/gtk.h>

typedef void (*TuttiAddressDone) (const TuttiAddress *address, const char *text, gpointer user_data);

/* The short name of a jam nearby was typed, like fuzzy-penguin-42. FALSE: there is none of that name. */
typedef gboolean (*TuttiCodeDone) (const char *code, gpointer user_data);

/* Asks where a jam is; what is no address is said below the entry and the question stays. @text: (nullable) to begin with.
 * @user_data must outlive @parent. */
void tutti_address_dialog_open (GtkWidget *parent, const char *text, TuttiAddressDone done, TuttiCodeDone named,
                                gpointer user_data);
