/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The keys of an open jam (WINDOW.md §10). Single letters act only while nothing that is typed into has the focus. */
void     tutti_jam_keys_attach (GtkWidget *page);

/* Whether something that is typed into has the focus in the window of @page. */
gboolean tutti_jam_keys_typing (GtkWidget *page);
