/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-store.h"

#include <gtk/gtk.h>

/* The button with all that can be done to a kept jam, as the window's actions with its id. */
GtkWidget *tutti_jam_menu_button_new (const TuttiStoreJam *jam);
