/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* All that is counted and measured here, as text to be copied into a report: untranslated, since whoever reads it may speak another
 * language than whoever sends it. Follows the session while it is open. */
void  tutti_debug_dialog_open (GtkWidget *parent, TuttiSession *session);

/* The text. (transfer full) */
char *tutti_debug_text (TuttiSession *session);
