/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* Asks how many hits, and from where, over the pattern @clip; opens at @anchor, closes by itself. */
void tutti_euclid_popover_open (GtkWidget *anchor, TuttiSession *session, TuttiId clip);
