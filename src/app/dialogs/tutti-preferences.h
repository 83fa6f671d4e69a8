/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* What this machine alone remembers, bound to the settings. */
void tutti_preferences_open (GtkWindow *parent);

/* Follows the chosen style from now on. */
void tutti_preferences_apply_style (void);
