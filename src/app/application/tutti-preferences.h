/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Opens the preferences over @window. They are settings of this machine; nothing here is shared. */
void tutti_preferences_open (GtkWindow *window);
