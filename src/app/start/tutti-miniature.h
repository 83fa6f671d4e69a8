/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* A jam's first tracks as 16 × 4 cells, drawn from the text that the store keeps with each jam:
 * [{"c":"cherry","s":"x...x..."},…]. Decoration for assistive technology. */
#define TUTTI_TYPE_MINIATURE (tutti_miniature_get_type ())
G_DECLARE_FINAL_TYPE (TuttiMiniature, tutti_miniature, TUTTI, MINIATURE, GtkWidget)

/* @text: (nullable). What cannot be read shows as an empty grid: a picture is not worth a word of complaint. */
GtkWidget *tutti_miniature_new (const char *text);
