/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* “Overridden”: what crossed, with both values, to be put back or put away. Hides itself while there is nothing. */
GtkWidget *tutti_conflict_list_new (TuttiSession *session);
