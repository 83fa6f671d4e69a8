/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* @widget draws itself who has the keyboard: it is drawn again when that comes and goes, which changes nothing of its style. */
void tutti_focus_ring_watch (GtkWidget *widget);
