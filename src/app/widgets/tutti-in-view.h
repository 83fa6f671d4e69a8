/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Whether @widget, a child of what @scroller scrolls, can be seen, or nearly: what moves with the music need not move elsewhere.
 * Cheap enough for every frame. @scroller (nullable): NULL means that nothing scrolls. */
gboolean tutti_in_view (GtkWidget *widget, GtkScrolledWindow *scroller);
