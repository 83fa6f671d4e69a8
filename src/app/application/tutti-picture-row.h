/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The row of the preferences where whoever plays here chooses how they look: by a file, by dropping one on it, or not at all. */
GtkWidget *tutti_picture_row_new (void);
