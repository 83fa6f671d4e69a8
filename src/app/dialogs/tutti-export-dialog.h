/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-export.h"

#include <gtk/gtk.h>

/* How it is to be done. */
typedef void (*TuttiExportAsked) (const TuttiExportOptions *options, gpointer user_data);

/* Asks how long the export of @jam (copied) is to be, of which kind, and whether of each track, over the window of @parent; where to
 * is another question. @asked: not called when it was closed, or @parent is gone meanwhile. (transfer none) */
GtkWidget *tutti_export_dialog_open (GtkWidget *parent, const TuttiJam *jam, TuttiExportAsked asked, gpointer user_data);
